//! `/faults`: the page and the API by which whoever runs the shop switches its faults. Visitors cannot.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use clap::ValueEnum;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::faults::{Fault, Faults, described};

const PAGE: &str = include_str!("../../web/faults.html");

#[derive(Debug, Clone)]
pub struct Switch {
    pub faults: Arc<Faults>,
    /// Whether there are rows to lock.
    pub postgres: bool,
}

#[derive(Debug, Deserialize)]
struct Wanted {
    fault: String,
}

pub fn routes(switch: Switch) -> Router {
    Router::new().route("/faults", get(shown).put(switched)).with_state(switch)
}

async fn shown(
    State(switch): State<Switch>,
    ConnectInfo(caller): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    check(caller, &headers)?;
    let page = headers.get(header::ACCEPT).and_then(|accepted| accepted.to_str().ok());
    if page.is_some_and(|accepted| accepted.contains("text/html")) {
        return Ok(Html(filled(switch.faults.current())).into_response());
    }
    Ok(Json(answer(switch.faults.current())).into_response())
}

async fn switched(
    State(switch): State<Switch>,
    ConnectInfo(caller): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Json(wanted): Json<Wanted>,
) -> Result<Json<Value>, Failure> {
    check(caller, &headers)?;
    let fault = parse(&wanted.fault)?;
    if fault == Fault::RowLock && !switch.postgres {
        let message = "rows are locked in PostgreSQL only: install it and start the shop again";
        return Err(Failure::new(StatusCode::CONFLICT, "no_database", message));
    }
    switch.faults.switch(fault);
    tracing::info!("the fault is now: {}", wanted.fault);
    Ok(Json(answer(fault)))
}

/// A visitor comes through a proxy that adds their address.
fn check(caller: SocketAddr, headers: &HeaderMap) -> Result<(), Failure> {
    if caller.ip().is_loopback() && !headers.contains_key("x-forwarded-for") {
        return Ok(());
    }
    let message = "faults are switched on the machine of the shop, without a proxy between";
    Err(Failure::new(StatusCode::FORBIDDEN, "not_here", message))
}

fn parse(name: &str) -> Result<Fault, Failure> {
    Fault::from_str(name, false).map_err(|_| {
        let names: Vec<_> = Fault::value_variants().iter().filter_map(ValueEnum::to_possible_value).collect();
        let names: Vec<&str> = names.iter().map(clap::builder::PossibleValue::get_name).collect();
        Failure::invalid(format!("there is no such fault; choose one of {}", names.join(", ")))
    })
}

fn answer(fault: Fault) -> Value {
    json!({ "fault": fault, "faults": described() })
}

fn filled(current: Fault) -> String {
    // Inside a script element only `<` could end it early.
    PAGE.replace("<!--faults-->", &answer(current).to_string().replace('<', "\\u003c"))
}
