//! The job behind the sums: which hours and days have to be computed, again or for the first time.

use std::collections::BTreeMap;

use clickhouse::Client;
use limen_model::AppId;

use super::{Classes, DAY_SECONDS, DIMENSION_SETS, HOUR_SECONDS, MARK, Nanos, bind_sums, sums_sql};
use crate::limits::{ROLLUP_LATENESS, ROLLUP_MEMORY_BYTES_MAX, ROLLUP_VIEWS_AT_ONCE};
use crate::{Store, StoreError};

const NANOS: i64 = 1_000_000_000;

/// Computes the sums. There may be one of these for a set of tables.
#[derive(Debug, Clone)]
pub struct Rollups {
    store: Store,
    classes: Classes,
}

/// What a round has done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    pub hours: usize,
    pub days: usize,
    /// Hours of these that were computed before.
    pub again: usize,
}

/// Seconds since 1970 of the hours to compute, with how many rows are in each.
type Hours = BTreeMap<i64, u64>;

/// Up to when what was received is in the sums, in nanoseconds; 0 before the first round.
pub async fn mark(store: &Store) -> Result<i64, StoreError> {
    let sql = "SELECT toUnixTimestamp64Nano(max(received)) FROM rollup_marks WHERE name = {mark:String}";
    Ok(store.client().query(sql).param("mark", MARK).fetch_one().await?)
}

/// Up to when hours count as closed once everything received before `mark` is in the sums, in seconds.
pub fn closed_until(mark: i64) -> i64 {
    (mark / NANOS - ROLLUP_LATENESS.as_secs().cast_signed()).max(0).div_euclid(HOUR_SECONDS) * HOUR_SECONDS
}

impl Rollups {
    pub fn new(store: Store, classes: Classes) -> Self {
        Self { store, classes }
    }

    /// Computes every hour that has closed or got rows since the round before. `until` in nanoseconds: whatever was received
    /// before it must be committed or lost by now.
    pub async fn round(&self, until: i64) -> Result<Round, StoreError> {
        let before = mark(&self.store).await?;
        if until <= before {
            return Ok(Round::default());
        }
        let mut round = Round::default();
        let (closed_before, closed) = (closed_until(before), closed_until(until));
        for (app, hours) in self.touched(before, until).await? {
            let Ok(app) = AppId::parse(&app) else { continue };
            round.hours += hours.len();
            round.again += hours.range(..closed_before).count();
            round.days += self.compute(&app, &hours, (closed_before, closed)).await?;
        }
        self.note_mark(until).await?;
        if round.again > 0 {
            self.clean().await?;
        }
        Ok(round)
    }

    /// Computes hours again whose rows were changed otherwise than by receiving more; what they were made of before is gone
    /// from the disk when this returns.
    pub async fn recompute(&self, app: &AppId, hours: impl IntoIterator<Item = i64>) -> Result<(), StoreError> {
        let closed = closed_until(mark(&self.store).await?);
        let hours: Hours = hours.into_iter().filter(|hour| *hour < closed).map(|hour| (hour, 0)).collect();
        self.compute(app, &hours, (closed, closed)).await?;
        self.clean().await
    }

    /// The first hour whose views are all there, in seconds.
    async fn kept_from(&self, app: &AppId) -> Result<i64, StoreError> {
        let sql = "SELECT toInt64(toUnixTimestamp(max(received))) FROM rollup_marks WHERE name = concat('kept:', {app:String})";
        Ok(self.client().query(sql).param("app", app.as_str()).fetch_one().await?)
    }

    async fn touched(&self, before: i64, until: i64) -> Result<BTreeMap<String, Hours>, StoreError> {
        let rows: Vec<(String, i64, u64)> = self
            .client()
            .query(include_str!("touched.sql"))
            .param("before", before)
            .param("until", until)
            .param("closed_before", closed_until(before) * NANOS)
            .param("closed", closed_until(until) * NANOS)
            .fetch_all()
            .await?;
        let mut apps: BTreeMap<String, Hours> = BTreeMap::new();
        for (app, hour, views) in rows {
            apps.entry(app).or_default().insert(hour, views);
        }
        Ok(apps)
    }

    /// Returns the number of days that followed.
    async fn compute(&self, app: &AppId, hours: &Hours, closed: (i64, i64)) -> Result<usize, StoreError> {
        // What is late by more than views are kept must not take the place of sums whose views are gone.
        let kept_from = self.kept_from(app).await?;
        let hours: &Hours = &hours.range(kept_from..).map(|(hour, views)| (*hour, *views)).collect();
        let run = run_number();
        let mut group = Hours::new();
        for (hour, views) in hours {
            group.insert(*hour, *views);
            if group.values().sum::<u64>() >= ROLLUP_VIEWS_AT_ONCE {
                self.compute_hours(app, &std::mem::take(&mut group), run).await?;
            }
        }
        self.compute_hours(app, &group, run).await?;
        let day_of = |hour: i64| hour.div_euclid(DAY_SECONDS) * DAY_SECONDS;
        let mut days: Vec<i64> = hours.keys().map(|hour| day_of(*hour)).collect();
        // Days that closed without anything new in them, such as one whose evening was quiet.
        days.extend(self.days_between(app, day_of(closed.0), day_of(closed.1)).await?);
        days.sort_unstable();
        days.dedup();
        days.retain(|day| day + DAY_SECONDS <= closed.1);
        for day in &days {
            self.compute_day(app, *day, run).await?;
        }
        Ok(days.len())
    }

