//! Log records, sorted: the state of a view, an event of a session, or a plain log.

use limen_model::enriched::{EnrichedBatch, Log};
use limen_model::received::LogRecord;
use limen_model::{Outcome, Signal, Text, attributes as names};

use crate::clock::Clock;
use crate::limits::LABEL_BYTES_MAX;
use crate::origin::Origin;
use crate::place::Place;
use crate::spelling::{event_name, modernise, unpack_vital};
use crate::{columns, events, screens, text, views};
use limen_model::StableHash;

pub(crate) fn enrich<'a>(
    records: Vec<LogRecord<'a>>,
    origin: &Origin<'a>,
    clock: &Clock,
    rows: &mut EnrichedBatch<'a>,
) {
    let mut resource_hash = None;
    for (at, mut record) in records.into_iter().enumerate() {
        modernise(&mut record.attributes);
        let name =
            text::cut(event_name(std::mem::take(&mut record.event_name), &mut record.attributes), LABEL_BYTES_MAX);
        if name == names::EVENT_WEB_VITAL {
            unpack_vital(&mut record.body, &mut record.attributes);
        }
        let in_session = record.attributes.get(names::SESSION_ID).is_some() || !origin.place.session_id.is_empty();
        let name = screens::error_name(name, &mut record);
        let outcome = if name == names::EVENT_VIEW {
            views::enrich(record, origin, clock).map(|view| rows.views.push(view))
        } else if in_session && screens::is_navigation(&name, &record) {
            screens::of_navigation(record, origin, clock).map(|view| rows.views.push(view))
        } else if in_session && !name.is_empty() {
            events::enrich(record, name, origin, clock).map(|event| rows.events.push(event))
        } else {
            let hash = *resource_hash.get_or_insert_with(|| hash_of(origin));
            let hash = hash.word(at as u64);
            enrich_log(record, name, hash, origin, clock).map(|log| rows.logs.push(log))
        };
        if let Err(outcome) = outcome {
            rows.rejections.add(Signal::Logs, outcome, 1);
        }
    }
}

fn hash_of(origin: &Origin<'_>) -> StableHash {
    let Origin { dimensions, scope_name, resource, .. } = origin;
    StableHash::new()
        .text(&dimensions.service)
        .text(&dimensions.release)
        .text(&dimensions.environment)
        .text(scope_name)
        .attributes(resource)
}

/// The hash holds the origin and the place in its group already; the content is added here.
fn enrich_log<'a>(
    mut record: LogRecord<'a>,
    event_name: Text<'a>,
    hash: StableHash,
    origin: &Origin<'a>,
    clock: &Clock,
) -> Result<Log<'a>, Outcome> {
    let time = clock.place_or_received(record.time_unix_nano, record.observed_time_unix_nano)?;
    // The raw times: the corrected ones would differ when a retry came by another correction.
    let hash = hash
        .word(record.time_unix_nano)
        .word(record.observed_time_unix_nano)
        .text(&event_name)
        .value(&record.body)
        .attributes(&record.attributes);
    let mut place = Place::default();
    record.attributes.0.retain_mut(|(key, value)| {
        let taken = key == names::SESSION_ID && place.take(key, value);
        columns::strip(key, value);
        !taken && !is_address_of_user(key)
    });
    Ok(Log {
        time_unix_nano: time,
        observed_unix_nano: clock.place_inside(record.observed_time_unix_nano, clock.received()),
        log_id: hash.finish(),
        severity_number: record.severity_number,
        severity_text: text::cut(record.severity_text, LABEL_BYTES_MAX),
        event_name,
        body: text::from_value(record.body),
        service: origin.dimensions.service.clone(),
        release: origin.dimensions.release.clone(),
        environment: origin.dimensions.environment.clone(),
        scope_name: origin.scope_name.clone(),
        trace_id: record.trace_id,
        span_id: record.span_id,
        session_id: place.or_from(origin).session_id,
        attributes: record.attributes,
        resource: origin.resource.clone(),
    })
}

/// Attributes in which services pass on the address of the user, which Limen never stores.
pub(crate) fn is_address_of_user(key: &str) -> bool {
    matches!(key, "client.address" | "client.socket.address" | "http.client_ip")
}
