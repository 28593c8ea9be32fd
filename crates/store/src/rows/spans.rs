//! The table of spans of browsers and services.

use limen_model::enriched::{EnrichedBatch, SpanRow};

use super::Row;
use crate::encode::RowWriter;

impl Row for SpanRow<'_> {
    const TABLE: &'static str = "spans";
    const COLUMNS: &'static [&'static str] = &[
        "app",
        "received",
        "trace_id",
        "span_id",
        "parent_span_id",
        "trace_state",
        "start",
        "duration_nano",
        "name",
        "kind",
        "status_code",
        "status_message",
        "scope_name",
        "service",
        "release",
        "environment",
        "session_id",
        "view_id",
        "route",
        "country",
        "http_method",
        "http_status",
        "url_template",
        "url",
        "server_address",
        "db_system",
        "db_statement",
        "error_type",
        "attributes",
        "resource",
        "event_times",
        "event_names",
        "event_attributes",
        "link_trace_ids",
        "link_span_ids",
        "weight",
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
