//! Which metrics do the services report, and what was last seen of each?

use clickhouse::Row;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::limits::METRICS_MAX;
use crate::prepare::prepare;
use crate::{QueryError, Scope, Time};

/// The metrics that had a point in the range, by name.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MetricsAnswer {
    pub metrics: Vec<MetricSummary>,
    /// Whether there are more than fit into one answer.
    pub truncated: bool,
}

/// One metric of one service.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MetricSummary {
    pub name: String,
    /// `gauge`, `sum`, `histogram`, `exponential_histogram` or `summary`.
    pub kind: String,
    /// As the sender wrote it, such as `s` or `{item}`.
    pub unit: String,
    pub service: String,
    pub description: String,
    /// How many combinations of attributes it has.
    pub series: u64,
    pub points: u64,
    pub last_time: Time,
    /// The newest value of a gauge or sum; null for the other kinds.
    pub last_value: Option<f64>,
    /// How many measurements the newest point of a histogram or summary holds; null for the other kinds.
    pub last_count: Option<u64>,
    /// The sum of those measurements; null when the sender left it out.
    pub last_sum: Option<f64>,
}

#[derive(Debug, Row, Deserialize)]
struct MetricRow {
    name: String,
    kind: String,
    unit: String,
    service: String,
    description: String,
    series_count: u64,
    points: u64,
    last_nano: i64,
    measured: u64,
    last: (f64, u64, Option<f64>),
}

/// The filters of a scope are about views; metrics have none of their dimensions but are of the same application.
pub async fn metrics(store: &Store, scope: &Scope) -> Result<MetricsAnswer, QueryError> {
    let rows: Vec<MetricRow> = prepare(store, include_str!("metrics.sql"))
        .param("app", scope.app.as_str())
        .param("from", scope.range.from.0)
        .param("to", scope.range.to.0)
        .param("limit", METRICS_MAX + 1)
        .fetch_all()
        .await?;
    let truncated = rows.len() > METRICS_MAX as usize;
    let metrics = rows.into_iter().take(METRICS_MAX as usize).map(summary).collect();
    Ok(MetricsAnswer { metrics, truncated })
}

fn summary(row: MetricRow) -> MetricSummary {
    let (value, count, sum) = row.last;
    let one_number = matches!(row.kind.as_str(), "gauge" | "sum");
    let measured = row.measured > 0;
    MetricSummary {
        last_value: (measured && one_number).then_some(value),
        last_count: (measured && !one_number).then_some(count),
        last_sum: sum.filter(|_| !one_number),
        name: row.name,
        kind: row.kind,
        unit: row.unit,
        service: row.service,
        description: row.description,
        series: row.series_count,
        points: row.points,
        last_time: Time(row.last_nano),
    }
}
