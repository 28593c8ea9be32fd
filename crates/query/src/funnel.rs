//! Where do people leave a journey? How many sessions reach each of its steps, in order and in time.

use clickhouse::Row;
use clickhouse::query::Query;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::limits::{FILTER_BYTES_MAX, FUNNEL_HAPPENINGS_MAX, FUNNEL_LEFT_MAX, FUNNEL_STEPS_MAX, SESSION_LENGTH_MAX};
use crate::precision::Sums;
use crate::prepare::prepare_scoped;
use crate::scope::{Range, clipped};
use crate::{QueryError, Scope, ScopeError};

/// How far sessions came on a journey that they began in the range.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FunnelAnswer {
    pub range: Range,
    /// From the first step to the last, in seconds, at most.
    pub window: u32,
    /// In the order of the journey; each counts those sessions that reached all before it too.
    pub steps: Vec<FunnelStep>,
    /// Sessions (not weighted) in which so much happened that only the beginning was looked at.
    pub long_sessions: u64,
}

/// The sessions that reached one step.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FunnelStep {
    pub step: Step,
    /// As stored (not weighted).
    pub n: u64,
    /// Weighted number.
    pub sessions: f64,
    /// Weighted share of the step before, 0 to 1; null for the first step and where nobody reached the one before.
    pub of_previous: Option<f64>,
    /// The 95 % interval of that share; null when there are too few sessions.
    pub of_previous_low: Option<f64>,
    pub of_previous_high: Option<f64>,
    /// Weighted share of the first step, 0 to 1; null where nobody reached it.
    pub of_first: Option<f64>,
    /// The 95 % interval of that share; null when there are too few sessions.
    pub of_first_low: Option<f64>,
    pub of_first_high: Option<f64>,
    /// The weighted median from the step before, as it was last done, until this one was reached first, in milliseconds; null
    /// for the first step and where nobody came here.
    pub median_wait: Option<f64>,
    /// Sessions that got here and no further, those that were here last first.
    pub left_here: Vec<String>,
}

/// What a session has to do to get one step further.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Step {
    pub kind: StepKind,
    /// The route, or the name of the action or transaction.
    pub value: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// A view of that route.
    Route,
    /// An action of that name.
    Action,
    /// A business transaction of that name begins, succeeds or fails.
    TransactionStart,
    TransactionSuccess,
    TransactionFailure,
}

impl StepKind {
    pub const ALL: [StepKind; 5] = [
        StepKind::Route,
        StepKind::Action,
        StepKind::TransactionStart,
        StepKind::TransactionSuccess,
        StepKind::TransactionFailure,
    ];

    pub fn name(self) -> &'static str {
        match self {
            StepKind::Route => "route",
            StepKind::Action => "action",
            StepKind::TransactionStart => "transaction-start",
            StepKind::TransactionSuccess => "transaction-success",
            StepKind::TransactionFailure => "transaction-failure",
        }
    }
}

impl Step {
    /// Reads `kind:value`.
    pub fn parse(text: &str) -> Result<Self, ScopeError> {
        let unknown = || ScopeError::Step { value: clipped(text) };
        let (kind, value) = text.split_once(':').ok_or_else(unknown)?;
        let kind = StepKind::ALL.into_iter().find(|known| known.name() == kind).ok_or_else(unknown)?;
        if value.is_empty() || value.len() > FILTER_BYTES_MAX {
            return Err(unknown());
        }
        Ok(Self { kind, value: value.to_owned() })
    }
}

/// The checked steps of a journey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journey {
    pub steps: Vec<Step>,
    pub(crate) window_seconds: u32,
}

impl Journey {
    /// The parameters of `funnel_sessions.sql` but those of the scope.
    pub(crate) fn bind(&self, query: Query) -> Query {
        let kinds: Vec<&str> = self.steps.iter().map(|step| step.kind.name()).collect();
        let values: Vec<&str> = self.steps.iter().map(|step| step.value.as_str()).collect();
        let query = query.param("kinds", &kinds).param("values", &values);
        query.param("window", i64::from(self.window_seconds) * 1_000_000_000)
    }

    /// Each step is `kind:value`; a window that is left out is the length that a session can have.
    pub fn parse(steps: &[String], window_seconds: Option<u32>) -> Result<Self, ScopeError> {
        if !(2..=FUNNEL_STEPS_MAX).contains(&steps.len()) {
            return Err(ScopeError::Steps { count: steps.len(), max: FUNNEL_STEPS_MAX });
        }
        let max = SESSION_LENGTH_MAX.as_secs() as u32;
        let window_seconds = window_seconds.unwrap_or(max);
        if !(1..=max).contains(&window_seconds) {
            return Err(ScopeError::Window { max });
        }
        Ok(Self { steps: steps.iter().map(|step| Step::parse(step)).collect::<Result<_, _>>()?, window_seconds })
    }
}

/// The sessions at one step; the rows begin with the first and end with the last that somebody reached.
#[derive(Debug, Clone, Default, Row, Deserialize)]
struct StepRow {
    #[expect(dead_code, reason = "the order of the rows says it")]
    step: u32,
    n: u64,
    sessions: f64,
    squares: f64,
    waited: f64,
    long: u64,
    left_here: Vec<String>,
}

