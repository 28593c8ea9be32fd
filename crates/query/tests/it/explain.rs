//! Explanations of stored views: the misrouted region is found with its owner, and a quiet day has none.

use limen_model::enriched::{Dimensions, EnrichedBatch, SpanRow, View};
use limen_model::{Attributes, Value};
use limen_query::{Dimension, ExplainAnswer, ExplainedMetric, OwnerKind, explain, markdown};

use crate::engine_process::EngineProcess;
use crate::rows::{MINUTE, batch, scope, span, view};

const DAY: i64 = 24 * 60 * MINUTE;

/// Up to a second, by chance but always the same: SplitMix64 (Steele, Lea and Flood, 2014).
fn spread(number: u64) -> f64 {
    let mut mixed = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ (mixed >> 31)) % 1000) as f64
}

/// Forty views a minute in the hour of today and of the seven days before; in Singapore the checkout waits for its answer longer
/// from minute 24 of today on.
fn days(slow_in: &[&str]) -> EnrichedBatch<'static> {
    let mut views = Vec::new();
    for day in 0..8 {
        for number in 0..2400_i64 {
            let id = format!("{day}-{number}");
            let country = ["SG", "DE", "US", "MY"][(number % 4) as usize];
            let route = ["/checkout", "/", "/product/:id", "/cart"][(number / 4 % 4) as usize];
            let slow = slow_in.contains(&country) && day == 0 && number >= 960 && route == "/checkout";
            let spread = spread((day * 2400 + number) as u64);
            let request = 200.0 + if slow { 1500.0 } else { 0.0 };
            let ttfb = 100.0 + request;
            views.push(View {
                route: route.into(),
                dimensions: Dimensions { country: country.into(), browser: "Chrome".into(), ..Default::default() },
                ttfb: Some(ttfb),
                redirect: Some(0.0),
                dns: Some(40.0),
                tcp: Some(60.0),
                request: Some(request),
                lcp: Some(ttfb + 500.0 + spread),
                // Shown to some of the visitors, and to more of them since the change.
                attributes: flag(if number % 10 < if day == 0 && number >= 960 { 5 } else { 1 } {
                    "on"
                } else {
                    "off"
                }),
                ..view(&id, &id, number * MINUTE / 40 - day * DAY)
            });
        }
    }
    // A service that had a release for days gets another one a few minutes before.
    let cart = |id: u8, release: &'static str, minutes: i64| SpanRow {
        release: release.into(),
        ..span(id, 0, "cart", "work", minutes * 60_000, 5)
    };
    EnrichedBatch { views, spans: vec![cart(1, "7", -3 * 24 * 60), cart(2, "7", 5), cart(3, "8", 20)], ..batch() }
}

fn flag(variant: &str) -> Attributes<'static> {
    let held = Value::Array(vec![Value::Text(format!("quick-pay={variant}").into())]);
    Attributes(vec![("limen.view.feature_flags".into(), held)])
}

async fn asked(slow_in: &[&str]) -> ExplainAnswer {
    let engine = EngineProcess::with(&[days(slow_in)]).await;
    explain(&engine.store, &scope(&[]), ExplainedMetric::Lcp).await.expect("an answer")
}

