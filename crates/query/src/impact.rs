//! What goes along with speed? How often sessions get to the end of a journey, by how fast its first page was.

mod slope;

use std::collections::BTreeMap;

use clickhouse::Row;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::funnel::statement;
use crate::limits::{IMPACT_GROUPS_MAX, IMPACT_SESSIONS_MIN};
use crate::precision::share_interval;
use crate::prepare::prepare_scoped;
use crate::scope::Range;
use crate::{Journey, Metric, QueryError, Scope, StepKind};
use slope::{Moments, Slope};

/// How often sessions get there, by how fast they began.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ImpactAnswer {
    pub range: Range,
    pub metric: Metric,
    /// From the first step to the last, in seconds, at most.
    pub window: u32,
    /// In words that claim no more than was seen.
    pub says: String,
    /// Sessions that did the first step and whose first page there has the vital, as stored.
    pub n: u64,
    /// Of speed, the fastest first; the last has no upper end.
    pub buckets: Vec<ImpactBucket>,
    /// What is one unit of the slopes: milliseconds, or a part of the CLS.
    pub unit: f64,
    /// Of all sessions together; null when there are too few.
    pub slope: Option<ImpactSlope>,
    /// Among sessions of the same device and country; null when there are too few.
    pub within: Option<ImpactSlope>,
    /// Kinds of device and country that were told apart.
    pub kinds: u64,
}

/// Sessions whose page was about as fast.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ImpactBucket {
    /// Above this …
    pub from: f64,
    /// … up to this; null for the last.
    pub to: Option<f64>,
    pub n: u64,
    /// Weighted.
    pub sessions: f64,
    /// Weighted share that got to the last step, 0 to 1.
    pub share: f64,
    /// The 95 % interval of the share; null when there are too few.
    pub share_low: Option<f64>,
    pub share_high: Option<f64>,
}

/// Change of the share that gets there, for each unit that the page took longer.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct ImpactSlope {
    /// -0.01 is one percentage point less often.
    pub change: f64,
    /// Its 95 % interval.
    pub low: f64,
    pub high: f64,
}

#[derive(Debug, Row, Deserialize)]
struct EdgesRow {
    edges: Vec<f64>,
}

#[derive(Debug, Row, Deserialize)]
struct SumsRow {
    bucket: u8,
    device: String,
    country: String,
    n: u64,
    converted_n: u64,
    weights: f64,
    wc: f64,
    wx: f64,
    wxx: f64,
    wxc: f64,
    squares: Vec<f64>,
    squares_converted: Vec<f64>,
}

pub async fn impact(
    store: &Store,
    scope: &Scope,
    journey: &Journey,
    metric: Metric,
) -> Result<ImpactAnswer, QueryError> {
    let unit = if metric == Metric::Cls { 0.01 } else { 100.0 };
    let first_route = journey.steps.first().filter(|step| step.kind == StepKind::Route);
    let ask = |sql: &str| {
        // The name of the column comes from a list of ours.
        let speeds = include_str!("impact_speeds.sql").replace("{metric}", metric.name());
        let query = prepare_scoped(store, &statement(&sql.replace("{speeds}", &speeds)), scope);
        journey.bind(query).param("first_route", first_route.map_or("", |step| &step.value))
    };
    let edges: Option<EdgesRow> = ask(include_str!("impact_edges.sql")).fetch_optional().await?;
    let mut edges = edges.map_or_else(Vec::new, |row| row.edges);
    let most = edges.pop().unwrap_or_default();
    edges.dedup();
    let rows: Vec<SumsRow> = match edges.is_empty() {
        true => Vec::new(),
        false => {
            let query = ask(include_str!("impact.sql")).param("edges", &edges).param("most", most);
            query.param("unit", unit).param("limit", IMPACT_GROUPS_MAX).fetch_all().await?
        }
    };
    let mut answer = ImpactAnswer {
        range: scope.range,
        metric,
        window: journey.window_seconds,
        says: String::new(),
        n: rows.iter().map(|row| row.n).sum(),
        buckets: buckets(&rows, &edges),
        unit,
        slope: None,
        within: None,
        kinds: 0,
    };
    let mut kinds: BTreeMap<(&str, &str), Moments> = BTreeMap::new();
    rows.iter().for_each(|row| kinds.entry((&row.device, &row.country)).or_default().add(&moments(row)));
    answer.kinds = kinds.len() as u64;
    let converted: u64 = rows.iter().map(|row| row.converted_n).sum();
    if answer.n >= IMPACT_SESSIONS_MIN && (1..answer.n).contains(&converted) {
        let kinds: Vec<Moments> = kinds.into_values().collect();
        let mut all = Moments::default();
        kinds.iter().for_each(|sums| all.add(sums));
        answer.slope = slope::slope(&[all]).map(ImpactSlope::from);
        answer.within = slope::slope(&kinds).map(ImpactSlope::from);
    }
    answer.says = says(&answer);
    Ok(answer)
}

