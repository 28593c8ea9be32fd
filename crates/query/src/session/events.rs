//! The events of one session, sorted by what they are to the person who reads them.

use std::collections::BTreeMap;

use clickhouse::Row;
use limen_model::attributes::{EVENT_CLICK, EVENT_EXCEPTION, EVENT_NAVIGATION, EVENT_SESSION_START, EVENT_WEB_VITAL};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{id_or_none, text_or_none};
use crate::Time;

/// Something that happened in a session.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SessionEvent {
    /// Unique within the session.
    pub id: String,
    /// The view it happened in; empty when unknown.
    pub view_id: String,
    pub time: Time,
    pub kind: EventKind,
    /// OTLP's event name, such as `browser.web_vital`.
    pub name: String,
    /// The vital's or the action's name.
    pub label: Option<String>,
    /// The vital's value; milliseconds but for cls.
    pub value: Option<f64>,
    /// Selector of the element.
    pub target: Option<String>,
    /// The error's message, or the text of the event.
    pub message: Option<String>,
    /// The error's stack as the browser wrote it.
    pub stack: Option<String>,
    /// The error's class.
    pub error_type: Option<String>,
    /// Whether the page caught the error itself; null when it is no error.
    pub handled: Option<bool>,
    pub trace_id: Option<String>,
    pub span_id: Option<String>,
    /// Attributes that have no field of their own.
    pub attributes: BTreeMap<String, String>,
}

/// What an event is to the person who reads the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum EventKind {
    Vital,
    Error,
    Action,
    Navigation,
    Session,
    Custom,
}

impl EventKind {
    fn of(name: &str) -> Self {
        match name {
            EVENT_WEB_VITAL => EventKind::Vital,
            EVENT_EXCEPTION => EventKind::Error,
            EVENT_CLICK => EventKind::Action,
            EVENT_NAVIGATION => EventKind::Navigation,
            EVENT_SESSION_START => EventKind::Session,
            _ if name.starts_with("browser.user_action.") || is_tap(name) => EventKind::Action,
            _ if name.starts_with("session.") => EventKind::Session,
            _ => EventKind::Custom,
        }
    }
}

/// An app's clicks on a screen or on one of its widgets.
fn is_tap(name: &str) -> bool {
    matches!(name, "app.screen.click" | "app.widget.click")
}

#[derive(Debug, Row, Deserialize)]
pub(crate) struct EventRow {
    view_id: String,
    event_id: u64,
    time_nano: i64,
    name: String,
    label: String,
    value: Option<f64>,
    target: String,
    body: String,
    exception_type: String,
    exception_message: String,
    exception_stacktrace: String,
    exception_handled: bool,
    trace: String,
    span: String,
    attributes: Vec<(String, String)>,
}

impl From<EventRow> for SessionEvent {
    fn from(row: EventRow) -> Self {
        let kind = EventKind::of(&row.name);
        let message = if row.exception_message.is_empty() { row.body } else { row.exception_message };
        SessionEvent {
            // Numbers count per page load, and one page load has several views.
            id: format!("{}-{:x}", row.view_id, row.event_id),
            view_id: row.view_id,
            time: Time(row.time_nano),
            kind,
            name: row.name,
            label: text_or_none(row.label),
            value: row.value,
            target: text_or_none(row.target),
            message: text_or_none(message),
            stack: text_or_none(row.exception_stacktrace),
            error_type: text_or_none(row.exception_type),
            handled: (kind == EventKind::Error).then_some(row.exception_handled),
            trace_id: id_or_none(row.trace),
            span_id: id_or_none(row.span),
            attributes: row.attributes.into_iter().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_sorted_by_their_name() {
        assert_eq!(EventKind::of("browser.web_vital"), EventKind::Vital);
        assert_eq!(EventKind::of("exception"), EventKind::Error);
        assert_eq!(EventKind::of("browser.user_action.scroll"), EventKind::Action);
        assert_eq!(EventKind::of("session.end"), EventKind::Session);
        assert_eq!(EventKind::of("cart.filled"), EventKind::Custom);
    }
}