    async fn compute_hours(&self, app: &AppId, hours: &Hours, run: u64) -> Result<(), StoreError> {
        if hours.is_empty() {
            return Ok(());
        }
        let ranges: Vec<Nanos> =
            hours.keys().map(|hour| hour * NANOS..(hour + HOUR_SECONDS) * NANOS).fold(Vec::new(), join);
        for sets in DIMENSION_SETS.chunks(sets_at_once(hours.values().sum())) {
            let sums = sums_sql(sets, &ranges, i64::MIN, "");
            let sql = format!(
                "INSERT INTO views_rollup \
                 SELECT {{app:String}}, {HOUR_SECONDS}, dims, start, {run}, * EXCEPT (start, dims) FROM ({sums})"
            );
            bind_sums(self.client().query(&sql), &self.classes)
                .param("app", app.as_str())
                .with_setting("max_bytes_before_external_group_by", ROLLUP_MEMORY_BYTES_MAX.to_string())
                .execute()
                .await?;
        }
        self.publish(app, HOUR_SECONDS, hours, run).await
    }

    async fn compute_day(&self, app: &AppId, day: i64, run: u64) -> Result<(), StoreError> {
        let query = self.client().query(include_str!("days.sql"));
        query.param("app", app.as_str()).param("day", day).param("run", run).execute().await?;
        self.publish(app, DAY_SECONDS, &Hours::from([(day, 0)]), run).await
    }

    /// Makes what was computed count, all at once.
    async fn publish(&self, app: &AppId, step: i64, starts: &Hours, run: u64) -> Result<(), StoreError> {
        let sql = "INSERT INTO rollup_runs SELECT {app:String}, {step:Int64}, toDateTime(part.1, 'UTC'), {run:UInt64}, part.2 \
                   FROM (SELECT arrayJoin(arrayZip({starts:Array(Int64)}, {views:Array(UInt64)})) AS part)";
        let query = self.client().query(sql).param("app", app.as_str()).param("step", step).param("run", run);
        let query = query.param("starts", starts.keys().copied().collect::<Vec<_>>());
        Ok(query.param("views", starts.values().copied().collect::<Vec<_>>()).execute().await?)
    }

    async fn days_between(&self, app: &AppId, from: i64, to: i64) -> Result<Vec<i64>, StoreError> {
        let sql = "SELECT DISTINCT toInt64(toUnixTimestamp(toStartOfDay(start, 'UTC'))) FROM rollup_runs \
                   WHERE app = {app:String} AND step = 3600 \
                       AND start >= toDateTime({from:Int64}, 'UTC') AND start < toDateTime({to:Int64}, 'UTC')";
        let query = self.client().query(sql).param("app", app.as_str()).param("from", from);
        Ok(query.param("to", to).fetch_all().await?)
    }

    async fn note_mark(&self, until: i64) -> Result<(), StoreError> {
        let sql = "INSERT INTO rollup_marks SELECT {mark:String}, fromUnixTimestamp64Nano({until:Int64}, 'UTC')";
        Ok(self.client().query(sql).param("mark", MARK).param("until", until).execute().await?)
    }

    /// Takes away what no question reads any more.
    async fn clean(&self) -> Result<(), StoreError> {
        let sql = "ALTER TABLE views_rollup DELETE WHERE (app, step, start, run) NOT IN \
                   (SELECT app, step, start, run FROM rollup_runs FINAL)";
        self.store.catch_up("rollup_runs").await?;
        let sql = format!("{} SETTINGS mutations_sync = 1", self.store.change(sql));
        Ok(self.client().query(&sql).execute().await?)
    }

    fn client(&self) -> &Client {
        self.store.client()
    }
}

/// What a query holds grows with the views and the sets together.
fn sets_at_once(views: u64) -> usize {
    let all = DIMENSION_SETS.len() as u64;
    usize::try_from((ROLLUP_VIEWS_AT_ONCE * all / views.max(1)).clamp(1, all)).unwrap_or(1)
}

/// Hours that follow each other become one range.
fn join(mut ranges: Vec<Nanos>, next: Nanos) -> Vec<Nanos> {
    match ranges.last_mut() {
        Some(last) if last.end == next.start => last.end = next.end,
        _ => ranges.push(next),
    }
    ranges
}

/// Larger than every one before it, as the newest run is the one that counts.
fn run_number() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(now.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_is_closed_when_late_rows_had_their_time() {
        let late = ROLLUP_LATENESS.as_secs().cast_signed();
        assert_eq!(closed_until((7200 + late) * NANOS), 7200);
        assert_eq!(closed_until((7200 + late) * NANOS - 1), 3600);
        assert_eq!(closed_until(0), 0);
    }

    #[test]
    fn an_hour_with_many_views_is_computed_in_parts() {
        let all = DIMENSION_SETS.len();
        let sets = [0, ROLLUP_VIEWS_AT_ONCE, 2 * ROLLUP_VIEWS_AT_ONCE, u64::MAX / 2].map(sets_at_once);
        assert_eq!(sets, [all, all, all / 2, 1]);
    }

    #[test]
    fn hours_that_follow_each_other_are_one_range() {
        assert_eq!([0..1, 1..2, 4..5].into_iter().fold(Vec::new(), join), [0..2, 4..5]);
    }
}
