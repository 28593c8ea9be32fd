//! Every text of every row; only ids and what this crate wrote itself are left out.

use limen_model::Text;
use limen_model::enriched::{Dimensions, EnrichedBatch, Event, Log, MetricPoint, SpanRow, View};

use super::Redactor;
use crate::origin::Origin;

impl Redactor {
    /// What the rows of a group have in common, before they copy it.
    pub fn origin(&mut self, origin: &mut Origin<'_>) {
        let Dimensions { service, release, environment, network, language, .. } = &mut origin.dimensions;
        self.texts([service, release, environment, network, language, &mut origin.scope_name]);
        self.texts([&mut origin.place.document_url, &mut origin.place.view_name]);
        self.attributes(&mut origin.resource);
    }

    pub fn rows(&mut self, rows: &mut EnrichedBatch<'_>) {
        rows.views.iter_mut().for_each(|view| self.view(view));
        rows.events.iter_mut().for_each(|event| self.event(event));
        rows.spans.iter_mut().for_each(|span| self.span(span));
        rows.logs.iter_mut().for_each(|log| self.log(log));
        rows.metrics.iter_mut().for_each(|point| self.point(point));
    }

    fn texts<const N: usize>(&mut self, texts: [&mut Text<'_>; N]) {
        texts.into_iter().for_each(|text| self.text(text));
    }

    fn view(&mut self, view: &mut View<'_>) {
        let View { kind, route, url, referrer, navigation_type, .. } = view;
        self.texts([kind, route, url, referrer, navigation_type]);
        let View { lcp_target, lcp_url, inp_target, inp_type, cls_target, .. } = view;
        self.texts([lcp_target, lcp_url, inp_target, inp_type, cls_target]);
        self.attributes(&mut view.attributes);
    }

    fn event(&mut self, event: &mut Event<'_>) {
        let Event { name, route, url, body, target, label, .. } = event;
        self.texts([name, route, url, body, target, label]);
        let Event { exception_type, exception_message, exception_stacktrace, .. } = event;
        self.texts([exception_type, exception_message, exception_stacktrace]);
        self.attributes(&mut event.attributes);
    }

    fn span(&mut self, span: &mut SpanRow<'_>) {
        let SpanRow { trace_state, name, status_message, route, http_method, url_template, url, .. } = span;
        self.texts([trace_state, name, status_message, route, http_method, url_template, url]);
        let SpanRow { server_address, db_system, db_statement, error_type, .. } = span;
        self.texts([server_address, db_system, db_statement, error_type]);
        self.attributes(&mut span.attributes);
        for (_, name, attributes) in &mut span.events {
            self.text(name);
            self.attributes(attributes);
        }
    }

    fn log(&mut self, log: &mut Log<'_>) {
        self.texts([&mut log.severity_text, &mut log.event_name, &mut log.body]);
        self.attributes(&mut log.attributes);
    }

    fn point(&mut self, point: &mut MetricPoint<'_>) {
        self.texts([&mut point.name, &mut point.unit, &mut point.description]);
        self.attributes(&mut point.attributes);
        point.exemplars.iter_mut().for_each(|exemplar| self.attributes(&mut exemplar.attributes));
    }
}
