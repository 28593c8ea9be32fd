//! The table of spans of browsers and services.

use limen_model::enriched::{EnrichedBatch, SpanRow};

use super::{Column, Row};
use crate::encode::RowWriter;
use crate::native::Kind::{Attributes, F64, List, SpanId, Text, Time, TraceId, U8, U16, U64, Word};

impl Row for SpanRow<'_> {
    const TABLE: &'static str = "spans";
    const COLUMNS: &'static [Column] = &[
        Column::new("app", Word),
        Column::new("received", Time),
        Column::new("trace_id", TraceId),
        Column::new("span_id", SpanId),
        Column::new("parent_span_id", SpanId),
        Column::new("trace_state", Text),
        Column::new("start", Time),
        Column::new("duration_nano", U64),
        Column::new("name", Word),
        Column::new("kind", U8),
        Column::new("status_code", U8),
        Column::new("status_message", Text),
        Column::new("scope_name", Word),
        Column::new("service", Word),
        Column::new("release", Word),
        Column::new("environment", Word),
        Column::new("session_id", Text),
        Column::new("view_id", Text),
        Column::new("route", Word),
        Column::new("country", Word),
        Column::new("http_method", Word),
        Column::new("http_status", U16),
        Column::new("url_template", Word),
        Column::new("url", Text),
        Column::new("server_address", Word),
        Column::new("db_system", Word),
        Column::new("db_statement", Text),
        Column::new("error_type", Word),
        Column::new("attributes", Attributes),
        Column::new("resource", Attributes),
        Column::new("event_times", List(&Time)),
        Column::new("event_names", List(&Word)),
        Column::new("event_attributes", List(&Attributes)),
        Column::new("link_trace_ids", List(&TraceId)),
        Column::new("link_span_ids", List(&SpanId)),
        Column::new("weight", F64),
    ];

    fn write(&self, batch: &EnrichedBatch<'_>, out: &mut RowWriter) {
        out.text(batch.app.as_str());
        out.time(batch.received_unix_nano);
        out.trace_id(Some(self.trace_id));
        out.span_id(Some(self.span_id));
        out.span_id(self.parent_span_id);
        out.text(&self.trace_state);
        out.time(self.start_unix_nano);
        out.u64(self.duration_nano);
        out.text(&self.name);
        out.u8(self.kind);
        out.u8(self.status_code);
        out.text(&self.status_message);
        out.text(&self.scope_name);
        out.text(&self.service);
        out.text(&self.release);
        out.text(&self.environment);
        out.text(&self.session_id);
        out.text(&self.view_id);
        out.text(&self.route);
        out.text(&self.country);
        out.text(&self.http_method);
        out.u16(self.http_status);
        out.text(&self.url_template);
        out.text(&self.url);
        out.text(&self.server_address);
        out.text(&self.db_system);
        out.text(&self.db_statement);
        out.text(&self.error_type);
        out.attributes(&self.attributes);
        out.attributes(&self.resource);
        out.array(&self.events, |out, (time, _, _)| out.time(*time));
        out.array(&self.events, |out, (_, name, _)| out.text(name));
        out.array(&self.events, |out, (_, _, attributes)| out.attributes(attributes));
        out.array(&self.links, |out, (trace_id, _)| out.trace_id(Some(*trace_id)));
        out.array(&self.links, |out, (_, span_id)| out.span_id(Some(*span_id)));
        out.f64(self.weight);
    }
}
