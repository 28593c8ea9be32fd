//! The table of logs: records that are no events of a session.

use limen_model::enriched::{EnrichedBatch, Log};

use super::Row;
use crate::encode::RowWriter;

impl Row for Log<'_> {
    const TABLE: &'static str = "logs";
    const COLUMNS: &'static [&'static str] = &[
        "app",
        "received",
        "time",
        "observed",
        "log_id",
        "severity_number",
        "severity_text",
        "event_name",
        "body",
        "service",
        "release",
        "environment",
        "scope_name",
        "trace_id",
        "span_id",
        "session_id",
        "attributes",
        "resource",
    ];

    fn write(&self, batch: &EnrichedBatch<'_>, out: &mut RowWriter) {
        out.text(batch.app.as_str());
        out.time(batch.received_unix_nano);
        out.time(self.time_unix_nano);
        out.time(self.observed_unix_nano);
        out.u64(self.log_id);
        out.u8(self.severity_number);
        out.text(&self.severity_text);
        out.text(&self.event_name);
        out.text(&self.body);
        out.text(&self.service);
        out.text(&self.release);
        out.text(&self.environment);
        out.text(&self.scope_name);
        out.trace_id(self.trace_id);
        out.span_id(self.span_id);
        out.text(&self.session_id);
        out.attributes(&self.attributes);
        out.attributes(&self.resource);
    }
}
