//! The table of logs: records that are no events of a session.

use limen_model::enriched::{EnrichedBatch, Log};

use super::{Column, Row};
use crate::encode::RowWriter;
use crate::native::Kind::{Attributes, SpanId, Text, Time, TraceId, U8, U64, Word};

impl Row for Log<'_> {
    const TABLE: &'static str = "logs";
    const COLUMNS: &'static [Column] = &[
        Column::new("app", Word),
        Column::new("received", Time),
        Column::new("time", Time),
        Column::new("observed", Time),
        Column::new("log_id", U64),
        Column::new("severity_number", U8),
        Column::new("severity_text", Word),
        Column::new("event_name", Word),
        Column::new("body", Text),
        Column::new("service", Word),
        Column::new("release", Word),
        Column::new("environment", Word),
        Column::new("scope_name", Word),
        Column::new("trace_id", TraceId),
        Column::new("span_id", SpanId),
        Column::new("session_id", Text),
        Column::new("attributes", Attributes),
        Column::new("resource", Attributes),
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