pub async fn funnel(store: &Store, scope: &Scope, journey: &Journey) -> Result<FunnelAnswer, QueryError> {
    let rows: Vec<StepRow> =
        journey.bind(prepare_scoped(store, &statement(include_str!("funnel.sql")), scope)).fetch_all().await?;
    Ok(FunnelAnswer {
        range: scope.range,
        window: journey.window_seconds,
        steps: shares(&journey.steps, &rows),
        long_sessions: rows.first().map_or(0, |first| first.long),
    })
}

/// How many values an aggregate keeps is part of its name, so these two cannot be parameters.
pub(crate) fn statement(sql: &str) -> String {
    sql.replace("{sessions}", include_str!("funnel_sessions.sql"))
        .replace("{happenings_max:UInt64}", &FUNNEL_HAPPENINGS_MAX.to_string())
        .replace("{left_max:UInt32}", &FUNNEL_LEFT_MAX.to_string())
}

fn shares(steps: &[Step], rows: &[StepRow]) -> Vec<FunnelStep> {
    let nobody = StepRow::default();
    let row = |place: usize| rows.get(place).unwrap_or(&nobody);
    let step = |(place, step): (usize, &Step)| {
        let here = row(place);
        let first = sums(here, row(0));
        // All of the first step are there: that is no estimate.
        let of_first = (place > 0).then(|| first.interval(row(0).n, row(0).n)).flatten();
        let previous = place.checked_sub(1).map(|before| (sums(here, row(before)), row(before).n));
        let of_previous = previous.and_then(|(sums, n)| sums.interval(n, n));
        FunnelStep {
            step: step.clone(),
            n: here.n,
            sessions: here.sessions,
            of_previous: previous.and_then(|(sums, _)| sums.share()),
            of_previous_low: of_previous.map(|interval| interval.low),
            of_previous_high: of_previous.map(|interval| interval.high),
            of_first: first.share(),
            of_first_low: of_first.map(|interval| interval.low),
            of_first_high: of_first.map(|interval| interval.high),
            median_wait: (place > 0 && here.n > 0).then_some(here.waited),
            left_here: here.left_here.clone(),
        }
    };
    steps.iter().enumerate().map(step).collect()
}

/// Who reached a step reached the one before, so the products of both are the squares of the fewer.
fn sums(here: &StepRow, before: &StepRow) -> Sums {
    Sums { a: here.sessions, b: before.sessions, aa: here.squares, ab: here.squares, bb: before.squares }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(steps: &[&str]) -> Vec<String> {
        steps.iter().map(|&step| step.to_owned()).collect()
    }

    #[test]
    fn a_step_is_a_kind_and_all_that_follows() {
        let step = Step::parse("route:/a:b").expect("a step");
        assert_eq!(step, Step { kind: StepKind::Route, value: "/a:b".to_owned() });
        for kind in StepKind::ALL {
            assert_eq!(Step::parse(&format!("{}:x", kind.name())).map(|step| step.kind), Ok(kind));
        }
        for wrong in ["route", "route:", "page:/", ":/", &format!("route:{}", "x".repeat(FILTER_BYTES_MAX + 1))] {
            assert!(matches!(Step::parse(wrong), Err(ScopeError::Step { .. })), "{wrong}");
        }
    }

    #[test]
    fn a_journey_has_at_least_two_steps_and_a_window_within_a_session() {
        let two = texts(&["route:/", "route:/cart"]);
        assert!(matches!(Journey::parse(&two[..1], None), Err(ScopeError::Steps { count: 1, .. })));
        assert!(matches!(Journey::parse(&vec![two[0].clone(); 9], None), Err(ScopeError::Steps { count: 9, .. })));
        assert!(matches!(Journey::parse(&two, Some(0)), Err(ScopeError::Window { .. })));
        assert!(matches!(Journey::parse(&two, Some(86_401)), Err(ScopeError::Window { .. })));
        assert_eq!(Journey::parse(&two, None).map(|journey| journey.window_seconds), Ok(86_400));
    }

    #[test]
    fn weights_make_the_interval_wider_and_nobody_makes_no_share() {
        let steps = Journey::parse(&texts(&["route:/", "route:/cart", "route:/paid"]), None).expect("valid").steps;
        let row = |n: u64, squares: f64| StepRow { n, sessions: n as f64, squares, ..StepRow::default() };
        let even = shares(&steps, &[row(400, 400.0), row(100, 100.0)]);
        let drawn = shares(&steps, &[row(400, 1600.0), row(100, 400.0)]);
        assert_eq!((even[0].of_first, even[0].of_previous), (Some(1.0), None));
        assert_eq!((even[1].of_previous, even[2].of_previous, even[2].of_first), (Some(0.25), Some(0.0), Some(0.0)));
        let width = |steps: &[FunnelStep]| steps[1].of_previous_high.zip(steps[1].of_previous_low).map(|(h, l)| h - l);
        assert!(width(&drawn) > width(&even) && width(&even).is_some());
        let nobody = shares(&steps, &[]);
        assert!(nobody.iter().all(|step| step.of_first.is_none() && step.median_wait.is_none() && step.n == 0));
    }
}
