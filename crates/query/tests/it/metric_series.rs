//! Metrics over time: rates with restarts, differences, quantiles of histograms of both kinds, groups, and what leads to traces.

use limen_model::enriched::{EnrichedBatch, Exemplar, MetricPoint};
use limen_model::{Attributes, Value};
use limen_query::{MetricQuestion, MetricReading, MetricSeriesAnswer, QueryError, ScopeError, metric_series};

use crate::engine_process::EngineProcess;
use crate::rows::{MINUTE, at, batch, scope, trace_id};

fn point(name: &'static str, kind: &'static str, series: u64, after: i64) -> MetricPoint<'static> {
    let region = if series == 1 { "eu" } else { "sg" };
    MetricPoint {
        name: name.into(),
        kind: kind.into(),
        service: "cart".into(),
        unit: "s".into(),
        series,
        time_unix_nano: at(after),
        attributes: Attributes(vec![("region".into(), Value::Text(region.into()))]),
        ..Default::default()
    }
}

fn counter(series: u64, minute: i64, value: f64) -> MetricPoint<'static> {
    MetricPoint {
        value,
        monotonic: true,
        temporality: "cumulative".into(),
        start_unix_nano: at(-1_000 * MINUTE),
        ..point("items", "sum", series, minute * MINUTE)
    }
}

async fn asked(points: Vec<MetricPoint<'static>>, question: MetricQuestion) -> Result<MetricSeriesAnswer, QueryError> {
    let engine = EngineProcess::with(&[EnrichedBatch { metrics: points, ..batch() }]).await;
    metric_series(&engine.store, &scope(&[]), &question).await
}

fn named(name: &str) -> MetricQuestion {
    MetricQuestion { name: name.to_owned(), ..MetricQuestion::default() }
}

/// Of the points that are there, with their step.
fn points(answer: &MetricSeriesAnswer, group: usize) -> Vec<(usize, f64)> {
    let points = answer.groups[group].points.iter().enumerate();
    points.filter_map(|(step, value)| Some((step, value.as_ref().map(|value| (value * 1e6).round() / 1e6)?))).collect()
}

#[tokio::test]
async fn a_counter_is_a_rate_that_restarts_do_not_disturb() {
    // A point of before the range, ten a minute, and a restart after the third minute that counts from nothing.
    let mut counted = vec![counter(1, -1, 100.0), counter(1, 0, 110.0), counter(1, 1, 120.0), counter(1, 2, 130.0)];
    let again = |minute, value| MetricPoint { start_unix_nano: at(2 * MINUTE + 1), ..counter(1, minute, value) };
    counted.extend([again(3, 6.0), again(4, 12.0)]);
    let answer = asked(counted, named("items")).await.expect("an answer");
    assert_eq!((answer.reading, answer.unit.as_str(), answer.step_seconds), (MetricReading::Rate, "s/s", 60));
    let tenth = |tens: f64| (tens / 60.0 * 1e6).round() / 1e6;
    assert_eq!(points(&answer, 0), [(0, tenth(10.0)), (1, tenth(10.0)), (2, tenth(10.0)), (3, 0.1), (4, 0.1)]);
}

#[tokio::test]
async fn differences_are_added_up_and_lines_are_told_apart_by_an_attribute() {
    let delta = |series, minute, value| MetricPoint { temporality: "delta".into(), ..counter(series, minute, value) };
    let seconds = |series, value| MetricPoint { time_unix_nano: at(30_000_000_000), ..delta(series, 0, value) };
    let sent = vec![delta(1, 0, 6.0), seconds(1, 6.0), delta(2, 0, 60.0), delta(2, 1, 3.0)];
    let by = MetricQuestion { by: "region".to_owned(), reading: Some(MetricReading::Increase), ..named("items") };
    let answer = asked(sent.clone(), by).await.expect("an answer");
    let groups: Vec<(&str, u64)> = answer.groups.iter().map(|group| (group.value.as_str(), group.series)).collect();
    assert_eq!(groups, [("sg", 1), ("eu", 1)]);
    let attributes: Vec<(&str, u64)> = answer.attributes.iter().map(|each| (each.key.as_str(), each.values)).collect();
    assert_eq!(attributes, [("region", 2)]);
    assert_eq!((points(&answer, 0), points(&answer, 1)), (vec![(0, 60.0), (1, 3.0)], vec![(0, 12.0)]));
    let only = MetricQuestion { attributes: vec![("region".to_owned(), "eu".to_owned())], ..named("items") };
    let answer = asked(sent, only).await.expect("an answer");
    assert_eq!(points(&answer, 0), [(0, 0.2)]);
}

