//! Spans of browsers and of services.

use limen_model::enriched::{EnrichedBatch, SpanRow};
use limen_model::received::{Span, SpanEvent};
use limen_model::{Attributes, Outcome, Signal, Text, Value, attributes as names};

use crate::clock::Clock;
use crate::columns::{address, label, small, strip, words};
use crate::geo::Geo;
use crate::limits::LABEL_BYTES_MAX;
use crate::logs::is_address_of_user;
use crate::origin::Origin;
use crate::place::Place;
use crate::spelling::modernise;
use crate::{route, screens, text};

/// OTLP's `SPAN_KIND_SERVER`.
const SERVER: u8 = 2;

pub(crate) fn enrich<'a>(
    records: Vec<Span<'a>>,
    origin: &Origin<'a>,
    geo: Option<&Geo>,
    clock: &Clock,
    rows: &mut EnrichedBatch<'a>,
) {
    rows.spans.reserve(records.len());
    for span in records {
        match enrich_span(span, origin, geo, clock) {
            Ok(mut row) => {
                if let Some(view) = screens::of_span(&mut row, origin) {
                    rows.views.push(view);
                    rows.views_of_spans += 1;
                }
                rows.spans.push(row);
            }
            Err(outcome) => rows.rejections.add(Signal::Traces, outcome, 1),
        }
    }
}

fn enrich_span<'a>(
    mut span: Span<'a>,
    origin: &Origin<'a>,
    geo: Option<&Geo>,
    clock: &Clock,
) -> Result<SpanRow<'a>, Outcome> {
    let start = clock.place(span.start_time_unix_nano)?;
    clock.place(span.end_time_unix_nano)?;
    modernise(&mut span.attributes);
    let mut place = Place::default();
    let mut request = Call::default();
    let server = span.kind == SERVER;
    // Where a service was called from; the address itself is dropped below.
    let caller = geo.filter(|_| server).and_then(|geo| country_of_caller(&span.attributes, geo));
    span.attributes.0.retain_mut(|(key, value)| {
        let taken = place.take(key, value)
            || request.take(key, value)
            || is_address_of_user(key)
            || (server && is_address_of_caller(key));
        strip(key, value);
        !taken
    });
    let place = place.or_from(origin);
    let dimensions = &origin.dimensions;
    Ok(SpanRow {
        trace_id: span.trace_id,
        span_id: span.span_id,
        parent_span_id: span.parent_span_id,
        start_unix_nano: start,
        duration_nano: span.end_time_unix_nano.saturating_sub(span.start_time_unix_nano),
        name: text::cut(span.name, LABEL_BYTES_MAX),
        kind: span.kind,
        status_code: span.status_code,
        status_message: span.status_message,
        scope_name: origin.scope_name.clone(),
        service: dimensions.service.clone(),
        release: dimensions.release.clone(),
        environment: dimensions.environment.clone(),
        route: place.route(&origin.rules),
        country: caller.map_or_else(|| dimensions.country.clone(), Text::from),
        url_template: request.template(),
        http_method: request.method,
        http_status: request.status,
        server_address: request.server_address,
        db_system: request.db_system,
        db_statement: request.db_statement,
        error_type: request.error_type,
        weight: place.weight_of_span(&span.trace_state),
        trace_state: span.trace_state,
        url: first_of([request.url, request.path, place.document_url]),
        session_id: place.session_id,
        view_id: place.view_id,
        attributes: span.attributes,
        resource: origin.resource.clone(),
        events: span.events.into_iter().map(|event| span_event(event, start, clock)).collect(),
        links: span.links.iter().map(|link| (link.trace_id, link.span_id)).collect(),
    })
}

/// What was called: over HTTP or a database.
#[derive(Default)]
struct Call<'a> {
    method: Text<'a>,
    status: u16,
    template: Text<'a>,
    route: Text<'a>,
    url: Text<'a>,
    path: Text<'a>,
    server_address: Text<'a>,
    db_system: Text<'a>,
    db_statement: Text<'a>,
    error_type: Text<'a>,
}

impl<'a> Call<'a> {
    fn take(&mut self, key: &str, value: &mut Value<'a>) -> bool {
        match key {
            names::HTTP_METHOD => self.method = label(value),
            names::HTTP_STATUS => self.status = small(value),
            names::URL_TEMPLATE => self.template = label(value),
            names::HTTP_ROUTE => self.route = label(value),
            names::URL_FULL => self.url = address(value),
            names::URL_PATH => self.path = address(value),
            names::SERVER_ADDRESS => self.server_address = label(value),
            names::DB_SYSTEM => self.db_system = label(value),
            names::DB_STATEMENT => self.db_statement = words(value),
            names::ERROR_TYPE => self.error_type = label(value),
            _ => return false,
        }
        true
    }

    /// The template that was told, else the one of the path.
    fn template(&self) -> Text<'a> {
        let from_url = if self.url.is_empty() { &self.path } else { &self.url };
        let told = first_of([self.template.clone(), self.route.clone()]);
        if told.is_empty() { text::cut(route::of_url(from_url), LABEL_BYTES_MAX) } else { told }
    }
}

fn first_of<'a, const N: usize>(texts: [Text<'a>; N]) -> Text<'a> {
    texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

fn country_of_caller(attributes: &Attributes<'_>, geo: &Geo) -> Option<&'static str> {
    let address = attributes.text("client.address")?.parse().ok()?;
    Some(geo.find(address).country).filter(|country| !country.is_empty())
}

/// On the server's side of a call the peer is the caller, who may be a user.
fn is_address_of_caller(key: &str) -> bool {
    matches!(key, "network.peer.address" | "net.peer.ip" | "net.sock.peer.addr")
}

fn span_event<'a>(mut event: SpanEvent<'a>, start: i64, clock: &Clock) -> (i64, Text<'a>, Attributes<'a>) {
    event.attributes.0.retain_mut(|(key, value)| {
        strip(key, value);
        !is_address_of_user(key)
    });
    (clock.place_inside(event.time_unix_nano, start), text::cut(event.name, LABEL_BYTES_MAX), event.attributes)
}
