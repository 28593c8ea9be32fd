//! Calling another service: JSON over HTTP with a client span, trace context and a time limit.

use axum::http::{HeaderMap, Method, StatusCode};
use opentelemetry::KeyValue;
use opentelemetry::trace::SpanKind;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::failure::Failure;
use crate::telemetry::call::Call;

/// Another service and where it listens.
#[derive(Debug, Clone)]
pub struct Peer {
    pub name: &'static str,
    pub port: u16,
    pub client: reqwest::Client,
}

impl Peer {
    /// `path` is what is asked for, `template` the same without the parts that vary.
    pub async fn get<A: DeserializeOwned>(&self, call: &Call, path: &str, template: &str) -> Result<A, Failure> {
        self.send(call, Method::GET, path, template, None::<&()>).await
    }

    pub async fn post<B: Serialize, A: DeserializeOwned>(
        &self,
        call: &Call,
        path: &str,
        template: &str,
        body: &B,
    ) -> Result<A, Failure> {
        self.send(call, Method::POST, path, template, Some(body)).await
    }

    pub async fn delete<A: DeserializeOwned>(&self, call: &Call, path: &str, template: &str) -> Result<A, Failure> {
        self.send(call, Method::DELETE, path, template, None::<&()>).await
    }

    async fn send<B: Serialize, A: DeserializeOwned>(
        &self,
        call: &Call,
        method: Method,
        path: &str,
        template: &str,
        body: Option<&B>,
    ) -> Result<A, Failure> {
        let url = format!("http://127.0.0.1:{}{path}", self.port);
        let attributes = vec![
            KeyValue::new("http.request.method", method.as_str().to_owned()),
            KeyValue::new("url.full", url.clone()),
            KeyValue::new("url.template", template.to_owned()),
            KeyValue::new("server.address", "127.0.0.1"),
            KeyValue::new("server.port", i64::from(self.port)),
            KeyValue::new("service.peer.name", self.name),
        ];
        let span = call.child(format!("{method} {template}"), SpanKind::Client, attributes);
        let mut headers = HeaderMap::new();
        span.inject(&mut headers);
        let mut request = self.client.request(method, url).headers(headers);
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = self.answer(&span, request).await;
        span.end();
        answer
    }

    async fn answer<A: DeserializeOwned>(&self, span: &Call, request: reqwest::RequestBuilder) -> Result<A, Failure> {
        let response = request.send().await.map_err(|cause| self.unreachable(span, &cause))?;
        let status = response.status();
        span.set(KeyValue::new("http.response.status_code", i64::from(status.as_u16())));
        if status.is_success() {
            return response.json().await.map_err(|cause| self.unreachable(span, &cause));
        }
        span.fail(status.as_str().to_owned(), "");
        Err(self.refusal(status, response.json().await.unwrap_or_default()))
    }

    fn unreachable(&self, span: &Call, cause: &reqwest::Error) -> Failure {
        let kind = if cause.is_timeout() { "timeout" } else { "unreachable" };
        span.fail(kind, cause.to_string());
        Failure::new(StatusCode::BAD_GATEWAY, kind, format!("{} did not answer; try again", self.name))
    }

    /// What the visitor did wrong is passed on as it is; what the service did wrong is the gateway's 502.
    fn refusal(&self, status: StatusCode, body: Value) -> Failure {
        let word = |name: &str| body["error"][name].as_str().unwrap_or_default().to_owned();
        if status.is_client_error() || status == StatusCode::SERVICE_UNAVAILABLE {
            return Failure { status, code: word("code"), message: word("message") };
        }
        let message = format!("{} failed: {}", self.name, word("message"));
        Failure::new(StatusCode::BAD_GATEWAY, "bad_gateway", message)
    }
}
