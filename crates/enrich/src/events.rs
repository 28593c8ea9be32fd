//! Something that happened in a session: a vital, an error, a click, a navigation, whatever a page calls an event.

use limen_model::enriched::Event;
use limen_model::received::LogRecord;
use limen_model::{Outcome, Text, Value, attributes as names};

use crate::clock::Clock;
use crate::columns::{label, millis, selector, strip, words};
use crate::logs::is_address_of_user;
use crate::origin::Origin;
use crate::place::Place;
use crate::{text, url};
use limen_model::StableHash;

pub(crate) fn enrich<'a>(
    mut record: LogRecord<'a>,
    name: Text<'a>,
    origin: &Origin<'a>,
    clock: &Clock,
) -> Result<Event<'a>, Outcome> {
    let time_unix_nano = clock.place_or_received(record.time_unix_nano, record.observed_time_unix_nano)?;
    let number = record.attributes.get(names::EVENT_ID).and_then(Value::as_i64);
    // Without a number the content is the identity; it is hashed before its attributes are moved into columns.
    let identity = number.ok_or_else(|| {
        let hash = StableHash::new().word(record.time_unix_nano).text(&name).value(&record.body);
        hash.attributes(&record.attributes)
    });
    let mut event = Event::default();
    let mut place = Place::default();
    record.attributes.0.retain_mut(|(key, value)| {
        if key == names::EVENT_ID {
            return false;
        }
        let taken = place.take(key, value) || take_column(&mut event, key, value) || is_address_of_user(key);
        strip(key, value);
        !taken
    });
    let place = place.or_from(origin);
    event.event_id = match identity {
        // The number is unique within one load of the page, which is within the session and the view.
        Ok(number) => StableHash::new().text(&place.session_id).text(&place.view_id).word(number as u64).finish(),
        Err(content) => content.text(&place.session_id).finish(),
    };
    event.time_unix_nano = time_unix_nano;
    event.name = name;
    event.route = place.route(&origin.rules);
    event.weight = place.weight();
    event.session_id = place.session_id;
    event.view_id = place.view_id;
    event.url = place.document_url;
    event.user_id = place.user_id;
    event.dimensions = origin.dimensions.clone();
    event.trace_id = record.trace_id;
    event.span_id = record.span_id;
    event.severity_number = record.severity_number;
    event.body = url::strip_within(text::from_value(record.body));
    event.attributes = record.attributes;
    Ok(event)
}

/// Errors are known again by their stacks.
pub(crate) fn name_stack(event: &mut Event<'_>) {
    if event.name != names::EVENT_EXCEPTION {
        return;
    }
    let builds = event.attributes.get(names::EXCEPTION_DEBUG_IDS);
    event.exception_stack_id = limen_stack::key(
        &event.exception_type,
        &event.exception_message,
        &event.exception_stacktrace,
        &event.dimensions.release,
        builds.map_or(0, |ids| StableHash::new().value(ids).finish()),
    );
}

fn take_column<'a>(event: &mut Event<'a>, key: &str, value: &mut Value<'a>) -> bool {
    match key {
        names::WEB_VITAL_NAME | names::ACTION_NAME | "app.widget.name" => event.label = label(value),
        names::WEB_VITAL_VALUE => event.value = millis(value),
        names::WEB_VITAL_TARGET | names::CSS_SELECTOR | "app.widget.id" => event.target = selector(value),
        names::EXCEPTION_TYPE => event.exception_type = label(value),
        names::EXCEPTION_MESSAGE => event.exception_message = url::strip_within(words(value)),
        names::EXCEPTION_STACKTRACE => event.exception_stacktrace = url::strip_within(words(value)),
        names::EXCEPTION_HANDLED => event.exception_handled = value.as_bool().unwrap_or_default(),
        "app.jank.frame_count" => event.value = value.as_f64().filter(|count| *count >= 0.0),
        // In seconds, as conventions for apps are.
        "app.jank.period" => {
            event.duration = value.as_f64().and_then(|seconds| millis(&Value::Double(seconds * 1000.0)))
        }
        names::DURATION => event.duration = millis(value),
        _ => return false,
    }
    true
}
