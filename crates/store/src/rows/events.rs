//! The table of events: what happened inside views.

use limen_model::enriched::{EnrichedBatch, Event};

use super::{Column, Row, write_dimensions};
use crate::encode::RowWriter;
use crate::native::Kind::{Attributes, Bool, F64, MaybeF64, SpanId, Text, Time, TraceId, U8, U64, Word};

impl Row for Event<'_> {
    const TABLE: &'static str = "events";
    const COLUMNS: &'static [Column] = &[
        Column::new("app", Word),
        Column::new("received", Time),
        Column::new("session_id", Text),
        Column::new("view_id", Text),
        Column::new("event_id", U64),
        Column::new("time", Time),
        Column::new("name", Word),
        Column::new("route", Word),
        Column::new("url", Text),
        Column::new("service", Word),
        Column::new("release", Word),
        Column::new("environment", Word),
        Column::new("country", Word),
        Column::new("browser", Word),
        Column::new("browser_version", Word),
        Column::new("os", Word),
        Column::new("os_version", Word),
        Column::new("device", Word),
        Column::new("network", Word),
        Column::new("language", Word),
        Column::new("bot", Bool),
        Column::new("user_id", Text),
        Column::new("trace_id", TraceId),
        Column::new("span_id", SpanId),
        Column::new("severity_number", U8),
        Column::new("body", Text),
        Column::new("duration", MaybeF64),
        Column::new("value", MaybeF64),
        Column::new("target", Word),
        Column::new("label", Word),
        Column::new("exception_type", Word),
        Column::new("exception_message", Text),
        Column::new("exception_stacktrace", Text),
        Column::new("exception_stack_id", U64),
        Column::new("exception_handled", Bool),
        Column::new("weight", F64),
        Column::new("attributes", Attributes),
    ];

    fn write(&self, batch: &EnrichedBatch<'_>, out: &mut RowWriter) {
        out.text(batch.app.as_str());
        out.time(batch.received_unix_nano);
        out.text(&self.session_id);
        out.text(&self.view_id);
        out.u64(self.event_id);
        out.time(self.time_unix_nano);
        out.text(&self.name);
        out.text(&self.route);
        out.text(&self.url);
        write_dimensions(&self.dimensions, out);
        out.text(&self.user_id);
        out.trace_id(self.trace_id);
        out.span_id(self.span_id);
        out.u8(self.severity_number);
        out.text(&self.body);
        out.maybe_f64(self.duration);
        out.maybe_f64(self.value);
        out.text(&self.target);
        out.text(&self.label);
        out.text(&self.exception_type);
        out.text(&self.exception_message);
        out.text(&self.exception_stacktrace);
        out.u64(self.exception_stack_id);
        out.bool(self.exception_handled);
        out.f64(self.weight);
        out.attributes(&self.attributes);
    }
}
