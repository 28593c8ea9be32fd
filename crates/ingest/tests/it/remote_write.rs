//! Prometheus's remote write: both versions say the same, and every kind of histogram keeps its counts.

mod messages;

use limen_ingest::{Format, IngestError, Limits, decode};
use limen_model::received::{Metric, MetricData, Number, ReceivedBatch, Temporality};
use limen_model::{Outcome, Signal};
use proptest::collection::vec;
use proptest::prelude::*;
use prost::Message;

use messages::{Exemplar1, Histogram, Label, Metadata, Request1, Request2, Sample, Series1, Series2, Span, second};

const STALE: u64 = 0x7ff0_0000_0000_0002;
const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

fn labels(pairs: &[(&str, &str)]) -> Vec<Label> {
    pairs.iter().map(|(name, value)| Label { name: (*name).to_owned(), value: (*value).to_owned() }).collect()
}

fn read(bytes: &[u8], format: Format) -> Result<ReceivedBatch<'_>, IngestError> {
    decode(bytes, format, Signal::Metrics, &Limits::BROWSER)
}

fn with_one(series: Series1, look: impl Fn(&Metric<'_>)) {
    let bytes = Request1 { timeseries: vec![series] }.encode_to_vec();
    let batch = read(&bytes, Format::RemoteWrite1).expect("decodes");
    assert!(batch.rejections.is_empty(), "{}", batch.rejections.message());
    look(&batch.metrics[0].records[0]);
}

fn named(name: &str) -> Series1 {
    Series1 { labels: labels(&[("__name__", name), ("job", "shop/cart"), ("instance", "a:1")]), ..Series1::default() }
}

#[test]
fn samples_of_both_versions_are_counters_or_gauges_of_their_job() {
    let sample = Sample { value: 3.5, timestamp: 1_763_830_000_123 };
    let up = Series1 { samples: vec![sample], ..named("up") };
    let mut total = Series1 { samples: vec![sample, sample], ..named("requests_total") };
    total.labels.extend(labels(&[("code", "200")]));
    let request = Request1 { timeseries: vec![up, total] };
    let (one, two) = (request.encode_to_vec(), second(&request).encode_to_vec());
    let batch = read(&one, Format::RemoteWrite1).expect("decodes");
    assert_eq!(batch, read(&two, Format::RemoteWrite2).expect("decodes"));
    let [group] = &batch.metrics[..] else { panic!("one resource") };
    assert_eq!(group.resource.text("service.name"), Some("cart"));
    assert_eq!(group.resource.text("service.namespace"), Some("shop"));
    assert_eq!(group.resource.text("service.instance.id"), Some("a:1"));
    let MetricData::Gauge(points) = &group.records[0].data else { panic!("a gauge") };
    assert_eq!((points[0].base.time_unix_nano, points[0].value), (1_763_830_000_123_000_000, Number::Double(3.5)));
    let MetricData::Sum { points, temporality, monotonic } = &group.records[1].data else { panic!("a sum") };
    assert_eq!((points.len(), *temporality, *monotonic), (2, Temporality::Cumulative, true));
    assert_eq!(points[1].base.attributes.0, [("code".into(), limen_model::Value::Text("200".into()))]);
}

#[test]
fn a_stale_marker_is_the_end_of_its_series_and_another_nan_is_a_value() {
    let sample = |bits| Sample { value: f64::from_bits(bits), timestamp: 1 };
    with_one(Series1 { samples: vec![sample(STALE), sample(f64::NAN.to_bits())], ..named("up") }, |metric| {
        let MetricData::Gauge(points) = &metric.data else { panic!("a gauge") };
        assert!(points[0].base.stale && !points[1].base.stale);
        assert!(points[1].value.as_f64().is_nan());
    });
}

#[test]
fn metadata_of_the_second_version_says_kind_help_unit_and_start() {
    let mut request = second(&Request1 {
        timeseries: vec![Series1 { samples: vec![Sample { value: 1.0, timestamp: 5 }], ..named("odd_name") }],
    });
    request.symbols.extend(["How odd it is.".to_owned(), "By".to_owned()]);
    let last = u32::try_from(request.symbols.len()).expect("few") - 1;
    request.timeseries[0].metadata = Some(Metadata { kind: 1, help_ref: last - 1, unit_ref: last });
    request.timeseries[0].created_timestamp = 4;
    let bytes = request.encode_to_vec();
    let batch = read(&bytes, Format::RemoteWrite2).expect("decodes");
    let metric = &batch.metrics[0].records[0];
    assert_eq!((&*metric.description, &*metric.unit), ("How odd it is.", "By"));
    let MetricData::Sum { points, .. } = &metric.data else { panic!("a counter") };
    assert_eq!(points[0].base.start_time_unix_nano, 4_000_000);
}

#[test]
fn a_native_histogram_has_its_buckets_where_opentelemetry_numbers_them() {
    let histogram = Histogram {
        count_int: 16,
        sum: 18.4,
        schema: 1,
        zero_threshold: 0.001,
        zero_count_int: 2,
        // Buckets 0, 1, then a gap of one, then 3: with 1, 3 and 2 in them.
        positive_spans: vec![Span { offset: 0, length: 2 }, Span { offset: 1, length: 1 }],
        positive_deltas: vec![1, 2, -1],
        negative_spans: vec![Span { offset: -5, length: 2 }],
        negative_deltas: vec![4, 0],
        timestamp: 7,
        ..Histogram::default()
    };
    with_one(Series1 { histograms: vec![histogram], ..named("wait") }, |metric| {
        let MetricData::ExponentialHistogram { points, temporality } = &metric.data else { panic!("exponential") };
        let point = &points[0];
        assert_eq!((*temporality, point.count, point.sum, point.scale), (Temporality::Cumulative, 16, Some(18.4), 1));
        assert_eq!((point.zero_count, point.zero_threshold), (2, 0.001));
        // Bucket 0 of Prometheus ends at 1; the one of OpenTelemetry that ends there is -1.
        assert_eq!((point.positive_offset, &*point.positive_counts), (-1, &[1, 3, 0, 2][..]));
        assert_eq!((point.negative_offset, &*point.negative_counts), (-6, &[4, 4][..]));
        assert_eq!(point.base.time_unix_nano, 7_000_000);
    });
}

#[test]
fn custom_bounds_make_a_histogram_with_a_bucket_beyond_the_last() {
    let histogram = Histogram {
        count_int: 6,
        schema: -53,
        custom_values: vec![0.1, 0.5, 1.0],
        positive_spans: vec![Span { offset: 1, length: 1 }, Span { offset: 1, length: 1 }],
        positive_counts: vec![4.0, 2.0],
        timestamp: 7,
        reset_hint: 3,
        ..Histogram::default()
    };
    with_one(Series1 { histograms: vec![histogram], ..named("wait") }, |metric| {
        let MetricData::Histogram { points, temporality } = &metric.data else { panic!("explicit") };
        assert_eq!(*temporality, Temporality::Unspecified);
        assert_eq!(points[0].explicit_bounds, [0.1, 0.5, 1.0]);
        assert_eq!(points[0].bucket_counts, [0, 4, 0, 2]);
    });
}

#[test]
fn a_histogram_that_does_not_add_up_is_dropped_and_counted() {
    let span = |length| vec![Span { offset: 0, length }];
    let fraction = Histogram { positive_spans: span(1), positive_counts: vec![0.5], ..Histogram::default() };
    let below_zero = Histogram { positive_spans: span(1), positive_deltas: vec![-1], ..Histogram::default() };
    let too_few = Histogram { positive_spans: span(u32::MAX), positive_deltas: vec![1], ..Histogram::default() };
    let too_many = Histogram { positive_spans: span(1), positive_deltas: vec![1, 1], ..Histogram::default() };
    let gap = vec![Span { offset: 0, length: 1 }, Span { offset: i32::MAX, length: 1 }];
    let wide = Histogram { positive_spans: gap, positive_deltas: vec![1, 1], ..Histogram::default() };
    let lowest = vec![Span { offset: i32::MIN, length: 1 }];
    let lowest = Histogram { positive_spans: lowest, positive_deltas: vec![1], ..Histogram::default() };
    let unknown = Histogram { schema: 9, ..Histogram::default() };
    for histogram in [fraction, below_zero, too_few, too_many, wide, lowest, unknown] {
        let series = Series1 { histograms: vec![histogram.clone()], ..named("wait") };
        let bytes = Request1 { timeseries: vec![series] }.encode_to_vec();
        let batch = read(&bytes, Format::RemoteWrite1).expect("decodes");
        let counts: Vec<_> = batch.rejections.iter().collect();
        assert_eq!(counts, [(Signal::Metrics, Outcome::MetricInvalid, 1)], "{histogram:?}");
    }
}

#[test]
fn exemplars_find_their_series_though_they_come_apart_and_are_counted_when_they_cannot() {
    let exemplar = |value| Exemplar1 { labels: labels(&[("trace_id", TRACE), ("page", "1")]), value, timestamp: 6 };
    let sampled = Series1 { samples: vec![Sample { value: 1.0, timestamp: 7 }], ..named("requests_total") };
    let alone = Series1 { exemplars: vec![exemplar(0.5)], ..named("requests_total") };
    let lost = Series1 { exemplars: vec![exemplar(1.5), exemplar(2.5)], ..named("other_total") };
    let request = Request1 { timeseries: vec![alone, sampled, lost] };
    let (one, two) = (request.encode_to_vec(), second(&request).encode_to_vec());
    let batch = read(&one, Format::RemoteWrite1).expect("decodes");
    assert_eq!(batch, read(&two, Format::RemoteWrite2).expect("decodes"));
    let MetricData::Sum { points, .. } = &batch.metrics[0].records[0].data else { panic!("a sum") };
    let [found] = &points[0].base.exemplars[..] else { panic!("one exemplar") };
    assert_eq!((found.value, found.time_unix_nano), (Number::Double(0.5), 6_000_000));
    assert_eq!(found.trace_id.map(|id| id.to_string()).as_deref(), Some(TRACE));
    assert_eq!(found.attributes.text("page"), Some("1"));
    let counts: Vec<_> = batch.rejections.iter().collect();
    assert_eq!(counts, [(Signal::Metrics, Outcome::ExemplarAlone, 2)]);
}

#[test]
fn a_series_without_a_name_or_with_too_many_labels_is_dropped_and_counted() {
    let samples = vec![Sample { value: 1.0, timestamp: 7 }; 2];
    let nameless = Series1 { samples: samples.clone(), labels: labels(&[("job", "a")]), ..Series1::default() };
    let mut wide = Series1 { samples, ..named("up") };
    wide.labels.extend((0..200).map(|n| Label { name: format!("l{n}"), value: "x".to_owned() }));
    let request = Request1 { timeseries: vec![nameless, wide] };
    for (bytes, format) in
        [(request.encode_to_vec(), Format::RemoteWrite1), (second(&request).encode_to_vec(), Format::RemoteWrite2)]
    {
        let batch = read(&bytes, format).expect("decodes");
        assert!(batch.metrics.is_empty());
        assert_eq!(batch.rejections.count(Signal::Metrics), 4, "{format:?}");
    }
}

#[test]
fn references_past_the_symbols_and_half_pairs_are_errors() {
    for labels_refs in [vec![0, 9], vec![0]] {
        let series = Series2 { labels_refs, ..Series2::default() };
        let bytes = Request2 { symbols: vec![String::new()], timeseries: vec![series] }.encode_to_vec();
        assert_eq!(read(&bytes, Format::RemoteWrite2).expect_err("refused").outcome(), Outcome::ProtobufBroken);
    }
    let symbols = vec![String::new(); Limits::BROWSER.symbols_max + 1];
    let bytes = Request2 { symbols, timeseries: Vec::new() }.encode_to_vec();
    assert!(read(&bytes, Format::RemoteWrite2).expect_err("refused").to_string().contains("smaller"));
}

fn series() -> impl Strategy<Value = Series1> {
    let label = ("[a-z_]{0,8}", "\\PC{0,6}").prop_map(|(name, value)| Label { name, value });
    let name = prop_oneof![Just("up"), Just("requests_total"), Just("")];
    let all_labels =
        (name, vec(label, 0..5)).prop_map(|(name, others)| [labels(&[("__name__", name)]), others].concat());
    let number = any::<i32>().prop_map(f64::from);
    let sample = (number.clone(), any::<i64>()).prop_map(|(value, timestamp)| Sample { value, timestamp });
    let spans = || vec((-3..6_i32, 0..4_u32).prop_map(|(offset, length)| Span { offset, length }), 0..3);
    let schema = prop_oneof![-6..10_i32, Just(-53)];
    let lists = (spans(), vec(-3..6_i64, 0..6), spans(), vec(-3..6_i64, 0..6), vec(number, 0..4));
    let histogram =
        (any::<u64>(), schema, any::<i64>(), lists).prop_map(|(count_int, schema, timestamp, lists)| Histogram {
            count_int,
            schema,
            timestamp,
            negative_spans: lists.0,
            negative_deltas: lists.1,
            positive_spans: lists.2,
            positive_deltas: lists.3,
            custom_values: lists.4,
            ..Histogram::default()
        });
    let exemplar =
        any::<i64>().prop_map(|timestamp| Exemplar1 { labels: labels(&[("trace_id", TRACE)]), value: 1.0, timestamp });
    (all_labels, vec(sample, 0..3), vec(histogram, 0..3), vec(exemplar, 0..3))
        .prop_map(|(labels, samples, histograms, exemplars)| Series1 { labels, samples, exemplars, histograms })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_versions_are_the_same_batch_and_nothing_is_lost_uncounted(timeseries in vec(series(), 0..5)) {
        let request = Request1 { timeseries };
        let (one, two) = (request.encode_to_vec(), second(&request).encode_to_vec());
        let one = read(&one, Format::RemoteWrite1).expect("decodes");
        prop_assert_eq!(&one, &read(&two, Format::RemoteWrite2).expect("decodes"));
        let kept = one.metrics.iter().flat_map(|group| &group.records).map(|metric| match &metric.data {
            MetricData::Gauge(points) | MetricData::Sum { points, .. } => points.len(),
            MetricData::Histogram { points, .. } => points.len(),
            MetricData::ExponentialHistogram { points, .. } => points.len(),
            MetricData::Summary(points) => points.len(),
        });
        let kept = kept.sum::<usize>() as u64;
        let alone = one.rejections.iter().filter(|(_, outcome, _)| *outcome == Outcome::ExemplarAlone);
        let dropped = one.rejections.count(Signal::Metrics) - alone.map(|(_, _, count)| count).sum::<u64>();
        let sent: usize =
            request.timeseries.iter().map(|series| series.samples.len() + series.histograms.len()).sum();
        prop_assert_eq!(kept + dropped, sent as u64);
    }

    #[test]
    fn damaged_requests_do_no_harm(
        timeseries in vec(series(), 0..4),
        flips in vec(any::<(usize, u8)>(), 0..6),
        keep in any::<usize>(),
    ) {
        let request = Request1 { timeseries };
        for mut bytes in [request.encode_to_vec(), second(&request).encode_to_vec()] {
            bytes.truncate(keep % (bytes.len() + 1));
            let length = bytes.len().max(1);
            for (at, bit) in &flips {
                if let Some(byte) = bytes.get_mut(at % length) {
                    *byte ^= 1 << (bit % 8);
                }
            }
            for format in [Format::RemoteWrite1, Format::RemoteWrite2] {
                if let Ok(batch) = read(&bytes, format) {
                    prop_assert!(batch.metrics.len() <= Limits::BROWSER.groups_max);
                }
            }
        }
    }
}
