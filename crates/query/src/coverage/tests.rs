//! Losses by cause, from rows as the engine adds them up.

use proptest::prelude::*;

use super::groups::Seen;
use super::*;
use crate::Time;

const RANGE: Range = Range { from: Time(0), to: Time(1) };

fn seen(browser: &'static str, route: &str, n: u64, joined: u64, weight: f64) -> Seen {
    let row = ServedRow {
        route: route.to_owned(),
        n,
        served: n as f64,
        joined_n: joined,
        joined_served: joined as f64,
        would: joined as f64 * weight,
        variance: joined as f64 * weight * (weight - 1.0),
        ..ServedRow::default()
    };
    Seen { visitor: CoverageVisitor { browser, ..CoverageVisitor::default() }, row }
}

fn loss(answer: &CoverageAnswer, cause: LossCause) -> [f64; 3] {
    let found = answer.losses.iter().find(|loss| loss.cause == cause);
    found.map_or([0.0; 3], |loss| [loss.low, loss.documents, loss.high])
}

#[test]
fn without_sampling_every_missing_document_is_counted_and_not_estimated() {
    let people =
        [seen("Chrome", "/", 900, 855, 1.0), seen("Firefox", "/", 100, 60, 1.0), seen("Chrome", "/old", 50, 0, 1.0)];
    let answer = answer(RANGE, &people, 7.0, Vec::new(), false);
    assert_eq!((answer.served, answer.reported, answer.robots), (1050.0, 915.0, 7.0));
    assert_eq!(loss(&answer, LossCause::NotInstrumented), [50.0; 3]);
    assert_eq!(loss(&answer, LossCause::Unseen), [85.0; 3]);
    assert_eq!(loss(&answer, LossCause::Sampled), [0.0; 3]);
    let browsers: Vec<(&str, f64)> =
        answer.by[0].rows.iter().map(|row| (row.value.as_str(), (row.share * 1000.0).round())).collect();
    assert_eq!(browsers, [("Chrome", 900.0), ("Firefox", 600.0)]);
    assert!(answer.share_low < answer.share && answer.share < answer.share_high);
    assert!(answer.says.starts_with("87.1\u{a0}% of the documents"), "{}", answer.says);
}

#[test]
fn what_sampling_left_out_is_estimated_with_an_interval_and_not_called_blocked() {
    // A tenth of the sessions is kept: 90 of 1000 documents report, so 900 would.
    let answer = answer(RANGE, &[seen("Chrome", "/", 1000, 90, 10.0)], 0.0, Vec::new(), false);
    let [low, sampled, high] = loss(&answer, LossCause::Sampled);
    assert_eq!(sampled, 810.0);
    assert!(low < 750.0 && high == 910.0, "{low} {high}");
    let [low, unseen, high] = loss(&answer, LossCause::Unseen);
    assert!(low == 0.0 && unseen == 100.0 && high > 150.0, "{low} {high}");
}

#[test]
fn without_documents_it_says_what_to_send() {
    let answer = answer(RANGE, &[], 0.0, Vec::new(), false);
    assert_eq!((answer.share, answer.losses.len()), (None, 0));
    assert!(answer.says.contains("Server-Timing"), "{}", answer.says);
}

proptest! {
    #[test]
    fn what_is_lost_and_what_is_seen_is_what_was_served(rows in prop::collection::vec((1_u64..500, prop_oneof![Just(0.0), 0.0..1.0_f64], 1.0..20.0_f64, 0..3_usize), 1..12)) {
        let people: Vec<Seen> = rows.iter().map(|(n, share, weight, route)| {
            seen("Chrome", ["/", "/a", "/b"][*route], *n, (*n as f64 * share / weight) as u64, *weight)
        }).collect();
        let answer = answer(RANGE, &people, 0.0, Vec::new(), false);
        let lost: f64 = answer.losses.iter().map(|loss| loss.documents).sum();
        prop_assert!((lost + answer.reported - answer.served).abs() < 1e-6 * answer.served, "{answer:?}");
        for loss in &answer.losses {
            prop_assert!(loss.low <= loss.documents && loss.documents <= loss.high, "{loss:?}");
        }
    }
}
