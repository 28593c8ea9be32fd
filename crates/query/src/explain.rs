//! Why did it get slower? The smallest cohort that explains it, whose time grew in it, when that began; or that none does.

mod cells;
mod contrast;
mod explained;
mod flags;
mod markdown;
mod onset;
mod rows;
mod search;
mod sets;

use std::collections::BTreeMap;

use clickhouse::query::Query;
use limen_store::Store;
use serde::Serialize;
use utoipa::ToSchema;

pub use explained::ExplainedMetric;
pub use flags::FlagChange;
pub use markdown::markdown;

use crate::blame::blame_all;
use crate::blame::changes::changes;
use crate::limits::{
    EXPLAIN_BLAMED_VIEWS, EXPLAIN_FLAG_ROWS_MAX, EXPLAIN_FLAGS_MAX, EXPLAIN_FLAGS_OF_VIEW_MAX, EXPLAIN_UNCHANGED_MAX,
    EXPLAIN_VALUES_MAX,
};
use crate::prepare::prepare_scoped;
use crate::releases::new_releases;
use crate::scope::Range;
use crate::{BlameAnswer, Dimension, OwnerChange, QueryError, Scope, SeenRelease, Time};
use cells::{DIMENSIONS, Group};

/// What became slower, for whom, since when and by whom.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ExplainAnswer {
    pub metric: ExplainedMetric,
    /// The window that is explained.
    pub range: Range,
    /// It is compared with the same time of so many earlier periods …
    pub periods: u32,
    /// … each so many days before the next.
    pub period_days: u32,
    /// In one sentence.
    pub verdict: String,
    /// The first explains most; empty when no cohort explains a change.
    pub cohorts: Vec<ExplainedCohort>,
    /// Cohorts of one value with enough sessions that are not slower by themselves, the largest first.
    pub unchanged: Vec<CohortValue>,
    /// How many cohorts were looked at.
    pub tested: u64,
}

/// A cohort that became slower by itself.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ExplainedCohort {
    /// All of these; of several values of one dimension any. Empty stands for everybody.
    pub values: Vec<CohortValue>,
    /// Null when there was nobody like that.
    pub p75: Option<f64>,
    pub p75_before: Option<f64>,
    /// How far its views moved up among those of before, at equal mix: +0.1 is a tenth of them.
    pub shift: f64,
    /// The shift in units of its standard error, from day to day.
    pub z: f64,
    /// Weighted, in the window.
    pub views: f64,
    pub sessions: f64,
    /// As far as they are known by an id.
    pub users: u64,
    /// When it began; null when there is no clear step.
    pub onset: Option<Time>,
    /// What was first seen within the window or the equally long time before it.
    pub releases: Vec<SeenRelease>,
    /// Variants of feature flags that more of its sessions were shown since the beginning, or since the start of the window when
    /// there is no clear step; the largest change first.
    pub flags: Vec<FlagChange>,
    /// Whose time changed near the p75, most first.
    pub owners: Vec<OwnerChange>,
    /// Up to three sessions with a view near the p75.
    pub representatives: Vec<Representative>,
    /// Values that look slower too, only because they have visitors in common with this cohort.
    pub symptoms: Vec<CohortValue>,
}

/// A dimension's value.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CohortValue {
    pub dimension: Dimension,
    /// Empty when unknown.
    pub value: String,
}

/// A view to look at.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Representative {
    pub session_id: String,
    pub view_id: String,
    pub trace_id: Option<String>,
    /// Of the metric.
    pub value: f64,
}

const COHORT_DIMENSIONS: [Dimension; DIMENSIONS] = [
    Dimension::Route,
    Dimension::Country,
    Dimension::Device,
    Dimension::Browser,
    Dimension::Release,
    Dimension::Network,
];
const DAY_NANOS: i64 = 86_400 * 1_000_000_000;
/// Steps of the search for the beginning.
const ONSET_STEPS: i64 = 60;
const REPRESENTATIVES: usize = 3;

/// What a window is compared with: the same hours of earlier days, so that a time of day is no change.
#[derive(Debug, Clone, Copy)]
struct Comparison {
    window: i64,
    step: i64,
    periods: i64,
}

