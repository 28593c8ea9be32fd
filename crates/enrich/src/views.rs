//! The state of a view: the attributes of a `limen.view` event become the columns of its row.

use limen_model::enriched::View;
use limen_model::received::LogRecord;
use limen_model::{Outcome, Value, attributes as names};

use crate::clock::Clock;
use crate::columns::{address, count, label, millis, selector, shift, strip, view_millis};
use crate::origin::Origin;
use crate::place::Place;

pub(crate) fn enrich<'a>(mut record: LogRecord<'a>, origin: &Origin<'a>, clock: &Clock) -> Result<View<'a>, Outcome> {
    let mut view = View::default();
    let mut place = Place::default();
    record.attributes.0.retain_mut(|(key, value)| {
        let taken = place.take(key, value) || take_vital(&mut view, key, value) || take_state(&mut view, key, value);
        strip(key, value);
        !taken && key != names::EVENT_ID
    });
    let place = place.or_from(origin);
    // The start places a view for good, so a time that stands in for it would make a second view.
    if place.session_id.is_empty() || place.view_id.is_empty() || record.time_unix_nano == 0 {
        return Err(Outcome::ViewInvalid);
    }
    view.start_unix_nano = clock.place(record.time_unix_nano)?;
    view.route = place.route(&origin.rules);
    view.weight = place.weight();
    view.session_id = place.session_id;
    view.view_id = place.view_id;
    view.url = place.document_url;
    view.user_id = place.user_id;
    view.dimensions = origin.dimensions.clone();
    view.screen_width = origin.screen_width;
    view.screen_height = origin.screen_height;
    view.trace_id = record.trace_id;
    view.attributes = record.attributes;
    for key in [names::DEVICE_MEMORY, names::DEVICE_CORES] {
        let told = origin.resource.get(key).map(|value| (key.into(), value.clone()));
        view.attributes.0.extend(told);
    }
    origin.mark(&mut view.attributes);
    Ok(view)
}

/// The vitals and what explains them.
fn take_vital<'a>(view: &mut View<'a>, key: &str, value: &mut Value<'a>) -> bool {
    match key {
        names::VIEW_LCP => view.lcp = millis(value),
        names::VIEW_INP => view.inp = millis(value),
        names::VIEW_CLS => view.cls = shift(value),
        names::VIEW_FCP => view.fcp = millis(value),
        names::VIEW_TTFB => view.ttfb = millis(value),
        names::VIEW_LCP_TARGET => view.lcp_target = selector(value),
        names::VIEW_LCP_URL => view.lcp_url = address(value),
        names::VIEW_LCP_RESOURCE_LOAD_DELAY => view.lcp_resource_load_delay = millis(value),
        names::VIEW_LCP_RESOURCE_LOAD_DURATION => view.lcp_resource_load_duration = millis(value),
        names::VIEW_LCP_ELEMENT_RENDER_DELAY => view.lcp_element_render_delay = millis(value),
        names::VIEW_INP_TARGET => view.inp_target = selector(value),
        names::VIEW_INP_TYPE => view.inp_type = label(value),
        names::VIEW_INP_INPUT_DELAY => view.inp_input_delay = millis(value),
        names::VIEW_INP_PROCESSING_DURATION => view.inp_processing_duration = millis(value),
        names::VIEW_INP_PRESENTATION_DELAY => view.inp_presentation_delay = millis(value),
        names::VIEW_CLS_TARGET => view.cls_target = selector(value),
        _ => return false,
    }
    true
}

/// What kind of view it is, the phases of its load, and what was counted in it.
fn take_state<'a>(view: &mut View<'a>, key: &str, value: &mut Value<'a>) -> bool {
    match key {
        names::VIEW_VERSION => view.version = value.as_i64().map_or(0, |version| version.max(0) as u64),
        names::VIEW_KIND => view.kind = label(value),
        names::VIEW_REFERRER => view.referrer = address(value),
        names::VIEW_NAVIGATION_TYPE => view.navigation_type = label(value),
        names::VIEW_REDIRECT => view.redirect = millis(value),
        names::VIEW_WORKER => view.worker = millis(value),
        names::VIEW_DNS => view.dns = millis(value),
        names::VIEW_TCP => view.tcp = millis(value),
        names::VIEW_TLS => view.tls = millis(value),
        names::VIEW_REQUEST => view.request = millis(value),
        names::VIEW_RESPONSE => view.response = millis(value),
        names::VIEW_DOM_PROCESSING => view.dom_processing = millis(value),
        names::VIEW_LOAD => view.load = millis(value),
        names::VIEW_LOAD_TIME => view.load_time = millis(value),
        names::VIEW_TRANSITION_TIME => view.transition_time = millis(value),
        names::VIEW_BLOCKING_TIME => view.blocking_time = millis(value),
        names::VIEW_DURATION => view.duration = view_millis(value),
        names::VIEW_ERRORS => view.errors = count(value),
        names::VIEW_REQUESTS => view.requests = count(value),
        names::VIEW_FAILED_REQUESTS => view.failed_requests = count(value),
        names::VIEW_ACTIONS => view.actions = count(value),
        _ => return false,
    }
    true
}
