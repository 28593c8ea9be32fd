//! One span of a trace, as it is stored and as it is answered.

use std::collections::BTreeMap;

use clickhouse::Row;
use limen_model::attributes::{SERVER_SPAN_ID, TELEMETRY_SDK_LANGUAGE};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::tree::Link;
use crate::Time;
use crate::time::millis;

/// A span in its place in the tree. What a sender claims is shown as it is: children may reach beyond their parents.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TraceSpan {
    pub id: String,
    /// The span it stands under; null at the root of the tree. For the server's span of a document this is the
    /// browser's request, although the server did not know it.
    pub parent_id: Option<String>,
    /// The span names a parent that is not in the trace.
    pub parent_missing: bool,
    pub name: String,
    pub kind: SpanKind,
    /// `service.name`; empty when the sender gave none.
    pub service: String,
    pub start: Time,
    /// Milliseconds from the start of the trace.
    pub offset: f64,
    /// Milliseconds.
    pub duration: f64,
    pub status: SpanStatus,
    /// What the sender said about an error.
    pub status_message: Option<String>,
    /// Class of the failure; null when there was none.
    pub error_type: Option<String>,
    /// Null when it is no HTTP request.
    pub http: Option<HttpCall>,
    /// Null when it is no call of a database.
    pub db: Option<DatabaseCall>,
    pub session_id: Option<String>,
    pub view_id: Option<String>,
    /// Attributes that have no field of their own.
    pub attributes: BTreeMap<String, String>,
    /// Attributes of the service, process and machine that sent it.
    pub resource: BTreeMap<String, String>,
    pub events: Vec<SpanEvent>,
    /// 0 at the root of the tree.
    pub depth: u32,
    pub side: Side,
}

/// OTLP's kind of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum SpanKind {
    Unspecified,
    Internal,
    Server,
    Client,
    Producer,
    Consumer,
}

/// OTLP's status of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum SpanStatus {
    Unset,
    Ok,
    Error,
}

/// Where a span was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    Browser,
    Service,
}

/// What is known of an HTTP request. Empty text means unknown.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct HttpCall {
    pub method: String,
    /// Null when there was no answer.
    pub status: Option<u16>,
    pub url: String,
    /// Template of the path: `url.template` or `http.route`.
    pub template: String,
}

/// What is known of a call of a database. Empty text means unknown.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct DatabaseCall {
    /// Such as `postgresql`.
    pub system: String,
    /// As the sender wrote it.
    pub statement: String,
}

/// An event inside a span.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SpanEvent {
    pub time: Time,
    /// Milliseconds from the start of the trace.
    pub offset: f64,
    pub name: String,
    pub attributes: BTreeMap<String, String>,
}

#[derive(Debug, Default, Row, Deserialize)]
pub(super) struct SpanRow {
    pub(super) span: String,
    parent: String,
    start_nano: i64,
    duration_nano: u64,
    name: String,
    kind: u8,
    status_code: u8,
    status_message: String,
    pub(super) service: String,
    pub(super) session_id: String,
    view_id: String,
    http_method: String,
    http_status: u16,
    url: String,
    url_template: String,
    db_system: String,
    db_statement: String,
    error_type: String,
    attributes: Vec<(String, String)>,
    resource: Vec<(String, String)>,
    event_nanos: Vec<i64>,
    event_names: Vec<String>,
    event_attributes: Vec<Vec<(String, String)>>,
}

impl SpanRow {
    pub(super) fn start(&self) -> Time {
        Time(self.start_nano)
    }

    pub(super) fn end(&self) -> Time {
        self.start().plus_nanos(self.duration_nano)
    }

    pub(super) fn link(&self) -> Link<'_> {
        let root = self.parent.bytes().all(|digit| digit == b'0');
        Link {
            id: &self.span,
            parent: if root { "" } else { &self.parent },
            answered_by: attribute(&self.attributes, SERVER_SPAN_ID),
        }
    }

    fn side(&self) -> Side {
        let web = attribute(&self.resource, TELEMETRY_SDK_LANGUAGE) == Some("webjs");
        if web || !self.view_id.is_empty() { Side::Browser } else { Side::Service }
    }

    pub(super) fn into_span(
        self,
        trace_start: Time,
        depth: u32,
        parent_id: Option<String>,
        parent_missing: bool,
    ) -> TraceSpan {
        let (start, side) = (self.start(), self.side());
        let events = self.event_nanos.into_iter().zip(self.event_names).zip(self.event_attributes);
        let http = HttpCall {
            method: self.http_method,
            status: (self.http_status != 0).then_some(self.http_status),
            url: self.url,
            template: self.url_template,
        };
        TraceSpan {
            id: self.span,
            parent_id,
            parent_missing,
            name: self.name,
            kind: span_kind(self.kind),
            service: self.service,
            start,
            offset: start.millis_since(trace_start),
            duration: millis(self.duration_nano.into()),
            status: span_status(self.status_code),
            status_message: text_or_none(self.status_message),
            error_type: text_or_none(self.error_type),
            http: (!http.method.is_empty() || http.status.is_some()).then_some(http),
            db: text_or_none(self.db_system).map(|system| DatabaseCall { system, statement: self.db_statement }),
            session_id: text_or_none(self.session_id),
            view_id: text_or_none(self.view_id),
            attributes: self.attributes.into_iter().collect(),
            resource: self.resource.into_iter().collect(),
            events: events
                .map(|((nanos, name), attributes)| SpanEvent {
                    time: Time(nanos),
                    offset: Time(nanos).millis_since(trace_start),
                    name,
                    attributes: attributes.into_iter().collect(),
                })
                .collect(),
            depth,
            side,
        }
    }
}

fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

fn text_or_none(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn span_kind(kind: u8) -> SpanKind {
    match kind {
        1 => SpanKind::Internal,
        2 => SpanKind::Server,
        3 => SpanKind::Client,
        4 => SpanKind::Producer,
        5 => SpanKind::Consumer,
        _ => SpanKind::Unspecified,
    }
}

fn span_status(code: u8) -> SpanStatus {
    match code {
        1 => SpanStatus::Ok,
        2 => SpanStatus::Error,
        _ => SpanStatus::Unset,
    }
}
