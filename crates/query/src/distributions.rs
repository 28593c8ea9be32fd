//! How is one vital spread, for every route or every value of another dimension?

use clickhouse::Row;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::limits::BREAKDOWN_ROWS_MAX;
use crate::prepare::prepare_scoped;
use crate::{Dimension, Metric, QueryError, Scope, ScopeError, Thresholds};

/// The spread of one vital by the values of one dimension.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct DistributionsAnswer {
    pub dimension: Dimension,
    pub metric: Metric,
    pub thresholds: Thresholds,
    /// Width of a bin, in the unit of the vital; bin i holds what is above i and up to i + 1 of these.
    pub bin_width: f64,
    /// Those with the most views first; values that nobody measured are not there.
    pub rows: Vec<Distribution>,
}

/// The spread of one value.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Distribution {
    /// The value; empty means unknown.
    pub value: String,
    /// Views with the vital, as they are stored (not weighted).
    pub n: u64,
    /// Weighted number of views in each bin from 0 upwards, empty ones too; the last one has no upper end.
    pub counts: Vec<f64>,
}

#[derive(Debug, Row, Deserialize)]
struct ValueRow {
    value: String,
    n: u64,
    bins: (Vec<u32>, Vec<f64>),
}

pub async fn distributions(
    store: &Store,
    scope: &Scope,
    dimension: Dimension,
    metric: Metric,
    limit: u32,
) -> Result<DistributionsAnswer, QueryError> {
    if !(1..=BREAKDOWN_ROWS_MAX).contains(&limit) {
        return Err(ScopeError::Limit { max: BREAKDOWN_ROWS_MAX }.into());
    }
    let bins = metric.bins();
    let rows: Vec<ValueRow> = prepare_scoped(store, include_str!("distributions.sql"), scope)
        .param("dimension", dimension.name())
        .param("metric", metric.name())
        .param("bin_width", bins.width)
        .param("bin_count", f64::from(bins.count))
        .param("limit", limit)
        .fetch_all()
        .await?;
    let rows = rows.into_iter().map(|row| distribution(row, bins.count)).collect();
    Ok(DistributionsAnswer { dimension, metric, thresholds: metric.thresholds(), bin_width: bins.width, rows })
}

/// With the empty bins between, which the engine leaves out.
fn distribution(ValueRow { value, n, bins: (filled, weights) }: ValueRow, bin_count: u32) -> Distribution {
    let mut counts = vec![0.0; bin_count as usize + 1];
    for (bin, weight) in filled.into_iter().zip(weights) {
        if let Some(count) = counts.get_mut(bin as usize) {
            *count = weight;
        }
    }
    Distribution { value, n, counts }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_bins_are_there_and_one_that_cannot_be_is_not() {
        let row = ValueRow { value: "/".to_owned(), n: 3, bins: (vec![1, 3, 9], vec![2.0, 0.5, 7.0]) };
        assert_eq!(distribution(row, 3).counts, [0.0, 2.0, 0.0, 0.5]);
    }
}
