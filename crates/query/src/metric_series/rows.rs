//! What the engine answers about one metric.

use clickhouse::Row;
use serde::Deserialize;

use super::distribution::Columns;

/// One series in one step of time, since one start.
#[derive(Debug, Clone, Default, Row, Deserialize)]
pub(super) struct SeriesRow {
    pub named: String,
    pub series_name: String,
    pub step: i64,
    pub delta: u8,
    pub monotonic: bool,
    pub begun: i64,
    pub n: u64,
    pub total: f64,
    pub low: f64,
    pub high: f64,
    pub last: f64,
    pub measured: u64,
    pub amount: f64,
    pub buckets: Columns,
}

#[derive(Debug, Row, Deserialize)]
pub(super) struct ExemplarRow {
    pub time_nano: i64,
    pub value: f64,
    pub trace: String,
}
