//! How much of what was served do we see? Documents that services answered with, and the views that reported them.
//!
//! A document and its view have one trace: the answer names it in `Server-Timing`. What did not report is told apart as far as it
//! can be: robots by their user agent, sessions that sampling left out by the weights of those that it kept (each stands for
//! 1/π; Horvitz and Thompson, "A generalization of sampling without replacement from a finite universe", JASA 1952), routes
//! whose pages never report. The rest was blocked, broke, or was left before anything was sent: nothing that arrives can tell.

mod groups;

use clickhouse::Row;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::limits::COVERAGE_GROUPS_MAX;
use crate::precision::{Interval, count_interval};
use crate::prepare::prepare;
use crate::scope::Range;
use crate::total::total;
use crate::{Dimension, QueryError, Scope};

/// What of the served documents was seen.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CoverageAnswer {
    pub range: Range,
    /// In one sentence.
    pub says: String,
    /// Documents served to people, as services' spans tell (weighted, where those are sampled).
    pub served: f64,
    /// The same as stored.
    pub n: u64,
    /// Of those, the ones with a view.
    pub reported: f64,
    /// The share of people's documents that report, or would if no session were left out, with its 95 % interval; null
    /// without documents.
    pub share: Option<f64>,
    pub share_low: Option<f64>,
    pub share_high: Option<f64>,
    /// What took the rest; the first is what can be helped most easily.
    pub losses: Vec<Loss>,
    /// Documents served to robots and tests, which are in no other figure.
    pub robots: f64,
    /// Who reports and who does not, those most served first.
    pub by: Vec<CoverageBy>,
    /// Filters that services know nothing of and that were left out.
    pub ignored: Vec<Dimension>,
    /// Whether there were more kinds of visitors than were looked at.
    pub truncated: bool,
}

/// Documents without a view, by why.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Loss {
    pub cause: LossCause,
    pub documents: f64,
    pub low: f64,
    pub high: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LossCause {
    /// No page of the route reported, of enough: the script is not on it, or does not run.
    NotInstrumented,
    /// The session was left out by a rule of sampling.
    Sampled,
    /// Blocked, broken, or left before anything was sent.
    Unseen,
}

/// By one dimension.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CoverageBy {
    /// `browser`, `device`, `country` or `route`; `network` where services record the client hint ECT.
    pub dimension: Dimension,
    pub rows: Vec<CoverageRow>,
}

/// Of one value.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CoverageRow {
    /// Empty when unknown.
    pub value: String,
    pub served: f64,
    pub n: u64,
    pub reported: f64,
    /// As above.
    pub share: f64,
    /// Null when there are too few.
    pub share_low: Option<f64>,
    pub share_high: Option<f64>,
}

/// What a service was told of whoever called it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CoverageVisitor {
    pub browser: &'static str,
    pub device: &'static str,
    pub robot: bool,
}

/// Documents of one kind of visitor.
#[derive(Debug, Default, Row, Deserialize)]
struct ServedRow {
    agent: String,
    country: String,
    route: String,
    network: String,
    n: u64,
    served: f64,
    joined_n: u64,
    joined_served: f64,
    would: f64,
    variance: f64,
}

/// `read` tells who a user agent is.
pub async fn coverage(
    store: &Store,
    scope: &Scope,
    read: impl Fn(&str) -> CoverageVisitor,
) -> Result<CoverageAnswer, QueryError> {
    let in_sql = [Dimension::Country, Dimension::Environment];
    let filtered = |dimensions: &[Dimension]| {
        scope.filters.iter().filter(|filter| dimensions.contains(&filter.dimension)).cloned().collect::<Vec<_>>()
    };
    let conditions = Scope { filters: filtered(&in_sql), ..scope.clone() }.conditions();
    let sql = include_str!("coverage.sql").replace("{conditions}", &conditions);
    let rows: Vec<ServedRow> = scope.bind(prepare(store, &sql)).param("limit", COVERAGE_GROUPS_MAX).fetch_all().await?;
    let truncated = rows.len() == COVERAGE_GROUPS_MAX as usize;
    let networks = rows.iter().any(|row| !row.network.is_empty());
    let mut here = vec![Dimension::Route, Dimension::Browser, Dimension::Device];
    here.extend(networks.then_some(Dimension::Network));
    let wanted = filtered(&here);
    let seen: Vec<groups::Seen> = rows.into_iter().map(|row| groups::Seen { visitor: read(&row.agent), row }).collect();
    let seen = seen
        .into_iter()
        .filter(|seen| wanted.iter().all(|filter| filter.values.contains(&seen.value(filter.dimension))));
    let (robots, people): (Vec<_>, Vec<_>) = seen.partition(|seen| seen.visitor.robot);
    let ignored = scope.filters.iter().map(|filter| filter.dimension);
    let ignored = ignored.filter(|dimension| !in_sql.contains(dimension) && !here.contains(dimension)).collect();
    Ok(answer(scope.range, &people, total(robots.iter().map(|seen| seen.row.served)), ignored, truncated))
}

fn answer(
    range: Range,
    people: &[groups::Seen],
    robots: f64,
    ignored: Vec<Dimension>,
    truncated: bool,
) -> CoverageAnswer {
    let all = groups::sum(people.iter());
    let silent = groups::not_instrumented(people);
    // Who would have reported is estimated and may come out above what was served: nobody reports twice.
    let would = all.would.min(all.served - silent);
    let Interval { low, high } = count_interval(would, all.variance, all.joined_served);
    let at_most = |documents: f64| documents.max(0.0);
    let unseen = |would: f64| at_most(all.served - silent - would);
    let losses = [
        Loss { cause: LossCause::NotInstrumented, documents: silent, low: silent, high: silent },
        Loss {
            cause: LossCause::Sampled,
            documents: at_most(would - all.joined_served),
            low: at_most(low - all.joined_served),
            high: at_most(high.min(all.served - silent) - all.joined_served),
        },
        Loss { cause: LossCause::Unseen, documents: unseen(would), low: unseen(high), high: unseen(low) },
    ];
    let interval = groups::share_interval_of(&all);
    let mut answer = CoverageAnswer {
        range,
        says: String::new(),
        served: all.served,
        n: all.n,
        reported: all.joined_served,
        share: (all.served > 0.0).then(|| would / all.served),
        share_low: interval.map(|interval| interval.low),
        share_high: interval.map(|interval| interval.high),
        losses: losses.into_iter().filter(|loss| loss.high > 0.0).collect(),
        robots,
        by: groups::dimensions(people).map(|dimension| groups::by(people, dimension)).collect(),
        ignored,
        truncated,
    };
    answer.says = says(&answer);
    answer
}

fn says(answer: &CoverageAnswer) -> String {
    let Some(share) = answer.share else {
        return "No document of this time can be told: let a service that answers with documents send its spans, and name them in \
                Server-Timing."
            .to_owned();
    };
    let percent = |share: f64| format!("{:.1}\u{a0}%", 100.0 * share);
    let mut text = format!("{} of the documents that people were served are seen", percent(share));
    if let (Some(low), Some(high)) = (answer.share_low, answer.share_high) {
        text += &format!(" ({} to {})", percent(low), percent(high));
    }
    text + "."
}

#[cfg(test)]
mod tests;
