//! One HTTP service: bound before anything else starts, traced, with a health check, stopped in order.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use axum::{Json, Router, middleware};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::Error;
use crate::limits::{BODY_MAX_BYTES, STOP_WAIT_MAX};
use crate::telemetry::Telemetry;
use crate::telemetry::serve::{Audience, Face, trace_request};

/// A running service.
#[derive(Debug)]
pub struct Service {
    pub name: &'static str,
    pub region: &'static str,
    pub address: SocketAddr,
    telemetry: Arc<Telemetry>,
    serving: JoinHandle<()>,
}

/// Takes the port; nobody is served yet, but callers already queue up.
pub async fn bind(address: SocketAddr, flag: &'static str) -> Result<TcpListener, Error> {
    TcpListener::bind(address).await.map_err(|source| Error::Listen { address, flag, source })
}

/// What makes a service.
pub struct Plan {
    pub name: &'static str,
    pub region: &'static str,
    pub listener: TcpListener,
    pub audience: Audience,
    pub telemetry: Arc<Telemetry>,
    /// Routes with a span for each request.
    pub traced: Router,
    /// Routes that only make noise in traces: files of the page.
    pub untraced: Router,
}

impl Service {
    pub fn start(plan: Plan, stop: watch::Receiver<bool>) -> std::io::Result<Self> {
        let address = plan.listener.local_addr()?;
        let health = json!({ "status": "ok", "service": plan.name, "region": plan.region });
        let face = Face { telemetry: Arc::clone(&plan.telemetry), audience: plan.audience };
        let routes = plan
            .traced
            .layer(middleware::from_fn_with_state(face, trace_request))
            .merge(plan.untraced)
            .route("/health", get(move || std::future::ready(Json(health.clone()))))
            .layer(DefaultBodyLimit::max(BODY_MAX_BYTES));
        let serving = tokio::spawn(serve(plan.name, plan.listener, routes, stop));
        Ok(Self { name: plan.name, region: plan.region, address, telemetry: plan.telemetry, serving })
    }

    /// Waits for open requests a little while, then sends what telemetry is left.
    pub async fn stopped(self) {
        let abort = self.serving.abort_handle();
        if tokio::time::timeout(STOP_WAIT_MAX, self.serving).await.is_err() {
            abort.abort();
        }
        let telemetry = self.telemetry;
        let flushed = tokio::task::spawn_blocking(move || telemetry.stop()).await;
        if flushed.is_err() {
            tracing::warn!("telemetry of {} was not flushed", self.name);
        }
    }
}

async fn serve(name: &'static str, listener: TcpListener, routes: Router, mut stop: watch::Receiver<bool>) {
    let asked = async move {
        // An error means that the shop itself is gone, which is as good a reason to stop.
        let _ = stop.wait_for(|stop| *stop).await;
    };
    if let Err(cause) = axum::serve(listener, routes.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(asked)
        .await
    {
        tracing::error!("{name} stopped serving: {cause}");
    }
}
