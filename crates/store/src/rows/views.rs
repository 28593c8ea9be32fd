//! The table of views: one row per page or route view.

use limen_model::enriched::{EnrichedBatch, View};

use super::{Column, Row, write_dimensions};
use crate::encode::RowWriter;
use crate::native::Kind::{Attributes, Bool, F64, MaybeF64, Text, Time, TraceId, U16, U32, U64, Word};

impl Row for View<'_> {
    const TABLE: &'static str = "views";
    const COLUMNS: &'static [Column] = &[
        Column::new("app", Word),
        Column::new("received", Time),
        Column::new("session_id", Text),
        Column::new("view_id", Text),
        Column::new("version", U64),
        Column::new("start", Time),
        Column::new("kind", Word),
        Column::new("route", Word),
        Column::new("url", Text),
        Column::new("referrer", Text),
        Column::new("navigation_type", Word),
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
        Column::new("screen_width", U16),
        Column::new("screen_height", U16),
        Column::new("user_id", Text),
        Column::new("trace_id", TraceId),
        Column::new("lcp", MaybeF64),
        Column::new("inp", MaybeF64),
        Column::new("cls", MaybeF64),
        Column::new("fcp", MaybeF64),
        Column::new("ttfb", MaybeF64),
        Column::new("lcp_target", Word),
        Column::new("lcp_url", Text),
        Column::new("lcp_resource_load_delay", MaybeF64),
        Column::new("lcp_resource_load_duration", MaybeF64),
        Column::new("lcp_element_render_delay", MaybeF64),
        Column::new("inp_target", Word),
        Column::new("inp_type", Word),
        Column::new("inp_input_delay", MaybeF64),
        Column::new("inp_processing_duration", MaybeF64),
        Column::new("inp_presentation_delay", MaybeF64),
        Column::new("cls_target", Word),
        Column::new("redirect", MaybeF64),
        Column::new("worker", MaybeF64),
        Column::new("dns", MaybeF64),
        Column::new("tcp", MaybeF64),
        Column::new("tls", MaybeF64),
        Column::new("request", MaybeF64),
        Column::new("response", MaybeF64),
        Column::new("dom_processing", MaybeF64),
        Column::new("load", MaybeF64),
        Column::new("load_time", MaybeF64),
        Column::new("transition_time", MaybeF64),
        Column::new("blocking_time", MaybeF64),
        Column::new("duration", MaybeF64),
        Column::new("errors", U32),
        Column::new("requests", U32),
        Column::new("failed_requests", U32),
        Column::new("actions", U32),
        Column::new("weight", F64),
        Column::new("attributes", Attributes),
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
