//! What is stored about some views, read in three questions however many they are, and their vitals divided by it.

use limen_model::{AppId, attributes as names};
use limen_store::Store;

use super::rows::{EventRow, SpanRow, ViewRow};
use super::{BlameAnswer, BlamedVital, Divided, answer, chain, input, rows};
use crate::QueryError;
use crate::limits::{BLAME_EVENTS_MAX, SESSION_LENGTH_MAX, TRACE_LENGTH_MAX, TRACE_SPANS_MAX};
use crate::prepare::prepare;
use crate::scope::Range;

const EVENTS: [&str; 3] = [names::EVENT_RESOURCE, names::EVENT_LONG_FRAME, names::EVENT_WEB_VITAL];
const PHASES: [&str; 5] =
    [names::REQUEST_DNS, names::REQUEST_TCP, names::REQUEST_TLS, names::REQUEST_WAIT, names::REQUEST_RESPONSE];
const BEFORE: i64 = TRACE_LENGTH_MAX.as_nanos() as i64;
const AFTER: i64 = SESSION_LENGTH_MAX.as_nanos() as i64;

#[derive(Debug, Default)]
pub(super) struct Stored {
    views: Vec<ViewRow>,
    /// By their start, as the events by their time.
    spans: Vec<SpanRow>,
    events: Vec<EventRow>,
}

impl Stored {
    /// The views began within `range`, which need not be known.
    pub async fn of(
        store: &Store,
        app: &AppId,
        views: &[(&str, &str)],
        range: Option<Range>,
    ) -> Result<Self, QueryError> {
        let (sessions, ids): (Vec<&str>, Vec<&str>) = views.iter().copied().unzip();
        let ask = |sql: &str, limit: u32| {
            let query = prepare(store, sql).param("app", app.as_str()).param("limit", limit);
            query.param("sessions", &sessions).param("views", &ids)
        };
        // An id of a view is one of its session's: others that have it too are left out here.
        let mut found: Vec<ViewRow> = ask(include_str!("../blame.sql"), TRACE_SPANS_MAX)
            .param("first", range.map_or(0, |range| range.from.0))
            .param("last", range.map_or(i64::MAX, |range| range.to.0))
            .fetch_all()
            .await?;
        found.retain(|row| views.contains(&(row.session_id.as_str(), row.view_id.as_str())));
        let starts = || found.iter().map(|row| row.start_nano);
        let (Some(first), Some(last)) = (starts().min(), starts().max()) else { return Ok(Self::default()) };
        let within = |sql: &str, limit: u32| {
            ask(sql, limit).param("from", first.saturating_sub(BEFORE)).param("to", last.saturating_add(AFTER))
        };
        let spans = within(include_str!("../blame_spans.sql"), TRACE_SPANS_MAX)
            .param("answered_by", names::SERVER_SPAN_ID)
            .param("language", names::TELEMETRY_SDK_LANGUAGE)
            .param("third_party", names::THIRD_PARTY)
            .param("phases", PHASES.to_vec());
        let events = within(include_str!("../blame_events.sql"), BLAME_EVENTS_MAX).param("names", EVENTS.to_vec());
        let (spans, events) = (spans.fetch_all().await?, events.fetch_all().await?);
        Ok(Self { views: found, spans, events })
    }

    pub fn view(&self, session: &str, view: &str) -> Option<&ViewRow> {
        self.views.iter().find(|row| row.session_id == session && row.view_id == view)
    }

    /// None when the view has no such vital, or made no such request.
    pub fn divide(&self, view: &ViewRow, divided: Divided<'_>) -> Option<BlameAnswer> {
        let vital = match divided {
            Divided::Vital(vital) => Some(vital),
            Divided::OfItsKind => Some(if view.kind == "route" { BlamedVital::Transition } else { BlamedVital::Lcp }),
            Divided::Request(_) => None,
        };
        let near =
            |nano: i64| (view.start_nano.saturating_sub(BEFORE)..view.start_nano.saturating_add(AFTER)).contains(&nano);
        let of_view = |session: &str, id: &str| session == view.session_id && id == view.view_id;
        let spans: Vec<&SpanRow> =
            self.spans.iter().filter(|row| of_view(&row.of_session, &row.of_view) && near(row.start_nano)).collect();
        let events: Vec<&EventRow> =
            self.events.iter().filter(|row| of_view(&row.session_id, &row.view_id) && near(row.time_nano)).collect();
        let truncated = spans.len() == TRACE_SPANS_MAX as usize || events.len() == BLAME_EVENTS_MAX as usize;
        let (start, input) = match (vital, divided) {
            (Some(vital), _) => {
                let total = view.value(vital).and_then(input::nanos)?;
                rows::input(vital, total, view, &spans, &events)
            }
            (None, Divided::Request(id)) => rows::input_of_request(id, view, &spans, &events)?,
            (None, _) => return None,
        };
        let mut chain = chain::chain(&input);
        if truncated {
            chain.missing.insert("spans or events of the view beyond the limit".to_owned());
        }
        Some(answer(&view.session_id, &view.view_id, vital, start, &input, chain))
    }
}
