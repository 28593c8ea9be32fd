//! Every query of every question starts here, so that none runs without its limits.

use clickhouse::query::Query;
use limen_store::Store;

use crate::limits::{QUERY_MEMORY_BYTES_MAX, QUERY_ROWS_MAX, QUERY_SECONDS_MAX};
use crate::{Metric, Scope};

/// The host of an address, as RFC 3986 (section 3.2) divides it. The engine's own function finds none without a dot in it, and so
/// none of a machine of one's own network. The client takes a single `?` for a value to be filled in.
const HOST_PATTERN: &str = r"'^[^:/??#]+://(??:[^/??#@]*@)??(\\[[^\\]]*\\]|[^/??#:]+)'";

/// A query on its own; `{host_pattern}` in the statement is what `extract` finds the host of an address by.
pub(crate) fn prepare(store: &Store, sql: &str) -> Query {
    store
        .client()
        .query(&sql.replace("{host_pattern}", HOST_PATTERN))
        .with_setting("max_execution_time", QUERY_SECONDS_MAX.to_string())
        .with_setting("max_result_rows", QUERY_ROWS_MAX.to_string())
        .with_setting("max_memory_usage", QUERY_MEMORY_BYTES_MAX.to_string())
}

/// A query about a scope; `{filters}` and `{visitors}` in the statement become the scope's conditions.
pub(crate) fn prepare_scoped(store: &Store, sql: &str, scope: &Scope) -> Query {
    let sql = sql.replace("{filters}", &scope.conditions()).replace("{visitors}", scope.visitors.condition());
    scope.bind(prepare(store, &sql))
}

/// A part of a statement once for each vital, with its name in the place of `{metric}`, in the order of `Metric::ALL`.
pub(crate) fn per_metric(part: &str) -> String {
    let without_comments: Vec<&str> = part.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
    let part = without_comments.join("\n");
    Metric::ALL.map(|metric| part.replace("{metric}", metric.name())).join(",\n")
}

/// Gives a query the ends of each vital's classes, as `lcp_good` and `lcp_poor`.
pub(crate) fn with_classes(query: Query) -> Query {
    Metric::ALL.into_iter().fold(query, |query, metric| {
        let (name, thresholds) = (metric.name(), metric.thresholds());
        query.param(&format!("{name}_good"), thresholds.good).param(&format!("{name}_poor"), thresholds.poor)
    })
}
