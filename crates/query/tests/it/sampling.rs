//! Figures of drawn sessions are right on average, and their intervals hold what they promise: 1,000 worlds whose truth is
//! known, sampled by load, by value, by route and by errors, written to a real engine and asked like any other.

use limen_model::enriched::EnrichedBatch;
use limen_query::{Interval, Scope, ScopeRequest, apdex, traffic, vitals};
use time::Duration;

use crate::engine_process::EngineProcess;
use crate::rows::{FROM, app, batch};
use crate::worlds::{APART, TARGET_MS, Truth, world};

const WORLDS: u64 = 1000;
const WORLDS_IN_A_BATCH: usize = 25;

/// An estimate beside the truth, over all worlds.
#[derive(Debug, Default)]
struct Figure {
    name: &'static str,
    /// Relative to the truth.
    errors: Vec<f64>,
    covered: u32,
    asked: u32,
}

impl Figure {
    fn note(&mut self, truth: f64, estimate: Option<f64>, interval: Option<Interval>) {
        if let (Some(estimate), Some(Interval { low, high })) = (estimate, interval) {
            self.errors.push(estimate / truth - 1.0);
            self.asked += 1;
            self.covered += u32::from(low <= truth && truth <= high);
        }
    }

    /// The mean error in its own standard errors, and the share of intervals that held the truth.
    fn verdict(&self) -> (f64, f64, f64) {
        let n = self.errors.len() as f64;
        let mean = self.errors.iter().sum::<f64>() / n;
        let variance = self.errors.iter().map(|error| (error - mean).powi(2)).sum::<f64>() / (n - 1.0);
        (mean, mean / (variance / n).sqrt(), f64::from(self.covered) / f64::from(self.asked))
    }
}

fn scope_of(number: u64) -> Scope {
    let from = FROM + Duration::minutes(number as i64 * APART);
    let text =
        |time: time::OffsetDateTime| time.format(&time::format_description::well_known::Rfc3339).expect("a time");
    let (from, to) = (text(from), text(from + Duration::minutes(APART)));
    let request = ScopeRequest { from: Some(&from), to: Some(&to), filters: &[], source: None, visitors: None };
    Scope::parse(app(), request, FROM + Duration::days(365)).expect("a valid scope")
}

#[tokio::test]
async fn figures_of_samples_are_unbiased_and_their_intervals_cover_the_truth() {
    let (mut truths, mut batches, mut views) = (Vec::<Truth>::new(), Vec::new(), Vec::new());
    for number in 0..WORLDS {
        let world = world(number);
        truths.push(world.truth);
        views.extend(world.views);
        if truths.len().is_multiple_of(WORLDS_IN_A_BATCH) {
            batches.push(EnrichedBatch { views: std::mem::take(&mut views), ..batch() });
        }
    }
    let engine = EngineProcess::with(&batches).await;
    let names = ["p75", "good", "poor", "error_rate", "apdex", "sessions", "views", "requests"];
    let mut figures = names.map(|name| Figure { name, ..Figure::default() });
    for (number, truth) in (0..).zip(&truths) {
        let scope = scope_of(number);
        let store = &engine.store;
        let (vitals, traffic, score) =
            tokio::join!(vitals(store, &scope), traffic(store, &scope), apdex(store, &scope, TARGET_MS));
        let lcp = vitals.expect("an answer").vitals.swap_remove(0);
        let (traffic, score) = (traffic.expect("an answer"), score.expect("an answer"));
        let p75 = lcp.p75_low.zip(lcp.p75_high).map(|(low, high)| Interval { low, high });
        let counts = traffic.intervals;
        let [f_p75, f_good, f_poor, f_rate, f_apdex, f_sessions, f_views, f_requests] = &mut figures;
        f_p75.note(truth.p75, lcp.p75, p75);
        f_good.note(truth.good, lcp.good, lcp.good_interval);
        f_poor.note(truth.poor, lcp.poor, lcp.poor_interval);
        f_rate.note(truth.error_rate, traffic.error_rate, counts.error_rate);
        f_apdex.note(truth.apdex, score.score, score.interval);
        f_sessions.note(truth.sessions, Some(traffic.sessions), Some(counts.sessions));
        f_views.note(truth.views, Some(traffic.views), Some(counts.views));
        f_requests.note(truth.requests, Some(traffic.requests), Some(counts.requests));
    }
    for figure in &figures {
        let (mean, sigmas, covered) = figure.verdict();
        println!(
            "{}: {} worlds, mean error {:+.3} % ({sigmas:+.1} standard errors), covered {:.1} %",
            figure.name,
            figure.asked,
            mean * 100.0,
            covered * 100.0
        );
    }
    for figure in &figures {
        let (_, sigmas, covered) = figure.verdict();
        assert!(figure.asked as u64 >= WORLDS * 95 / 100, "{}: {} intervals", figure.name, figure.asked);
        assert!(sigmas.abs() < 3.3, "{} is biased: {sigmas} standard errors", figure.name);
        assert!((0.93..=0.97).contains(&covered), "{}: {covered} of the intervals hold the truth", figure.name);
    }
}
