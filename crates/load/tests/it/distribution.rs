//! What the decoder finds in the bodies is distributed as the formulas say, so that figures of a store filled with it can be
//! judged against them.

use std::collections::BTreeMap;

use limen_ingest::{Format, Limits, decode};
use limen_load::{Protobuf, Session, Wire, World, lcp_median, lcp_sigma};
use limen_model::{Signal, attributes as names};

const START: u64 = 1_767_225_600_000_000_000;
const SESSIONS: u64 = 12_000;

/// LCP and device of every view with one, from a site with a single kind of page.
fn measured() -> BTreeMap<(String, String, String), Vec<f64>> {
    let world = World::new(11, 1, 0.0);
    let slowness = world.routes[0].slowness;
    let mut found: BTreeMap<_, Vec<f64>> = BTreeMap::new();
    let mut wire = Protobuf::default();
    for number in 0..SESSIONS {
        let session = Session::draw(&world, number);
        session.write_logs(&world, 0..1, START, &mut wire);
        let batch = decode(wire.finish(), Format::Protobuf, Signal::Logs, &Limits::BACKEND).expect("valid");
        let group = &batch.logs[0];
        let text = |name| group.resource.text(name).expect("in every resource").to_owned();
        let view = group.records.iter().rfind(|record| record.event_name == "limen.view").expect("a view");
        let lcp = view.attributes.get("limen.view.lcp").and_then(|value| value.as_f64()).expect("the first is loaded");
        let stratum = (text(names::USER_AGENT), text(names::BROWSER_LANGUAGE), text(names::SERVICE_VERSION));
        found.entry(stratum).or_default().push(lcp / slowness);
    }
    found
}

#[test]
fn the_quantiles_of_lcp_are_those_of_its_formula() {
    let found = measured();
    // The commonest of each list: a desktop in the first country with the first release, where nothing is slower.
    let desktop = found.iter().filter(|((agent, language, release), _)| {
        agent.contains("Windows") && language == "en-US" && release == "3.8.0"
    });
    let mut lcp: Vec<f64> = desktop.flat_map(|(_, values)| values.clone()).collect();
    lcp.sort_by(f64::total_cmp);
    assert!(lcp.len() > 500, "{}", lcp.len());
    for (share, z, density) in [(0.5, 0.0, 0.3989), (0.75, 0.6745, 0.3178), (0.9, 1.2816, 0.1755)] {
        let formula = lcp_median(1.0) * f64::exp(lcp_sigma() * z);
        let measured = lcp[(share * lcp.len() as f64) as usize];
        // Four standard errors of a quantile, as a share of it.
        let error = 4.0 * lcp_sigma() * f64::sqrt(share * (1.0 - share) / lcp.len() as f64) / density;
        assert!((measured / formula - 1.0).abs() < error, "p{share}: {measured}, not {formula} ± {error}");
    }
}

#[test]
fn devices_countries_and_releases_differ_as_their_tables_say() {
    let found = measured();
    let median = |agent: &str, language: &str| {
        let mut lcp: Vec<f64> = found
            .iter()
            .filter(|((a, l, release), _)| a.contains(agent) && l.contains(language) && release == "3.8.0")
            .flat_map(|(_, values)| values.clone())
            .collect();
        lcp.sort_by(f64::total_cmp);
        lcp[lcp.len() / 2]
    };
    let device =
        median("Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome", "en-US") / median("Windows", "en-US");
    let country = median("Windows", "hi-IN") / median("Windows", "en-US");
    assert!((device / 1.8 - 1.0).abs() < 0.15, "{device}");
    assert!((country / 1.9 - 1.0).abs() < 0.15, "{country}");
}

#[test]
fn visits_fall_on_routes_by_zipfs_law() {
    let world = World::new(12, 20, 0.0);
    let mut wire = Protobuf::default();
    let (mut first, mut fourth, mut all) = (0.0, 0.0, 0.0);
    for number in 0..4_000 {
        let session = Session::draw(&world, number);
        session.write_logs(&world, 0..1, START, &mut wire);
        let batch = decode(wire.finish(), Format::Protobuf, Signal::Logs, &Limits::BACKEND).expect("valid");
        let url = batch.logs[0].records[0].attributes.text(names::DOCUMENT_URL).expect("a page").to_owned();
        all += 1.0;
        first += f64::from(u8::from(url == "https://shop.example/"));
        fourth += f64::from(u8::from(url.starts_with("https://shop.example/category/")));
    }
    let harmonic: f64 = (1..=20).map(|rank| 1.0 / f64::from(rank)).sum();
    for (count, rank) in [(first, 1.0), (fourth, 4.0)] {
        let expected: f64 = all / rank / harmonic;
        assert!((count - expected).abs() < 4.0 * expected.sqrt(), "rank {rank}: {count}, not {expected}");
    }
}
