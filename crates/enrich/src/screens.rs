//! What apps and older agents of browsers report in their own terms: screens, starts and page loads become views,
//! crashes and hangs become errors.
//!
//! The names are those of opentelemetry-android, opentelemetry-swift, the conventions for apps (`app.*`), and the
//! document-load instrumentation of opentelemetry-js.

use limen_model::enriched::{SpanRow, View};
use limen_model::received::LogRecord;
use limen_model::{Outcome, Text, Value, attributes as names};

use crate::clock::Clock;
use crate::columns::{label, millis, strip};
use crate::logs::is_address_of_user;
use crate::origin::Origin;
use crate::place::Place;
use limen_model::StableHash;

/// The start of an app: the time until its first screen is there.
const APP_START: &str = "AppStart";
/// An activity or a fragment of Android came up.
const SCREEN_CREATED: &str = "Created";
/// The load of a page.
const DOCUMENT_LOAD: &str = "documentLoad";
/// What Android calls the screen of a span that began before there was one.
const NO_SCREEN: &str = "unknown";
/// A crash ends the app.
const SEVERITY_FATAL: u8 = 21;
const SEVERITY_ERROR: u8 = 17;

/// The view that a span of a session tells of, unless its sender knows views itself. The span is then one of that view.
pub(crate) fn of_span<'a>(span: &mut SpanRow<'a>, origin: &Origin<'a>) -> Option<View<'a>> {
    if span.session_id.is_empty() || !span.view_id.is_empty() {
        return None;
    }
    let mut view = View::default();
    let duration = millis(&Value::Double(span.duration_nano as f64 / 1e6));
    match &*span.name {
        APP_START if origin.native => {
            view.kind = "load".into();
            view.load_time = duration;
            view.navigation_type =
                span.attributes.take("start.type").map(|mut kind| label(&mut kind)).unwrap_or_default();
        }
        SCREEN_CREATED if origin.native && !span.route.is_empty() => {
            view.kind = "route".into();
            view.transition_time = duration;
        }
        DOCUMENT_LOAD if !origin.native => {
            view.kind = "load".into();
            view.load_time = duration;
            view.fcp = after_start(span, "firstContentfulPaint");
        }
        _ => return None,
    }
    span.view_id = span.span_id.to_string().into();
    view.route = if span.route == NO_SCREEN { Text::default() } else { span.route.clone() };
    view.session_id = span.session_id.clone();
    view.view_id = span.view_id.clone();
    view.version = 1;
    view.start_unix_nano = span.start_unix_nano;
    view.url = span.url.clone();
    view.dimensions = origin.dimensions.clone();
    view.screen_width = origin.screen_width;
    view.screen_height = origin.screen_height;
    view.trace_id = Some(span.trace_id);
    view.weight = span.weight;
    origin.mark(&mut view.attributes);
    Some(view)
}

/// Milliseconds from the start of the span to the event of that name.
fn after_start(span: &SpanRow<'_>, name: &str) -> Option<f64> {
    let (time, ..) = span.events.iter().find(|(_, event, _)| event == name)?;
    millis(&Value::Double(time.checked_sub(span.start_unix_nano)? as f64 / 1e6))
}

/// Both spellings are drafts of the same event: a screen is there. A sender that knows views itself means another thing.
pub(crate) fn is_navigation(name: &str, record: &LogRecord<'_>) -> bool {
    matches!(name, "app.navigation.complete" | "app.nav_complete") && record.attributes.get(names::VIEW_ID).is_none()
}

pub(crate) fn of_navigation<'a>(
    mut record: LogRecord<'a>,
    origin: &Origin<'a>,
    clock: &Clock,
) -> Result<View<'a>, Outcome> {
    let start_unix_nano = clock.place_or_received(record.time_unix_nano, record.observed_time_unix_nano)?;
    let content = StableHash::new().word(record.time_unix_nano).value(&record.body).attributes(&record.attributes);
    let mut place = Place::default();
    let mut destination = Text::default();
    record.attributes.0.retain_mut(|(key, value)| {
        if matches!(&**key, "app.navigation.destination.name" | "app.nav.destination") {
            destination = label(value);
            return false;
        }
        let taken = place.take(key, value) || is_address_of_user(key);
        strip(key, value);
        !taken
    });
    origin.mark(&mut record.attributes);
    let place = place.or_from(origin);
    let route = if destination.is_empty() { place.route(&origin.rules) } else { destination };
    if route.is_empty() {
        return Err(Outcome::ViewInvalid);
    }
    Ok(View {
        // The same screen sent again is the same view.
        view_id: format!("{:016x}", content.text(&place.session_id).finish()).into(),
        version: 1,
        start_unix_nano,
        kind: "route".into(),
        route,
        weight: place.weight(),
        session_id: place.session_id,
        user_id: place.user_id,
        dimensions: origin.dimensions.clone(),
        screen_width: origin.screen_width,
        screen_height: origin.screen_height,
        trace_id: record.trace_id,
        attributes: record.attributes,
        ..View::default()
    })
}

/// The name under which errors are counted, for the names that apps give them; other names stay.
pub(crate) fn error_name<'a>(name: Text<'a>, record: &mut LogRecord<'a>) -> Text<'a> {
    let (mechanism, severity, kind) = match &*name {
        "app.crash" | "device.crash" => ("crash", SEVERITY_FATAL, "Crash"),
        "app.anr" | "device.anr" => ("anr", SEVERITY_ERROR, "ANR"),
        _ => return name,
    };
    record.severity_number = record.severity_number.max(severity);
    let attributes = &mut record.attributes;
    for (key, value) in [(names::EXCEPTION_MECHANISM, mechanism), (names::EXCEPTION_TYPE, kind)] {
        if attributes.get(key).is_none() {
            attributes.0.push((key.into(), Value::Text(value.into())));
        }
    }
    names::EVENT_EXCEPTION.into()
}