fn moments(row: &SumsRow) -> Moments {
    let at = |list: &[f64], place: usize| list.get(place).copied().unwrap_or_default();
    Moments {
        w: row.weights,
        wc: row.wc,
        wx: row.wx,
        wxx: row.wxx,
        wxc: row.wxc,
        squares: std::array::from_fn(|place| at(&row.squares, place)),
        converted: std::array::from_fn(|place| at(&row.squares_converted, place)),
    }
}

fn buckets(rows: &[SumsRow], edges: &[f64]) -> Vec<ImpactBucket> {
    let bucket = |place: usize| {
        let rows = || rows.iter().filter(|row| usize::from(row.bucket) == place);
        let mut sums = Moments::default();
        rows().for_each(|row| sums.add(&moments(row)));
        let n: u64 = rows().map(|row| row.n).sum();
        let share = if sums.w > 0.0 { sums.wc / sums.w } else { 0.0 };
        // Kish's effective number (Survey Sampling, 1965, §11.7): each session is one.
        let interval = share_interval(share, if n > 0 { sums.w * sums.w / sums.squares[0] } else { 0.0 });
        ImpactBucket {
            from: place.checked_sub(1).and_then(|below| edges.get(below)).copied().unwrap_or_default(),
            to: edges.get(place).copied(),
            n,
            sessions: sums.w,
            share,
            share_low: interval.map(|interval| interval.low),
            share_high: interval.map(|interval| interval.high),
        }
    };
    if rows.is_empty() { Vec::new() } else { (0..=edges.len()).map(bucket).filter(|bucket| bucket.n > 0).collect() }
}

fn says(answer: &ImpactAnswer) -> String {
    let name = answer.metric.name().to_uppercase();
    let unit =
        if answer.metric == Metric::Cls { "0.01 higher".to_owned() } else { format!("{} ms longer", answer.unit) };
    let Some(within) = answer.within else {
        return format!(
            "{} sessions did the first step with a known {name}: at least {IMPACT_SESSIONS_MIN} are needed, some of which get to the \
             end and some not.",
            answer.n
        );
    };
    let points = |share: f64| format!("{:.2}", 100.0 * share.abs());
    if within.low <= 0.0 && within.high >= 0.0 {
        return format!(
            "Among visitors of the same device and country no difference is seen: per {unit} of {name} {:+.2} percentage points, \
             between {:+.2} and {:+.2}.",
            100.0 * within.change,
            100.0 * within.low,
            100.0 * within.high
        );
    }
    let (word, [near, far]) = match within.change < 0.0 {
        true => ("less", [within.high, within.low]),
        false => ("more", [within.low, within.high]),
    };
    format!(
        "Among visitors of the same device and country, sessions whose {name} was {unit} got to the end {} percentage points {word} \
         often ({} to {}). That goes along with speed; it need not be caused by it.",
        points(within.change),
        points(near),
        points(far)
    )
}

impl From<Slope> for ImpactSlope {
    fn from(Slope { change, low, high }: Slope) -> Self {
        Self { change, low, high }
    }
}
