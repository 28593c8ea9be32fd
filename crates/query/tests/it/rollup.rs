//! An answer from sums is the answer from the views: counts and shares to the digit, quantiles within what is stated.

use std::collections::HashSet;

use limen_model::enriched::{Dimensions, EnrichedBatch, Event, View};
use limen_query::{
    BreakdownOrder, Dimension, Metric, Scope, ScopeRequest, SourceKind, apdex, breakdown, classes, traffic, vitals,
    vitals_series,
};
use limen_store::Store;
use limen_store::rollup::{Rollups, SKETCH_ERROR};
use time::OffsetDateTime;
use time::macros::datetime;

use crate::engine_process::EngineProcess;
use crate::rows::{app, batch, view};

const HOUR: i64 = 3_600_000_000_000;
const DAY: i64 = 24 * HOUR;
const FROM: OffsetDateTime = datetime!(2026-03-02 00:00 UTC);

fn from() -> i64 {
    FROM.unix_timestamp_nanos() as i64
}

/// A generator that gives the same numbers everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[(self.roll() * self.roll() * list.len() as f64) as usize]
    }
}

/// Some views of a session that began at `start`, within the four hours that a session may last.
fn session(dice: &mut Dice, number: usize, start: i64) -> Vec<View<'static>> {
    let id = format!("s{number}");
    let dimensions = Dimensions {
        country: dice.pick(&["DE", "SG", "US", "BR"]).into(),
        device: dice.pick(&["mobile", "desktop"]).into(),
        release: dice.pick(&["1.0", "1.1", ""]).into(),
        bot: dice.roll() < 0.05,
        ..Default::default()
    };
    let weight = [0.0, 1.0, 1.0, 2.5][(dice.roll() * 4.0) as usize];
    let mut views: Vec<_> = (0..1 + (dice.roll() * 5.0) as usize)
        .map(|index| {
            let at = start + (dice.roll() * 3.9 * HOUR as f64) as i64;
            let is_load = index == 0;
            View {
                start_unix_nano: at,
                route: dice.pick(&["/item", "/", "/cart"]).into(),
                dimensions: dimensions.clone(),
                lcp: is_load.then(|| 300.0 * (1.0 + dice.roll() * 40.0)),
                inp: (dice.roll() < 0.5).then(|| (dice.roll() * 600.0).floor()),
                cls: Some(if dice.roll() < 0.3 { 0.0 } else { dice.roll() * 0.4 }),
                transition_time: (!is_load).then(|| dice.roll() * 2000.0),
                errors: u32::from(dice.roll() < 0.1),
                requests: (dice.roll() * 9.0) as u32,
                failed_requests: u32::from(dice.roll() < 0.2),
                weight,
                ..view(&id, &format!("v{index}"), 0)
            }
        })
        .map(|view| View { session_id: id.clone().into(), ..view })
        .collect();
    // It ends on a route that is always kept.
    if let Some(last) = views.iter_mut().max_by_key(|view| view.start_unix_nano) {
        last.weight = weight.min(1.0);
    }
    views
}

/// Five days with a quiet evening.
fn days(seed: u64) -> EnrichedBatch<'static> {
    let mut dice = Dice(seed);
    let mut all = EnrichedBatch { received_unix_nano: from() + 5 * DAY, ..batch() };
    for number in 0..4000 {
        let start = from() + (dice.roll() * 5.0 * DAY as f64) as i64;
        if (start - from()).rem_euclid(DAY) > 20 * HOUR && start < from() + 2 * DAY {
            continue;
        }
        let views = session(&mut dice, number, start);
        all.events.extend(views.iter().filter(|view| view.errors > 0).map(exception_of));
        all.views.extend(views);
    }
    all
}

