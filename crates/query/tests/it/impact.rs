//! What goes along with speed, of stored sessions: phones are slower and buy less, and slow pages cost some buyers besides.

use limen_model::enriched::{Dimensions, EnrichedBatch, View};
use limen_query::{ImpactAnswer, Journey, Metric, impact};

use crate::engine_process::EngineProcess;
use crate::rows::{MINUTE, batch, scope, view};

fn journey() -> Journey {
    let steps = ["route:/product/:id".to_owned(), "route:/thanks".to_owned()];
    Journey::parse(&steps, None).expect("a journey")
}

/// 400 desktops with an LCP from 1000 to 1995 ms and 400 phones from 3000 to 3995 ms. Of ten neighbours in speed so many buy:
/// of desktops 6, of phones 2; one less where `costs` and the page is in the slower half of its device.
fn sessions(costs: bool) -> EnrichedBatch<'static> {
    let mut views = Vec::new();
    for number in 0..800_u32 {
        let (device, base, buyers) = if number < 400 { ("desktop", 1000.0, 6) } else { ("mobile", 3000.0, 2) };
        let place = number % 400;
        let lcp = base + 2.5 * f64::from(place);
        let buyers = buyers - u32::from(costs && place >= 200);
        let session = format!("s{number}");
        let page = |id: &str, route: &'static str, minute: i64| View {
            route: route.into(),
            dimensions: Dimensions { device: device.into(), country: "DE".into(), ..Default::default() },
            ..view(&session, &format!("{session}-{id}"), minute * MINUTE)
        };
        // Another page before it, slower than any: it is not the one that the journey begins with.
        views.push(View { lcp: Some(9000.0), ..page("home", "/", 0) });
        views.push(View { lcp: Some(lcp), ..page("product", "/product/:id", 1) });
        if (number * 7) % 10 < buyers {
            views.push(page("thanks", "/thanks", 2));
        }
    }
    EnrichedBatch { views, ..batch() }
}

async fn asked(costs: bool, filters: &[&str], metric: Metric) -> ImpactAnswer {
    let engine = EngineProcess::with(&[sessions(costs), sessions(costs)]).await;
    impact(&engine.store, &scope(filters), &journey(), metric).await.expect("an answer")
}

#[tokio::test]
async fn buckets_have_the_share_that_gets_there_and_phones_are_not_taken_for_speed() {
    let answer = asked(false, &[], Metric::Lcp).await;
    assert_eq!((answer.n, answer.kinds, answer.buckets.len()), (800, 2, 8));
    let shares: Vec<f64> = answer.buckets.iter().map(|bucket| (bucket.share * 10.0).round()).collect();
    assert_eq!(shares, [6.0, 6.0, 6.0, 6.0, 2.0, 2.0, 2.0, 2.0]);
    assert!(
        answer
            .buckets
            .iter()
            .all(|bucket| bucket.share_low < Some(bucket.share) && bucket.share_high > Some(bucket.share))
    );
    assert_eq!((answer.buckets[0].from, answer.buckets[7].to), (0.0, None));
    assert!(answer.buckets.iter().all(|bucket| (99..=101).contains(&bucket.n)), "{:?}", answer.buckets);
    // All together, those with slow pages buy less; of the same device they do not.
    assert!(answer.slope.expect("a slope").high < 0.0);
    let within = answer.within.expect("a slope");
    assert!(within.low < 0.0 && within.high > 0.0 && within.change.abs() < 0.002, "{within:?}");
    assert!(answer.says.contains("no difference is seen"), "{}", answer.says);
}

#[tokio::test]
async fn what_slow_pages_cost_is_told_without_claiming_that_they_are_the_cause() {
    let answer = asked(true, &[], Metric::Lcp).await;
    let within = answer.within.expect("a slope");
    // A tenth less over half a second: by the line through them -0.015 for each 100 ms.
    assert!(within.high < 0.0 && (-0.018..-0.012).contains(&within.change), "{within:?}");
    assert!(answer.says.contains("less often") && answer.says.contains("need not be caused"), "{}", answer.says);
}

#[tokio::test]
async fn too_few_sessions_or_none_with_the_vital_are_said_to_be_so() {
    let answer = asked(true, &["device:tablet"], Metric::Lcp).await;
    assert_eq!((answer.n, answer.buckets.len(), answer.within), (0, 0, None));
    assert!(answer.says.starts_with("0 sessions did the first step with a known LCP"), "{}", answer.says);
    let answer = asked(true, &[], Metric::Inp).await;
    assert_eq!((answer.n, answer.slope), (0, None));
}
