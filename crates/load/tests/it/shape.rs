//! The same seed gives the same bytes, both forms say the same, and the counts are true.

use limen_ingest::{Format, Limits, decode};
use limen_load::{Counts, Json, Protobuf, Session, Wire, World};
use limen_model::Signal;

const START: u64 = 1_767_225_600_000_000_000;

fn bodies<W: Wire + Default>(seed: u64, number: u64) -> [Vec<u8>; 2] {
    let world = World::new(seed, 50, 0.5);
    let session = Session::draw(&world, number);
    let mut wire = W::default();
    let views = session.flushes();
    session.write_logs(&world, 0..views, START, &mut wire);
    let logs = wire.finish().to_vec();
    session.write_spans(&world, START, &mut wire);
    [logs, wire.finish().to_vec()]
}

fn format_of<W: Wire>() -> Format {
    if W::CONTENT_TYPE == "application/json" { Format::Json } else { Format::Protobuf }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    assert_eq!(bodies::<Json>(1, 5), bodies::<Json>(1, 5));
    assert_eq!(bodies::<Protobuf>(1, 5), bodies::<Protobuf>(1, 5));
    assert_ne!(bodies::<Json>(1, 5), bodies::<Json>(2, 5));
    assert_ne!(bodies::<Json>(1, 5), bodies::<Json>(1, 6));
}

#[test]
fn both_forms_say_the_same() {
    for number in 0..40 {
        let signals = [Signal::Logs, Signal::Traces];
        for ((json, protobuf), signal) in
            bodies::<Json>(3, number).iter().zip(&bodies::<Protobuf>(3, number)).zip(signals)
        {
            let json = decode(json, Format::Json, signal, &Limits::BACKEND).expect("valid JSON");
            let protobuf = decode(protobuf, Format::Protobuf, signal, &Limits::BACKEND).expect("valid protobuf");
            assert!(json.rejections.is_empty(), "{:?}", json.rejections);
            assert_eq!(json, protobuf);
        }
    }
}

fn check_counts<W: Wire + Default>() {
    let world = World::new(4, 50, 0.5);
    for number in 0..60 {
        let counts = Session::draw(&world, number).counts();
        let [logs, spans] = bodies::<W>(4, number);
        let logs = decode(&logs, format_of::<W>(), Signal::Logs, &Limits::BACKEND).expect("valid");
        let spans = decode(&spans, format_of::<W>(), Signal::Traces, &Limits::BACKEND).expect("valid");
        let records = || logs.logs.iter().flat_map(|group| &group.records);
        let named = |name: &str| records().filter(|record| record.event_name == name).count() as u64;
        let found = Counts {
            logs: records().count() as u64,
            spans: spans.spans.iter().map(|group| group.records.len() as u64).sum(),
            views: named("limen.view") / 2,
            exceptions: named("exception"),
            ..counts
        };
        assert_eq!(found, counts);
    }
}

#[test]
fn a_session_holds_what_its_counts_say() {
    check_counts::<Json>();
    check_counts::<Protobuf>();
}

#[test]
fn a_session_is_the_same_in_one_request_as_in_many() {
    let world = World::new(5, 50, 0.0);
    let session = (0..).map(|n| Session::draw(&world, n)).find(|session| session.flushes() > 3).expect("one");
    let views = session.flushes();
    let mut wire = Json::default();
    session.write_logs(&world, 0..views, START, &mut wire);
    let whole = wire.finish().to_vec();
    for view in 0..views {
        session.write_logs(&world, view..view + 1, START, &mut wire);
        let part = wire.finish().to_vec();
        let part = String::from_utf8(part).expect("text");
        let (_, records) = part.split_once("\"logRecords\":[").expect("records");
        let records = records.strip_suffix("]}]}]}").expect("closed");
        assert!(String::from_utf8_lossy(&whole).contains(records), "view {view}");
    }
}

#[test]
fn every_document_request_has_a_server_span_in_its_trace() {
    let [logs, spans] = bodies::<Protobuf>(6, 1);
    let logs = decode(&logs, Format::Protobuf, Signal::Logs, &Limits::BACKEND).expect("valid");
    let spans = decode(&spans, Format::Protobuf, Signal::Traces, &Limits::BACKEND).expect("valid");
    let spans: Vec<_> = spans.spans.iter().flat_map(|group| &group.records).collect();
    let loads = logs.logs[0].records.iter().filter(|record| record.event_name == "browser.navigation_timing");
    let mut seen = 0;
    for load in loads {
        seen += 1;
        assert!(spans.iter().any(|span| Some(span.trace_id) == load.trace_id && Some(span.span_id) == load.span_id));
    }
    assert!(seen > 0, "the first page of a session is loaded");
}
