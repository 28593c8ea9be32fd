//! How telemetry leaves: one HTTP client for all services, usable from the exporters' own threads.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};

use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use tokio::runtime::Handle;

use crate::Error;
use crate::limits::EXPORT_WAIT_MAX;

/// Sends on the runtime's threads: the batch processors have threads of their own, where no runtime is running.
#[derive(Debug)]
pub struct RuntimeClient {
    client: reqwest::Client,
    runtime: Handle,
    /// Said once when the receiver is away, and once when it is back.
    away: AtomicBool,
}

impl RuntimeClient {
    pub fn new() -> Result<Self, Error> {
        // The receiver is on this machine: a proxy from the environment must not see its telemetry.
        let client = reqwest::Client::builder().no_proxy().timeout(EXPORT_WAIT_MAX).build()?;
        Ok(Self { client, runtime: Handle::current(), away: AtomicBool::new(false) })
    }

    fn note(&self, outcome: &Result<Response<Bytes>, HttpError>, endpoint: &str) {
        let refused = match outcome {
            Ok(response) if response.status().is_success() => None,
            Ok(response) => Some(response.status().to_string()),
            Err(_) => Some("no answer".to_owned()),
        };
        match refused {
            Some(reason) if !self.away.swap(true, Ordering::Relaxed) => {
                tracing::warn!("telemetry is not accepted at {endpoint} ({reason}); the shop goes on without");
            }
            None if self.away.swap(false, Ordering::Relaxed) => tracing::info!("telemetry is accepted again"),
            _ => {}
        }
    }
}

async fn send(client: reqwest::Client, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
    let mut response = client.execute(request.try_into()?).await?;
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    let mut answer = Response::new(response.bytes().await?);
    *answer.status_mut() = status;
    *answer.headers_mut() = headers;
    Ok(answer)
}

impl HttpClient for RuntimeClient {
    // The trait is declared through a macro; this is what the macro makes of `async fn send_bytes`.
    fn send_bytes<'client, 'sending>(
        &'client self,
        request: Request<Bytes>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'sending>>
    where
        'client: 'sending,
        Self: 'sending,
    {
        let endpoint = request.uri().to_string();
        let sending = self.runtime.spawn(send(self.client.clone(), request));
        Box::pin(async move {
            let outcome = sending.await.unwrap_or_else(|stopped| Err(stopped.into()));
            self.note(&outcome, &endpoint);
            outcome
        })
    }
}