#[tokio::test]
async fn a_gauge_has_its_values_and_no_rate() {
    let gauge = |series, minute, value| MetricPoint { value, ..point("used", "gauge", series, minute * MINUTE) };
    let values = vec![gauge(1, 0, 2.0), gauge(2, 0, 6.0), gauge(1, 1, 3.0)];
    let sum = MetricQuestion { reading: Some(MetricReading::Sum), ..named("used") };
    let answer = asked(values.clone(), sum).await.expect("an answer");
    assert_eq!(points(&answer, 0), [(0, 8.0), (1, 3.0)]);
    let rate = MetricQuestion { reading: Some(MetricReading::Rate), ..named("used") };
    let refused = asked(values, rate).await.expect_err("a gauge has no rate");
    assert!(refused.to_string().contains("which has mean, min, max, sum"), "{refused}");
}

fn waits(series: u64, minute: i64, counts: &[u64]) -> MetricPoint<'static> {
    MetricPoint {
        count: counts.iter().sum(),
        sum: Some(counts.iter().sum::<u64>() as f64 / 2.0),
        bounds: vec![0.1, 0.5, 1.0],
        bucket_counts: counts.to_vec(),
        temporality: "cumulative".into(),
        start_unix_nano: at(-1_000 * MINUTE),
        ..point("wait", "histogram", series, minute * MINUTE)
    }
}

#[tokio::test]
async fn quantiles_are_of_the_measurements_of_a_step_over_all_series() {
    let sent = vec![
        waits(1, -1, &[90, 0, 0, 0]),
        waits(1, 0, &[100, 0, 0, 0]),
        waits(2, -1, &[0, 0, 7, 0]),
        waits(2, 0, &[0, 10, 27, 0]),
    ];
    let at = |reading| MetricQuestion { reading: Some(reading), ..named("wait") };
    // In the first step: ten up to 0.1, ten up to 0.5, twenty up to 1.
    let answer = asked(sent.clone(), at(MetricReading::P75)).await.expect("an answer");
    assert_eq!((points(&answer, 0), answer.unit.as_str()), (vec![(0, 0.75)], "s"));
    let answer = asked(sent.clone(), at(MetricReading::Rate)).await.expect("an answer");
    assert_eq!((points(&answer, 0), answer.unit.as_str()), (vec![(0, 0.666_667)], "{measurement}/s"));
    let answer = asked(sent, at(MetricReading::Mean)).await.expect("an answer");
    assert_eq!(points(&answer, 0), [(0, 0.5)]);
}

#[tokio::test]
async fn exponential_histograms_have_quantiles_and_lead_to_traces() {
    let exemplar = |value, number| Exemplar {
        value,
        trace_id: Some(trace_id(number)),
        time_unix_nano: at(1),
        ..Exemplar::default()
    };
    let sent = MetricPoint {
        count: 8,
        scale: 0,
        positive_offset: 1,
        positive_counts: vec![4, 4],
        temporality: "delta".into(),
        exemplars: vec![exemplar(3.0, 1), exemplar(7.0, 2)],
        ..point("size", "exponential_histogram", 1, 0)
    };
    let answer = asked(vec![sent], MetricQuestion { reading: Some(MetricReading::P75), ..named("size") }).await;
    let answer = answer.expect("an answer");
    // (2, 4] and (4, 8].
    assert_eq!(points(&answer, 0), [(0, 6.0)]);
    let exemplars: Vec<(f64, String)> =
        answer.exemplars.iter().map(|each| (each.value, each.trace_id.clone())).collect();
    assert_eq!(exemplars, [(7.0, trace_id(2).to_string()), (3.0, trace_id(1).to_string())]);
}

#[tokio::test]
async fn a_metric_nobody_reported_is_refused() {
    let refused = asked(vec![counter(1, 0, 1.0)], named("x'); DROP TABLE metrics")).await.expect_err("no metric");
    assert!(matches!(refused, QueryError::Scope(ScopeError::NoMetric { .. })), "{refused:?}");
}
