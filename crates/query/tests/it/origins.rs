//! What pages load, by host, and the resources of one host; what is hidden is not zero.

use limen_model::enriched::{EnrichedBatch, Event};
use limen_model::{Attributes, Value};
use limen_query::{QueryError, origins, resources};

use crate::engine_process::EngineProcess;
use crate::rows::{MINUTE, at, batch, scope};

fn event(name: &'static str, number: u64, attributes: &[(&'static str, &str)]) -> Event<'static> {
    let pair = |(key, value): &(&'static str, &str)| ((*key).into(), Value::Text((*value).to_owned().into()));
    Event {
        session_id: "s1".into(),
        view_id: if number.is_multiple_of(2) { "v1" } else { "v2" }.into(),
        event_id: number,
        time_unix_nano: at(MINUTE + number as i64),
        name: name.into(),
        weight: 1.0,
        attributes: Attributes(attributes.iter().map(pair).collect()),
        ..Event::default()
    }
}

fn resource(number: u64, url: &str, more: &[(&'static str, &str)]) -> Event<'static> {
    let mut attributes = vec![("url.full", url), ("browser.resource_timing.initiator_type", "script")];
    attributes.extend_from_slice(more);
    event("browser.resource_timing", number, &attributes)
}

const TOLD: &[(&str, &str)] = &[
    ("browser.resource_timing.duration", "100"),
    ("browser.resource_timing.transfer_size", "5000"),
    ("browser.resource_timing.decoded_body_size", "9000"),
    ("browser.resource_timing.render_blocking_status", "blocking"),
    ("browser.resource_timing.response_status", "200"),
];
const CACHED: &[(&str, &str)] = &[
    ("browser.resource_timing.duration", "4"),
    ("browser.resource_timing.transfer_size", "0"),
    ("browser.resource_timing.decoded_body_size", "9000"),
    ("browser.resource_timing.response_status", "200"),
];
const HIDDEN: &[(&str, &str)] = &[("browser.resource_timing.duration", "300"), ("limen.third_party", "true")];

async fn engine() -> EngineProcess {
    let frames = r#"[{"source_url":"https://tags.example/t.js","duration":80},{"source_url":"https://shop.example/app.js","duration":20.5},{"source_url":"","duration":9}]"#;
    let inp = |number, millis, script: &str| Event {
        label: "inp".into(),
        value: Some(millis),
        ..event("browser.web_vital", number, &[("limen.web_vital.inp.script_url", script)])
    };
    let events = vec![
        resource(1, "https://shop.example/app.js", TOLD),
        resource(2, "https://shop.example/app.js", CACHED),
        resource(3, "https://tags.example/t.js", HIDDEN),
        resource(4, "https://shop.example/gone.png", &[("browser.resource_timing.response_status", "404")]),
        event("browser.long_animation_frame", 5, &[("browser.long_animation_frame.scripts", frames)]),
        inp(6, 600.0, "https://shop.example/app.js"),
        // A later value of the same view takes its place.
        inp(8, 700.0, "https://tags.example/t.js"),
        inp(7, 90.0, "https://tags.example/t.js"),
    ];
    EngineProcess::with(&[EnrichedBatch { events, ..batch() }]).await
}

#[tokio::test]
async fn hosts_are_told_by_what_they_cost() {
    let engine = engine().await;
    let answer = origins(&engine.store, &scope(&[])).await.expect("an answer");
    let [own, tags] = &answer.origins[..] else { panic!("{answer:?}") };
    assert_eq!((own.host.as_str(), own.third_party, own.views, own.loads.n), ("shop.example", false, 2, 3));
    assert_eq!(own.loads.bytes, 5000.0);
    let third = 1.0 / 3.0;
    assert_eq!(
        [own.loads.blocking, own.loads.failed, own.loads.cached, own.loads.hidden],
        [third, third, third, third]
    );
    assert_eq!((own.script_time, own.slow_interactions), (20.5, 0.0));
    assert_eq!((tags.third_party, tags.loads.p75, tags.loads.hidden), (true, Some(300.0), 1.0));
    assert_eq!((tags.script_time, tags.slow_interactions), (80.0, 1.0));
    assert_eq!(tags.kinds, ["script"]);
}

#[tokio::test]
async fn the_resources_of_a_host_stand_each_for_itself() {
    let engine = engine().await;
    let answer = resources(&engine.store, &scope(&[]), "shop.example").await.expect("an answer");
    let told: Vec<_> = answer.resources.iter().map(|one| (one.url.as_str(), one.loads.n, one.loads.p50)).collect();
    assert_eq!(told, [("https://shop.example/app.js", 2, Some(4.0)), ("https://shop.example/gone.png", 1, None)]);
    let none = resources(&engine.store, &scope(&[]), "' OR 1=1 --").await.expect("an answer");
    assert!(none.resources.is_empty());
    assert!(matches!(resources(&engine.store, &scope(&[]), "").await, Err(QueryError::Scope(_))));
}

#[tokio::test]
async fn hosts_without_a_dot_with_a_port_or_as_numbers_are_hosts_too() {
    let addresses = [
        ("http://localhost:8080/tag.js", "localhost"),
        ("https://intranet/app.js?next=https://other.example/", "intranet"),
        ("http://[2001:db8::1]:81/a.js", "[2001:db8::1]"),
        ("https://user:word@cdn.example?x", "cdn.example"),
        ("https://shop.example#a@b", "shop.example"),
    ];
    let event = |(number, (address, _)): (usize, &(&str, &str))| resource(number as u64, address, TOLD);
    let events = addresses.iter().enumerate().map(event).collect();
    let engine = EngineProcess::with(&[EnrichedBatch { events, ..batch() }]).await;
    let answer = origins(&engine.store, &scope(&[])).await.expect("an answer");
    let mut found: Vec<&str> = answer.origins.iter().map(|origin| origin.host.as_str()).collect();
    found.sort_unstable();
    let mut expected = addresses.map(|(_, host)| host);
    expected.sort_unstable();
    assert_eq!(found, expected);
    assert_eq!(resources(&engine.store, &scope(&[]), "localhost").await.expect("an answer").resources.len(), 1);
}
