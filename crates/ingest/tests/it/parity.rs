//! The same data is the same batch in protobuf and in JSON, and nothing of it is lost uncounted.

use limen_ingest::{Format, Limits, decode};
use limen_model::Signal;
use limen_model::received::{MetricData, ReceivedBatch};
use proptest::prelude::*;
use prost::Message;

use crate::generate;

fn check<M: Message + serde::Serialize>(request: &M, signal: Signal) -> Result<(u64, u64), TestCaseError> {
    let protobuf = request.encode_to_vec();
    let json = serde_json::to_vec(request).expect("serialises");
    let from_protobuf = decode(&protobuf, Format::Protobuf, signal, &Limits::BROWSER).expect("protobuf decodes");
    let from_json = decode(&json, Format::Json, signal, &Limits::BROWSER).expect("JSON decodes");
    prop_assert_eq!(&from_protobuf, &from_json);
    Ok((kept(&from_json), from_json.rejections.count(signal)))
}

fn kept(batch: &ReceivedBatch<'_>) -> u64 {
    let logs = batch.logs.iter().map(|group| group.records.len());
    let spans = batch.spans.iter().map(|group| group.records.len());
    let metrics = batch.metrics.iter().flat_map(|group| &group.records).map(|metric| match &metric.data {
        MetricData::Gauge(points) | MetricData::Sum { points, .. } => points.len(),
        MetricData::Histogram { points, .. } => points.len(),
        MetricData::ExponentialHistogram { points, .. } => points.len(),
        MetricData::Summary(points) => points.len(),
    });
    logs.chain(spans).chain(metrics).sum::<usize>() as u64
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn logs_are_equal_in_both_formats_and_add_up(request in generate::logs()) {
        let (kept, rejected) = check(&request, Signal::Logs)?;
        let sent = request.resource_logs.iter().flat_map(|group| &group.scope_logs).map(|scope| scope.log_records.len());
        prop_assert_eq!(kept + rejected, sent.sum::<usize>() as u64);
    }

    #[test]
    fn spans_are_equal_in_both_formats_and_add_up(request in generate::spans()) {
        let (kept, rejected) = check(&request, Signal::Traces)?;
        let sent = request.resource_spans.iter().flat_map(|group| &group.scope_spans).map(|scope| scope.spans.len());
        prop_assert_eq!(kept + rejected, sent.sum::<usize>() as u64);
    }

    #[test]
    fn metrics_are_equal_in_both_formats(request in generate::metrics()) {
        check(&request, Signal::Metrics)?;
    }
}
