//! The list of metrics, with what was last seen of each.

use limen_model::enriched::{EnrichedBatch, MetricPoint};
use limen_query::metrics;

use crate::engine_process::EngineProcess;
use crate::rows::{MINUTE, at, batch, scope};

fn point(name: &'static str, kind: &'static str, series: u64, after: i64) -> MetricPoint<'static> {
    MetricPoint {
        name: name.into(),
        kind: kind.into(),
        service: "cart".into(),
        unit: "{item}".into(),
        series,
        time_unix_nano: at(after),
        ..Default::default()
    }
}

#[tokio::test]
async fn each_metric_is_listed_with_its_newest_point_and_the_number_of_its_series() {
    let counter = |series, after, value| MetricPoint { value, ..point("items", "sum", series, after) };
    let histogram = MetricPoint { count: 4, sum: Some(2.5), ..point("wait", "histogram", 3, MINUTE) };
    let points = vec![counter(1, 0, 1.0), counter(2, MINUTE, 7.0), counter(1, 2 * MINUTE, 5.0), histogram];
    let engine = EngineProcess::with(&[EnrichedBatch { metrics: points, ..batch() }]).await;

    let answer = metrics(&engine.store, &scope(&[])).await.expect("an answer");
    assert!(!answer.truncated);
    let [items, wait] = &answer.metrics[..] else { panic!("{answer:?}") };
    assert_eq!((items.name.as_str(), items.series, items.points, items.last_value), ("items", 2, 3, Some(5.0)));
    assert_eq!((items.last_count, items.last_time.0), (None, at(2 * MINUTE)));
    assert_eq!((wait.last_value, wait.last_count, wait.last_sum), (None, Some(4), Some(2.5)));
}

#[tokio::test]
async fn the_end_of_a_series_is_no_value() {
    let end = |name, after| MetricPoint { stale: true, ..point(name, "gauge", 1, after) };
    let points = vec![MetricPoint { value: 3.0, ..point("up", "gauge", 1, 0) }, end("up", MINUTE), end("only", 0)];
    let engine = EngineProcess::with(&[EnrichedBatch { metrics: points, ..batch() }]).await;
    let answer = metrics(&engine.store, &scope(&[])).await.expect("an answer");
    let [only, up] = &answer.metrics[..] else { panic!("{answer:?}") };
    assert_eq!((only.points, only.last_value), (1, None));
    assert_eq!((up.points, up.last_value, up.last_time.0), (2, Some(3.0), at(MINUTE)));
}

#[tokio::test]
async fn points_outside_the_range_are_not_seen() {
    let points = vec![point("early", "gauge", 1, -1), point("late", "gauge", 1, 60 * MINUTE)];
    let engine = EngineProcess::with(&[EnrichedBatch { metrics: points, ..batch() }]).await;
    assert!(metrics(&engine.store, &scope(&[])).await.expect("an answer").metrics.is_empty());
}
