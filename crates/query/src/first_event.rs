//! Has anything arrived yet? What a first run waits for.

use clickhouse::Row;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::prepare::prepare;
use crate::{QueryError, Time};

/// The first record that was ever received.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FirstEvent {
    /// Slug of the application it belongs to.
    pub app: String,
    /// When the server received it.
    pub time: Time,
    /// Empty when a service sent it.
    pub browser: String,
    /// Empty when a service sent it.
    pub os: String,
}

#[derive(Debug, Row, Deserialize)]
struct FirstRow {
    app: String,
    received_nano: i64,
    browser: String,
    os: String,
}

/// The answer never changes once there is one: keep it, for the question reads a column of every table.
pub async fn first_event(store: &Store) -> Result<Option<FirstEvent>, QueryError> {
    let row: Option<FirstRow> = prepare(store, include_str!("first_event.sql")).fetch_optional().await?;
    Ok(row.map(|FirstRow { app, received_nano, browser, os }| FirstEvent {
        app,
        time: Time(received_nano),
        browser,
        os,
    }))
}
