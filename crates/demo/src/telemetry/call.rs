//! One request being served: its trace context, handed on by value, and what can be said while serving it.

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use opentelemetry::logs::{AnyValue, LogRecord, Logger, Severity};
use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::{SpanContext, SpanKind, Status, TraceContextExt, Tracer};
use opentelemetry::{Context, Key, KeyValue};
use opentelemetry_http::HeaderInjector;
use opentelemetry_sdk::propagation::TraceContextPropagator;

use super::Telemetry;
use crate::failure::Failure;

/// A visit of the demo's history says with it how many days ago it is.
pub const DAYS_BEHIND: &str = "x-shop-days-behind";

const DAY: Duration = Duration::from_secs(24 * 3600);

/// Cheap to copy; travels through a handler instead of a thread-local, which an `await` would lose.
#[derive(Debug, Clone)]
pub struct Call {
    pub telemetry: Arc<Telemetry>,
    context: Context,
    /// The chain of addresses the request came through, passed on to the next service as it came.
    pub forwarded_for: Option<HeaderValue>,
    /// How many days ago this visit claims to be.
    pub days_behind: u32,
}

impl Call {
    pub fn new(
        telemetry: Arc<Telemetry>,
        context: Context,
        forwarded_for: Option<HeaderValue>,
        days_behind: u32,
    ) -> Self {
        Self { telemetry, context, forwarded_for, days_behind }
    }

    pub fn span_context(&self) -> SpanContext {
        self.context.span().span_context().clone()
    }

    /// Opens a span below the current one; the answer is a call whose current span it is.
    pub fn child(&self, name: String, kind: SpanKind, attributes: Vec<KeyValue>) -> Self {
        let span = self
            .telemetry
            .tracer
            .span_builder(name)
            .with_kind(kind)
            .with_attributes(attributes)
            .with_start_time(self.now())
            .start_with_context(&self.telemetry.tracer, &self.context);
        Self { context: self.context.with_span(span), ..self.clone() }
    }

    /// Runs a piece of work inside a span of its own.
    pub async fn within<T, W: Future<Output = T>>(&self, name: &str, attributes: Vec<KeyValue>, work: W) -> T {
        let inner = self.child(name.to_owned(), SpanKind::Internal, attributes);
        let answer = work.await;
        inner.end();
        answer
    }

    pub fn set(&self, attribute: KeyValue) {
        self.context.span().set_attribute(attribute);
    }

    /// Marks the current span as failed. `kind` is a word of low cardinality, `message` is for people.
    pub fn fail(
        &self,
        kind: impl Into<opentelemetry::StringValue>,
        message: impl Into<std::borrow::Cow<'static, str>>,
    ) {
        self.set(KeyValue::new("error.type", kind.into()));
        self.context.span().set_status(Status::error(message));
    }

    pub fn end(&self) {
        self.context.span().end_with_timestamp(self.now());
    }

    /// Writes trace context and address chain into the headers of a request to another service.
    pub fn inject(&self, headers: &mut HeaderMap) {
        TraceContextPropagator::new().inject_context(&self.context, &mut HeaderInjector(headers));
        if let Some(chain) = &self.forwarded_for {
            headers.insert("x-forwarded-for", chain.clone());
        }
        if self.days_behind > 0 {
            headers.insert(DAYS_BEHIND, self.days_behind.into());
        }
    }

    /// The time as this visit has it.
    fn now(&self) -> SystemTime {
        SystemTime::now() - DAY * self.days_behind
    }

    pub fn info<const N: usize>(&self, body: impl Into<AnyValue>, attributes: [(&'static str, AnyValue); N]) {
        self.log(Severity::Info, "INFO", body.into(), attributes);
    }

    pub fn warn<const N: usize>(&self, body: impl Into<AnyValue>, attributes: [(&'static str, AnyValue); N]) {
        self.log(Severity::Warn, "WARN", body.into(), attributes);
    }

    fn log<const N: usize>(
        &self,
        severity: Severity,
        word: &'static str,
        body: AnyValue,
        attributes: [(&'static str, AnyValue); N],
    ) {
        let span = self.span_context();
        let mut record = self.telemetry.logger.create_log_record();
        record.set_timestamp(self.now());
        record.set_severity_number(severity);
        record.set_severity_text(word);
        record.set_body(body);
        record.add_attributes(attributes.map(|(name, value)| (Key::from_static_str(name), value)));
        record.set_trace_context(span.trace_id(), span.span_id(), Some(span.trace_flags()));
        self.telemetry.logger.emit(record);
    }
}

impl<S: Sync> FromRequestParts<S> for Call {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Failure> {
        let call = parts.extensions.get::<Self>().cloned();
        call.ok_or_else(|| Failure::internal("this route is not traced; lay it below the tracing layer"))
    }
}