#[tokio::test]
async fn the_cohort_its_owner_and_its_beginning_are_named() {
    let answer = asked(&["SG"]).await;
    let [found] = answer.cohorts.as_slice() else { panic!("one cohort: {:?}", answer.cohorts) };
    let values: Vec<(Dimension, &str)> =
        found.values.iter().map(|value| (value.dimension, value.value.as_str())).collect();
    assert_eq!(values, [(Dimension::Route, "/checkout"), (Dimension::Country, "SG")]);
    assert_eq!((found.views, found.sessions), (150.0, 150.0));
    assert!(found.p75 > found.p75_before.map(|before| before + 1000.0), "{found:?}");
    // Without spans nobody can say who kept the answer back: the time before the first byte is nobody's, and grew.
    let owner = &found.owners[0];
    assert!(owner.owner.kind == OwnerKind::Unknown && owner.change_low > 1000.0, "{:?}", found.owners);
    let minutes = found.onset.expect("a beginning").0 - answer.range.from.0;
    assert!((22 * MINUTE..=26 * MINUTE).contains(&minutes), "{minutes}");
    let releases: Vec<(&str, &str)> =
        found.releases.iter().map(|seen| (seen.service.as_str(), seen.release.as_str())).collect();
    assert_eq!(releases, [("cart", "8")]);
    let flags: Vec<(&str, &str)> = found.flags.iter().map(|flag| (flag.key.as_str(), flag.variant.as_str())).collect();
    assert_eq!(flags, [("quick-pay", "on")], "{:?}", found.flags);
    // Visitors from Singapore have even numbers: one of five of their last digits was shown it, then three.
    assert_eq!((found.flags[0].share, found.flags[0].share_before), (0.6, Some(0.2)), "{:?}", found.flags);
    assert_eq!(found.flags[0].first_seen, None);
    assert_eq!(found.representatives.len(), 3);
    let unchanged = |value: &str| answer.unchanged.iter().any(|each| each.value == value);
    assert!(unchanged("DE") && unchanged("/cart") && unchanged("SG"), "{:?}", answer.unchanged);
    assert!(markdown(&answer).contains("route /checkout, country SG"));
}

#[tokio::test]
async fn the_countries_of_a_region_are_one_cohort() {
    let answer = asked(&["SG", "MY"]).await;
    let [found] = answer.cohorts.as_slice() else { panic!("one cohort: {:?}", answer.cohorts) };
    let mut values: Vec<&str> = found.values.iter().map(|value| value.value.as_str()).collect();
    values.sort_unstable();
    assert_eq!(values, ["/checkout", "MY", "SG"]);
    // Both countries' views are counted, and both sides of the comparison.
    assert_eq!(found.views, 300.0);
    assert!(found.p75 > found.p75_before.map(|before| before + 1000.0), "{found:?}");
    let text = markdown(&answer);
    assert!(text.contains("country SG or MY") || text.contains("country MY or SG"), "{text}");
}

#[tokio::test]
async fn changes_of_route_are_explained_too() {
    let mut views = Vec::new();
    for day in 0..8 {
        for number in 0..800_i64 {
            let id = format!("{day}-{number}");
            let country = ["SG", "DE"][(number % 2) as usize];
            let slow = if country == "SG" && day == 0 { 900.0 } else { 0.0 };
            views.push(View {
                kind: "route".into(),
                dimensions: Dimensions { country: country.into(), ..Default::default() },
                transition_time: Some(300.0 + slow + spread((day * 800 + number) as u64)),
                ..view(&id, &id, number * MINUTE / 40 - day * DAY)
            });
        }
    }
    let engine = EngineProcess::with(&[EnrichedBatch { views, ..batch() }]).await;
    let answer = explain(&engine.store, &scope(&[]), ExplainedMetric::Transition).await.expect("an answer");
    let values: Vec<&str> =
        answer.cohorts.iter().flat_map(|found| &found.values).map(|each| each.value.as_str()).collect();
    assert_eq!(values, ["SG"], "{}", answer.verdict);
    assert!(
        answer.verdict.starts_with("Route transition became slower for country SG: p75 from"),
        "{}",
        answer.verdict
    );
    assert!(!answer.cohorts[0].owners.is_empty(), "{:?}", answer.cohorts);
    // None of these views has a paint.
    let none = explain(&engine.store, &scope(&[]), ExplainedMetric::Lcp).await.expect("an answer");
    assert!(none.verdict.starts_with("There is nothing to compare LCP with"), "{}", none.verdict);
}

#[tokio::test]
async fn a_quiet_day_is_explained_by_no_cohort() {
    let answer = asked(&[]).await;
    assert!(answer.cohorts.is_empty(), "{:?}", answer.cohorts);
    assert!(answer.verdict.starts_with("No cohort explains"), "{}", answer.verdict);
}

#[tokio::test]
async fn without_earlier_days_it_says_that_there_is_nothing_to_compare_with() {
    let views = vec![View { lcp: Some(9000.0), ..view("s", "v", 0) }];
    let engine = EngineProcess::with(&[EnrichedBatch { views, ..batch() }]).await;
    let answer = explain(&engine.store, &scope(&[]), ExplainedMetric::Lcp).await.expect("an answer");
    assert!(answer.verdict.starts_with("There is nothing to compare"), "{}", answer.verdict);
}