fn exception_of(view: &View<'static>) -> Event<'static> {
    Event {
        session_id: view.session_id.clone(),
        view_id: view.view_id.clone(),
        event_id: 1,
        time_unix_nano: view.start_unix_nano + 1,
        name: "exception".into(),
        route: view.route.clone(),
        dimensions: view.dimensions.clone(),
        weight: view.weight,
        ..Default::default()
    }
}

fn scope(from: &str, to: &str, filters: &[&str], source: &str) -> Scope {
    let filters: Vec<String> = filters.iter().map(|&filter| filter.to_owned()).collect();
    let request =
        ScopeRequest { from: Some(from), to: Some(to), filters: &filters, source: Some(source), visitors: None };
    Scope::parse(app(), request, FROM).expect("a valid scope")
}

async fn with_sums(batches: &[EnrichedBatch<'_>]) -> (EngineProcess, Rollups) {
    let engine = EngineProcess::with(batches).await;
    let rollups = Rollups::new(engine.store.clone(), classes());
    rollups.round(from() + 6 * DAY).await.expect("computed");
    (engine, rollups)
}

fn near(one: f64, other: f64, what: &str) {
    assert!((one - other).abs() <= 1e-9 * one.abs().max(1.0), "{what}: {one} from views, {other} from sums");
}

fn near_quantile(one: Option<f64>, other: Option<f64>, what: &str) {
    let (Some(views), Some(sums)) = (one, other) else { return assert_eq!(one, other, "{what}") };
    assert!((views - sums).abs() <= (SKETCH_ERROR + 1e-9) * views, "{what}: {views} from views, {sums} from sums");
}

fn near_option(one: Option<f64>, other: Option<f64>, what: &str) {
    assert_eq!(one.is_some(), other.is_some(), "{what}");
    near(one.unwrap_or(0.0), other.unwrap_or(0.0), what);
}

async fn same_vitals(store: &Store, range: [&str; 2], filters: &[&str]) {
    let ask = async |source| vitals(store, &scope(range[0], range[1], filters, source)).await.expect("an answer");
    let (views, sums) = (ask("views").await, ask("sums").await);
    assert_eq!((views.source.kind, sums.source.kind), (SourceKind::Views, SourceKind::Sums), "{range:?} {filters:?}");
    for (one, other) in views.vitals.iter().zip(&sums.vitals) {
        let what = format!("{:?} of {range:?} {filters:?}", one.metric);
        assert_eq!((one.n, one.previous.n), (other.n, other.previous.n), "{what}");
        near_quantile(one.p75, other.p75, &what);
        near_quantile(one.previous.p75, other.previous.p75, &what);
        for (one, other) in
            [(one.good, other.good), (one.needs_improvement, other.needs_improvement), (one.poor, other.poor)]
        {
            near_option(one, other, &what);
        }
        let all = |bins: &[limen_query::HistogramBin]| bins.iter().map(|bin| bin.count).sum::<f64>();
        near(all(&one.histogram), all(&other.histogram), &what);
        assert!(other.effective_n <= other.n as f64);
        if let (Some(low), Some(high), Some(p75)) = (other.p75_low, other.p75_high, other.p75) {
            assert!(low <= p75 && p75 <= high, "{what}");
        }
        if let (Some(one), Some(other)) = (one.good_interval, other.good_interval) {
            // The sums take all views of a session as alike, so they are never surer.
            assert!(other.low <= one.low + 0.01 && one.high - 0.01 <= other.high, "{what}: {one:?} {other:?}");
        }
    }
}

async fn same_apdex(store: &Store, range: [&str; 2], filters: &[&str]) {
    let ask = async |source| apdex(store, &scope(range[0], range[1], filters, source), 310.0).await.expect("an answer");
    let (views, sums) = (ask("views").await, ask("sums").await);
    let what = format!("{range:?} {filters:?}");
    assert_eq!(sums.source.kind, SourceKind::Sums, "{what}");
    assert_eq!((views.n, views.previous.n), (sums.n, sums.previous.n), "{what}");
    for (one, other) in [(views.score, sums.score), (views.previous.score, sums.previous.score)] {
        let (Some(one), Some(other)) = (one, other) else { panic!("{what}: {one:?} {other:?}") };
        assert!((one - other).abs() < 0.01, "{what}: {one} from views, {other} from sums");
    }
    let (one, other) = (views.interval.expect("enough views"), sums.interval.expect("enough views"));
    assert!(other.low <= one.low + 0.01 && one.high - 0.01 <= other.high, "{what}: {one:?} {other:?}");
}

async fn same_traffic(store: &Store, range: [&str; 2], filters: &[&str]) {
    let ask = async |source| traffic(store, &scope(range[0], range[1], filters, source)).await.expect("an answer");
    let (views, sums) = (ask("views").await, ask("sums").await);
    let what = format!("{range:?} {filters:?}");
    assert_eq!(sums.source.kind, SourceKind::Sums, "{what}");
    near(views.views, sums.views, &what);
    near(views.sessions, sums.sessions, &what);
    near(views.errors, sums.errors, &what);
    near(views.requests, sums.requests, &what);
    near(views.failed_requests, sums.failed_requests, &what);
    near_option(views.error_rate, sums.error_rate, &what);
    near(views.previous.sessions, sums.previous.sessions, &what);
    assert_eq!(views.points.len(), sums.points.len());
    for (one, other) in views.points.iter().zip(&sums.points) {
        assert_eq!(one.time, other.time);
        let what = format!("{what} at {:?}", one.time);
        near(one.views, other.views, &what);
        near(one.sessions, other.sessions, &what);
        near(one.errors, other.errors, &what);
    }
}

async fn same_breakdown(store: &Store, range: [&str; 2], filters: &[&str], dimension: Dimension) {
    let ask = async |source| {
        let scope = scope(range[0], range[1], filters, source);
        breakdown(store, &scope, dimension, BreakdownOrder::Views, 2).await.expect("an answer")
    };
    let (views, sums) = (ask("views").await, ask("sums").await);
    assert_eq!(sums.source.kind, SourceKind::Sums);
    near(views.other, sums.other, "other");
    assert_eq!(views.rows.len(), sums.rows.len());
    for (one, other) in views.rows.iter().zip(&sums.rows) {
        assert_eq!(one.value, other.value);
        near(one.views, other.views, &one.value);
        near(one.sessions, other.sessions, &one.value);
        near(one.error_rate, other.error_rate, &one.value);
        near_quantile(one.vitals.lcp.p75, other.vitals.lcp.p75, &one.value);
        near_option(one.vitals.inp.good, other.vitals.inp.good, &one.value);
        assert_eq!((one.vitals.cls.n, one.transition.n), (other.vitals.cls.n, other.transition.n));
        near_quantile(one.transition.p75, other.transition.p75, &one.value);
    }
}

const WHOLE_DAYS: [&str; 2] = ["2026-03-03T00:00:00Z", "2026-03-06T00:00:00Z"];
const WHOLE_HOURS: [&str; 2] = ["2026-03-03T05:00:00Z", "2026-03-06T17:00:00Z"];

#[tokio::test]
async fn sums_say_what_views_say() {
    let (engine, _) = with_sums(&[days(7)]).await;
    let store = &engine.store;
    for range in [WHOLE_DAYS, WHOLE_HOURS] {
        for filters in
            [&[][..], &["country:SG"], &["route:/cart"], &["country:DE", "country:US"], &["route:/", "release:1.1"]]
        {
            same_vitals(store, range, filters).await;
            same_traffic(store, range, filters).await;
            same_apdex(store, range, filters).await;
        }
        same_breakdown(store, range, &[], Dimension::Country).await;
        same_breakdown(store, range, &["device:mobile"], Dimension::Route).await;
    }
}

#[tokio::test]
async fn parts_of_hours_and_what_is_newer_than_the_sums_are_read_from_views() {
    let engine = EngineProcess::with(&[days(11)]).await;
    let rollups = Rollups::new(engine.store.clone(), classes());
    // Received after this round, all of it: there are hours, and nothing is in them.
    rollups.round(from() + 3 * DAY).await.expect("computed");
    rollups.round(from() + 5 * DAY - HOUR).await.expect("computed");
    let range = ["2026-03-03T05:17:13.5Z", "2026-03-06T23:59:59Z"];
    same_vitals(&engine.store, range, &[]).await;
    same_vitals(&engine.store, range, &["route:/item"]).await;
    same_breakdown(&engine.store, WHOLE_HOURS, &[], Dimension::Device).await;
}

#[tokio::test]
async fn a_series_has_the_same_points() {
    let (engine, _) = with_sums(&[days(13)]).await;
    let ask = async |source| {
        let scope = scope(WHOLE_HOURS[0], WHOLE_HOURS[1], &[], source);
        vitals_series(&engine.store, &scope, Metric::Inp).await.expect("an answer")
    };
    let (views, sums) = (ask("views").await, ask("sums").await);
    assert_eq!((sums.source.kind, views.points.len()), (SourceKind::Sums, sums.points.len()));
    assert!(views.points.iter().any(|point| point.n > 0));
    for (one, other) in views.points.iter().zip(&sums.points) {
        assert_eq!((one.time, one.n), (other.time, other.n));
        near_quantile(one.p50, other.p50, "p50");
        near_quantile(one.p95, other.p95, "p95");
        near_option(one.poor, other.poor, "poor");
    }
}

#[tokio::test]
async fn what_comes_late_twice_or_as_a_newer_version_is_in_the_sums_after_the_next_round() {
    let data = days(17);
    let (engine, rollups) = with_sums(std::slice::from_ref(&data)).await;
    let mut late = EnrichedBatch { received_unix_nano: from() + 6 * DAY + HOUR, ..batch() };
    late.views = session(&mut Dice(3), 99_999, from() + 2 * DAY + 5 * HOUR);
    late.views.push(View { version: 2, lcp: Some(9999.0), weight: 1.0, ..data.views[0].clone() });
    late.views.push(data.views[1].clone());
    let (committer, writer) = limen_store::Committer::start(engine.store.client().clone(), 9, None);
    committer.commit(limen_store::EncodedBatch::encode(&late)).await.expect("committed");
    let touched: HashSet<i64> = late.views.iter().map(|view| view.start_unix_nano.div_euclid(HOUR)).collect();
    let round = rollups.round(from() + 7 * DAY).await.expect("computed");
    assert_eq!((round.hours, round.again), (touched.len(), touched.len()));
    same_vitals(&engine.store, WHOLE_DAYS, &[]).await;
    same_traffic(&engine.store, WHOLE_DAYS, &[]).await;
    let left: u64 = count(
        &engine.store,
        "views_rollup WHERE (app, step, start, run) NOT IN (SELECT app, step, start, run FROM rollup_runs FINAL)",
    )
    .await;
    assert_eq!(left, 0, "what does not count any more is gone");
    assert_eq!(rollups.round(from() + 7 * DAY).await.expect("nothing to do"), Default::default());
    drop(committer);
    writer.await.expect("no panic");
}

#[tokio::test]
async fn a_run_that_was_interrupted_never_counts() {
    let (engine, _) = with_sums(&[days(19)]).await;
    // Rows of a run that is newer than any and was not published.
    let sql = "INSERT INTO views_rollup SELECT * REPLACE (18446744073709551615 AS run) FROM views_rollup";
    engine.store.client().query(sql).execute().await.expect("inserted");
    same_traffic(&engine.store, WHOLE_DAYS, &[]).await;
}

#[tokio::test]
async fn sums_are_read_by_themselves_only_when_there_is_much() {
    let (engine, _) = with_sums(&[days(23)]).await;
    let filters: Vec<String> = Vec::new();
    let request = ScopeRequest {
        from: Some(WHOLE_DAYS[0]),
        to: Some(WHOLE_DAYS[1]),
        filters: &filters,
        source: None,
        visitors: None,
    };
    let scope = Scope::parse(app(), request, FROM).expect("a valid scope");
    assert_eq!(vitals(&engine.store, &scope).await.expect("an answer").source.kind, SourceKind::Views);
    let sql =
        "INSERT INTO rollup_runs SELECT * REPLACE (views + 1000000 AS views) FROM rollup_runs FINAL WHERE step = 3600";
    engine.store.client().query(sql).execute().await.expect("inserted");
    let answer = vitals(&engine.store, &scope).await.expect("an answer");
    assert_eq!((answer.source.kind, answer.source.quantile_error), (SourceKind::Sums, SKETCH_ERROR));
    assert_eq!(answer.source.sums_until, Some(scope.range.to));
}

#[tokio::test]
async fn where_views_were_dropped_sums_are_read_and_stay_as_they_were() {
    let data = days(29);
    let (engine, rollups) = with_sums(std::slice::from_ref(&data)).await;
    let filters: Vec<String> = Vec::new();
    let request = ScopeRequest {
        from: Some(WHOLE_DAYS[0]),
        to: Some(WHOLE_DAYS[1]),
        filters: &filters,
        source: None,
        visitors: None,
    };
    let scope = Scope::parse(app(), request, FROM).expect("a valid scope");
    let before = vitals(&engine.store, &scope).await.expect("an answer");
    assert_eq!(before.source.kind, SourceKind::Views);
    // As retention does, and then one of the views comes once more.
    engine.store.note_kept_from(&app(), scope.range.to.0).await.expect("noted");
    engine.store.client().query("TRUNCATE TABLE views").execute().await.expect("dropped");
    let mut late = EnrichedBatch { received_unix_nano: from() + 6 * DAY + HOUR, ..batch() };
    late.views = vec![data.views[0].clone()];
    let (committer, writer) = limen_store::Committer::start(engine.store.client().clone(), 9, None);
    committer.commit(limen_store::EncodedBatch::encode(&late)).await.expect("committed");
    rollups.round(from() + 7 * DAY).await.expect("computed");
    let after = vitals(&engine.store, &scope).await.expect("an answer");
    assert_eq!((after.source.kind, after.vitals[0].n), (SourceKind::Sums, before.vitals[0].n));
    drop(committer);
    writer.await.expect("no panic");
}

async fn count(store: &Store, from: &str) -> u64 {
    store.client().query(&format!("SELECT count() FROM {from}")).fetch_one().await.expect("counted")
}
