//! The table of views: one row per page or route view.

use limen_model::enriched::{EnrichedBatch, View};

use super::{Row, write_dimensions};
use crate::encode::RowWriter;

impl Row for View<'_> {
    const TABLE: &'static str = "views";
    const COLUMNS: &'static [&'static str] = &[
        "app",
        "received",
        "session_id",
        "view_id",
        "version",
        "start",
        "kind",
        "route",
        "url",
        "referrer",
        "navigation_type",
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
        "screen_width",
        "screen_height",
        "user_id",
        "trace_id",
        "lcp",
        "inp",
        "cls",
        "fcp",
        "ttfb",
        "lcp_target",
        "lcp_url",
        "lcp_resource_load_delay",
        "lcp_resource_load_duration",
        "lcp_element_render_delay",
        "inp_target",
        "inp_type",
        "inp_input_delay",
        "inp_processing_duration",
        "inp_presentation_delay",
        "cls_target",
        "redirect",
        "worker",
        "dns",
        "tcp",
        "tls",
        "request",
        "response",
        "dom_processing",
        "load",
        "load_time",
        "transition_time",
        "blocking_time",
        "duration",
        "errors",
        "requests",
        "failed_requests",
        "actions",
        "weight",
        "attributes",
    ];

    fn write(&self, batch: &EnrichedBatch<'_>, out: &mut RowWriter) {
        out.text(batch.app.as_str());
        out.time(batch.received_unix_nano);
        out.text(&self.session_id);
        out.text(&self.view_id);
        out.u64(self.version);
        out.time(self.start_unix_nano);
        out.text(&self.kind);
        out.text(&self.route);
        out.text(&self.url);
        out.text(&self.referrer);
        out.text(&self.navigation_type);
        write_dimensions(&self.dimensions, out);
        out.u16(self.screen_width);
        out.u16(self.screen_height);
        out.text(&self.user_id);
        out.trace_id(self.trace_id);
        out.maybe_f64(self.lcp);
        out.maybe_f64(self.inp);
        out.maybe_f64(self.cls);
        out.maybe_f64(self.fcp);
        out.maybe_f64(self.ttfb);
        out.text(&self.lcp_target);
        out.text(&self.lcp_url);
        out.maybe_f64(self.lcp_resource_load_delay);
        out.maybe_f64(self.lcp_resource_load_duration);
        out.maybe_f64(self.lcp_element_render_delay);
        out.text(&self.inp_target);
        out.text(&self.inp_type);
        out.maybe_f64(self.inp_input_delay);
        out.maybe_f64(self.inp_processing_duration);
        out.maybe_f64(self.inp_presentation_delay);
        out.text(&self.cls_target);
        out.maybe_f64(self.redirect);
        out.maybe_f64(self.worker);
        out.maybe_f64(self.dns);
        out.maybe_f64(self.tcp);
        out.maybe_f64(self.tls);
        out.maybe_f64(self.request);
        out.maybe_f64(self.response);
        out.maybe_f64(self.dom_processing);
        out.maybe_f64(self.load);
        out.maybe_f64(self.load_time);
        out.maybe_f64(self.transition_time);
        out.maybe_f64(self.blocking_time);
        out.maybe_f64(self.duration);
        out.u32(self.errors);
        out.u32(self.requests);
        out.u32(self.failed_requests);
        out.u32(self.actions);
        out.f64(self.weight);
        out.attributes(&self.attributes);
    }
}