impl Comparison {
    fn of(range: Range) -> Self {
        let window = range.to.0 - range.from.0;
        let days = (window + DAY_NANOS - 1) / DAY_NANOS;
        // A day has its seven days before it; what is longer is compared by whole weeks, of which less is kept.
        let (days, periods) = if days <= 1 { (1, 7) } else { ((days + 6) / 7 * 7, 3) };
        Self { window, step: days * DAY_NANOS, periods }
    }

    fn first(self, range: Range) -> i64 {
        range.from.0.saturating_sub(self.step.saturating_mul(self.periods))
    }
}

pub async fn explain(store: &Store, scope: &Scope, metric: ExplainedMetric) -> Result<ExplainAnswer, QueryError> {
    let comparison = Comparison::of(scope.range);
    let question = Question { store, scope, metric, comparison };
    let grid: rows::GridRow =
        question.ask(include_str!("explain_grid.sql"), None).fetch_optional().await?.unwrap_or_default();
    let mut answer = ExplainAnswer {
        metric,
        range: scope.range,
        periods: comparison.periods as u32,
        period_days: (comparison.step / DAY_NANOS) as u32,
        verdict: String::new(),
        cohorts: Vec::new(),
        unchanged: Vec::new(),
        tested: 0,
    };
    if grid.views_before > 0 && grid.values.len() == DIMENSIONS {
        let rows: Vec<rows::CellRow> = question.cells(&grid).fetch_all().await?;
        let found = search::search(&rows::cells(&rows, comparison.periods as usize + 1));
        answer.tested = found.tested as u64;
        for cohort in &found.cohorts {
            answer.cohorts.push(question.cohort(cohort, &grid.values).await?);
        }
        let unchanged = found.unchanged.iter().take(EXPLAIN_UNCHANGED_MAX);
        answer.unchanged = unchanged.flat_map(|(values, _)| named(&Group::of(*values), &grid.values)).collect();
    }
    answer.verdict = markdown::verdict(&answer, grid.views_before);
    Ok(answer)
}

/// The values of a cohort by name.
fn named(group: &Group, names: &[Vec<String>]) -> Vec<CohortValue> {
    let value = |(place, number): (usize, u16)| {
        let value = names.get(place)?.get(usize::from(number))?.clone();
        Some(CohortValue { dimension: COHORT_DIMENSIONS[place], value })
    };
    group.named().filter_map(value).collect()
}

struct Question<'a> {
    store: &'a Store,
    scope: &'a Scope,
    metric: ExplainedMetric,
    comparison: Comparison,
}

