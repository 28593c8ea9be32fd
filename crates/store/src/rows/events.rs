//! The table of events: what happened inside views.

use limen_model::enriched::{EnrichedBatch, Event};

use super::{Row, write_dimensions};
use crate::encode::RowWriter;

impl Row for Event<'_> {
    const TABLE: &'static str = "events";
    const COLUMNS: &'static [&'static str] = &[
        "app",
        "received",
        "session_id",
        "view_id",
        "event_id",
        "time",
        "name",
        "route",
        "url",
        "service",
        "release",
        "environment",
        "country",
        "browser",
        "browser_version",
        "os",
        "os_version",
        "device",
        "network",
        "language",
        "bot",
        "user_id",
        "trace_id",
        "span_id",
        "severity_number",
        "body",
        "duration",
        "value",
        "target",
        "label",
        "exception_type",
        "exception_message",
        "exception_stacktrace",
        "exception_handled",
        "weight",
        "attributes",
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
        out.bool(self.exception_handled);
        out.f64(self.weight);
        out.attributes(&self.attributes);
    }
}