impl Question<'_> {
    fn ask(&self, sql: &str, cohort: Option<&[CohortValue]>) -> Query {
        let Comparison { window, step, .. } = self.comparison;
        let mut values: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for each in cohort.unwrap_or_default() {
            values.entry(each.dimension.name()).or_default().push(&each.value);
        }
        let conditions: String =
            values.keys().map(|name| format!("\n        AND {name} IN {{cohort_{name}:Array(String)}}")).collect();
        // Names of columns come from lists of ours; values are parameters.
        let sql = sql
            .replace("{metric}", self.metric.column())
            .replace("{values_max}", &EXPLAIN_VALUES_MAX.to_string())
            .replace("{cohort}", &conditions);
        let query = prepare_scoped(self.store, &sql, self.scope)
            .param("first", self.comparison.first(self.scope.range))
            .param("window", window)
            .param("step", step)
            .param("onset_from", self.scope.previous().from.0);
        values.iter().fold(query, |query, (name, values)| query.param(&format!("cohort_{name}"), values))
    }

    fn cells(&self, grid: &rows::GridRow) -> Query {
        let names = ["routes", "countries", "devices", "browsers", "releases", "networks"];
        let query = self.ask(include_str!("explain_cells.sql"), None).param("grid", &grid.grid);
        names.into_iter().zip(&grid.values).fold(query, |query, (name, values)| query.param(name, values))
    }

    async fn cohort(&self, cohort: &search::Cohort, names: &[Vec<String>]) -> Result<ExplainedCohort, QueryError> {
        let values = named(&cohort.group, names);
        let rows: Vec<rows::CohortRow> = self
            .ask(include_str!("explain_cohort.sql"), Some(&values))
            .param("limit", EXPLAIN_BLAMED_VIEWS)
            .fetch_all()
            .await?;
        let (now, before) = (rows.iter().find(|row| row.current == 1), rows.iter().find(|row| row.current == 0));
        let known_from = Time(self.comparison.first(self.scope.range));
        let releases = new_releases(self.store, self.scope, known_from, self.scope.previous().from).await?;
        let owners = changes(&self.blamed(before).await?, &self.blamed(now).await?);
        let onset = self.onset(&values, before.map(|row| row.p75)).await?;
        Ok(ExplainedCohort {
            p75: now.map(|row| row.p75),
            p75_before: before.map(|row| row.p75),
            shift: cohort.finding.shift,
            z: cohort.finding.z,
            views: now.map_or(0.0, |row| row.views),
            sessions: now.map_or(0.0, |row| row.sessions),
            users: now.map_or(0, |row| row.users),
            onset,
            releases,
            flags: self.flags(&values, onset.unwrap_or(self.scope.range.from)).await?,
            owners,
            representatives: now.map_or_else(Vec::new, representatives),
            symptoms: cohort.symptoms.iter().flat_map(|values| named(&Group::of(*values), names)).collect(),
            values,
        })
    }

    async fn onset(&self, values: &[CohortValue], former: Option<f64>) -> Result<Option<Time>, QueryError> {
        let Some(former) = former else { return Ok(None) };
        let step = (2 * self.comparison.window / ONSET_STEPS).max(1);
        let rows: Vec<rows::StepRow> = self
            .ask(include_str!("explain_onset.sql"), Some(values))
            .param("former", former)
            .param("onset_step", step)
            .fetch_all()
            .await?;
        let mut steps = vec![(0.0, 0.0); ONSET_STEPS as usize + 1];
        for row in rows {
            if let Some(found) = usize::try_from(row.step).ok().and_then(|number| steps.get_mut(number)) {
                *found = (row.views, row.slow);
            }
        }
        Ok(onset::onset(&steps).map(|number| Time(self.scope.previous().from.0 + number as i64 * step)))
    }

    async fn flags(&self, values: &[CohortValue], split: Time) -> Result<Vec<FlagChange>, QueryError> {
        let rows: Vec<flags::FlagRow> = self
            .ask(include_str!("explain_flags.sql"), Some(values))
            .param("split", split.0)
            .param("flags_max", EXPLAIN_FLAGS_OF_VIEW_MAX)
            .param("limit", EXPLAIN_FLAG_ROWS_MAX)
            .fetch_all()
            .await?;
        Ok(flags::flag_changes(&rows, EXPLAIN_FLAGS_MAX))
    }

    /// The ledgers of a cohort's views near its p75; CLS is no time, so it has none.
    async fn blamed(&self, row: Option<&rows::CohortRow>) -> Result<Vec<BlameAnswer>, QueryError> {
        let Some(vital) = self.metric.blamed() else { return Ok(Vec::new()) };
        let samples = row.map_or(&[][..], |row| &row.samples);
        let views: Vec<(&str, &str)> =
            samples.iter().map(|(session, view, ..)| (session.as_str(), view.as_str())).collect();
        let range = Range { from: Time(self.comparison.first(self.scope.range)), to: self.scope.range.to };
        blame_all(self.store, &self.scope.app, &views, range, vital).await
    }
}

/// One view of each of the sessions, those nearest to the p75 first.
fn representatives(row: &rows::CohortRow) -> Vec<Representative> {
    let mut nearest: Vec<&(String, String, String, f64)> = row.samples.iter().collect();
    nearest.sort_by(|a, b| (a.3 - row.p75).abs().total_cmp(&(b.3 - row.p75).abs()).then(a.1.cmp(&b.1)));
    let mut chosen: Vec<Representative> = Vec::new();
    for (session, view, trace, value) in nearest {
        if chosen.len() < REPRESENTATIVES && chosen.iter().all(|other| other.session_id != *session) {
            let traced = trace.bytes().any(|digit| digit != b'0');
            chosen.push(Representative {
                session_id: session.clone(),
                view_id: view.clone(),
                trace_id: traced.then(|| trace.clone()),
                value: *value,
            });
        }
    }
    chosen
}
