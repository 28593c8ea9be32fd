//! What part of the data a question is about: application, time range, filters. Parsed and checked once, here.

use std::fmt::Write as _;

use clickhouse::query::Query;
use limen_model::AppId;
use serde::Serialize;
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};
use utoipa::ToSchema;

use crate::limits::{
    FILTER_BYTES_MAX, FILTERS_MAX, RANGE_DAYS_MAX, RANGE_DEFAULT, SESSION_LENGTH_MAX, TRACE_LENGTH_MAX,
};
use crate::rollup::Wanted;
use crate::visitors::Visitors;
use crate::{ScopeError, Time};

/// The checked scope of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Scope {
    pub app: AppId,
    pub range: Range,
    /// One entry per dimension; the values of one dimension are alternatives, the dimensions must all match.
    pub filters: Vec<Filter>,
    pub wanted: Wanted,
    pub visitors: Visitors,
}

/// A span of time: `from` belongs to it, `to` does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Range {
    pub from: Time,
    pub to: Time,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    pub dimension: Dimension,
    pub values: Vec<String>,
}

/// What views can be filtered by and broken down by. This is the whitelist: a name in SQL comes from here only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Dimension {
    Route,
    Country,
    Device,
    Browser,
    Os,
    Release,
    Environment,
    Network,
    Service,
}

impl Dimension {
    pub const ALL: [Dimension; 9] = [
        Dimension::Route,
        Dimension::Country,
        Dimension::Device,
        Dimension::Browser,
        Dimension::Os,
        Dimension::Release,
        Dimension::Environment,
        Dimension::Network,
        Dimension::Service,
    ];

    /// The name in the API, which is also the column of `views` and `events`.
    pub fn name(self) -> &'static str {
        match self {
            Dimension::Route => "route",
            Dimension::Country => "country",
            Dimension::Device => "device",
            Dimension::Browser => "browser",
            Dimension::Os => "os",
            Dimension::Release => "release",
            Dimension::Environment => "environment",
            Dimension::Network => "network",
            Dimension::Service => "service",
        }
    }

    pub fn parse(text: &str) -> Result<Self, ScopeError> {
        let known = Self::ALL.into_iter().find(|dimension| dimension.name() == text);
        known.ok_or_else(|| ScopeError::Dimension { value: text.to_owned() })
    }

    fn is_column_of_logs(self) -> bool {
        matches!(self, Dimension::Release | Dimension::Environment | Dimension::Service)
    }

    /// Spans know where they ran, but only their session knows the browser.
    fn is_column_of_spans(self) -> bool {
        matches!(
            self,
            Dimension::Route | Dimension::Country | Dimension::Release | Dimension::Environment | Dimension::Service
        )
    }
}

/// A scope as it was asked for.
#[derive(Debug, Clone, Copy)]
pub struct ScopeRequest<'a> {
    pub from: Option<&'a str>,
    pub to: Option<&'a str>,
    /// Each `dimension:value`.
    pub filters: &'a [String],
    /// `views` or `sums`; left out, whatever is quicker.
    pub source: Option<&'a str>,
    /// `people`, `bots` or `all`; left out, people.
    pub visitors: Option<&'a str>,
}

impl Scope {
    /// Checks a request. What is left out means the hour that ends at `to`, or at `now`.
    pub fn parse(app: AppId, request: ScopeRequest<'_>, now: OffsetDateTime) -> Result<Self, ScopeError> {
        let range = parse_range(request.from, request.to, now)?;
        let wanted = request.source.map_or(Ok(Wanted::Any), Wanted::parse)?;
        let visitors = request.visitors.map_or(Ok(Visitors::People), Visitors::parse)?;
        Ok(Self { app, range, filters: parse_filters(request.filters)?, wanted, visitors })
    }

    /// What this scope is compared with: another range, other filters, or both; of neither, the range directly before.
    pub fn baseline(&self, from: Option<&str>, to: Option<&str>, filters: &[String]) -> Result<Self, ScopeError> {
        let range = match (from, to) {
            (None, None) if filters.is_empty() => self.previous(),
            (None, None) => self.range,
            (Some(_), Some(_)) => parse_range(from, to, OffsetDateTime::UNIX_EPOCH)?,
            _ => return Err(ScopeError::Baseline),
        };
        let filters = if filters.is_empty() { self.filters.clone() } else { parse_filters(filters)? };
        Ok(Self { range, filters, ..self.clone() })
    }

    /// The range of the same length directly before.
    pub fn previous(&self) -> Range {
        let Range { from, to } = self.range;
        Range { from: Time(from.0 - (to.0 - from.0)), to: from }
    }

    /// The filters as conditions on `views` or `events`, in place of `{filters}`.
    pub(crate) fn conditions(&self) -> String {
        let mut sql = String::new();
        self.filters.iter().for_each(|filter| push_condition(&mut sql, filter.dimension));
        sql
    }

    /// The filters as conditions on `spans`: what a span does not know itself, one of its session's views must.
    pub(crate) fn span_conditions(&self) -> String {
        self.conditions_or_of_session(Dimension::is_column_of_spans)
    }

    /// The filters as conditions on `logs`, likewise.
    pub(crate) fn log_conditions(&self) -> String {
        self.conditions_or_of_session(Dimension::is_column_of_logs)
    }

    fn conditions_or_of_session(&self, is_column: impl Fn(Dimension) -> bool) -> String {
        let mut sql = String::new();
        let (own, of_session): (Vec<_>, Vec<_>) =
            self.filters.iter().map(|filter| filter.dimension).partition(|dimension| is_column(*dimension));
        own.into_iter().for_each(|dimension| push_condition(&mut sql, dimension));
        if !of_session.is_empty() {
            sql.push_str(
                " AND session_id IN (SELECT session_id FROM views FINAL WHERE app = {app:String} AND session_id != ''\
                 \n    AND start >= fromUnixTimestamp64Nano({session_from:Int64}, 'UTC')\
                 \n    AND start < fromUnixTimestamp64Nano({session_to:Int64}, 'UTC')",
            );
            of_session.into_iter().for_each(|dimension| push_condition(&mut sql, dimension));
            sql.push(')');
        }
        sql
    }

    /// Gives a query the parameters that the conditions and the range of every `.sql` name.
    pub(crate) fn bind(&self, query: Query) -> Query {
        let Range { from, to } = self.range;
        let (session, trace) = (SESSION_LENGTH_MAX.as_nanos() as i64, TRACE_LENGTH_MAX.as_nanos() as i64);
        let query = query
            .param("app", self.app.as_str())
            .param("from", from.0)
            .param("to", to.0)
            .param("previous_from", self.previous().from.0)
            .param("session_from", from.0 - session)
            .param("session_to", to.0 + session)
            .param("trace_from", from.0 - trace)
            .param("trace_to", to.0 + trace);
        self.filters
            .iter()
            .fold(query, |query, filter| query.param(&format!("filter_{}", filter.dimension.name()), &filter.values))
    }
}

fn push_condition(sql: &mut String, dimension: Dimension) {
    let name = dimension.name();
    // Writing to a `String` cannot fail.
    let _ = write!(sql, "\n    AND {name} IN {{filter_{name}:Array(String)}}");
}

fn parse_range(from: Option<&str>, to: Option<&str>, now: OffsetDateTime) -> Result<Range, ScopeError> {
    let to = to.map_or(Ok(now), |text| parse_time("to", text))?;
    let from = from.map_or(Ok(to - RANGE_DEFAULT), |text| parse_time("from", text))?;
    if from >= to {
        return Err(ScopeError::RangeEmpty);
    }
    if to - from > Duration::days(RANGE_DAYS_MAX) {
        return Err(ScopeError::RangeTooLong { max_days: RANGE_DAYS_MAX });
    }
    Ok(Range { from: from.into(), to: to.into() })
}

impl Time {
    /// Reads a parameter of that name.
    pub fn parse(name: &'static str, text: &str) -> Result<Self, ScopeError> {
        parse_time(name, text).map(Self::from)
    }
}

fn parse_time(name: &'static str, text: &str) -> Result<OffsetDateTime, ScopeError> {
    let value = || clipped(text);
    let time = OffsetDateTime::parse(text, &Rfc3339).map_err(|_| ScopeError::Time { name, value: value() })?;
    // Far enough from the ends of an `i64` of nanoseconds that no margin around a range overflows it.
    if (1980..2200).contains(&time.year()) {
        Ok(time)
    } else {
        Err(ScopeError::TimeOutOfRange { name, value: value() })
    }
}

fn parse_filters(texts: &[String]) -> Result<Vec<Filter>, ScopeError> {
    if texts.len() > FILTERS_MAX {
        return Err(ScopeError::FiltersTooMany { count: texts.len(), max: FILTERS_MAX });
    }
    let mut filters: Vec<Filter> = Vec::new();
    for text in texts {
        let (name, value) = text.split_once(':').ok_or_else(|| ScopeError::Filter { value: clipped(text) })?;
        let dimension = Dimension::parse(name)?;
        if value.len() > FILTER_BYTES_MAX {
            return Err(ScopeError::FilterTooLong { bytes: value.len(), max: FILTER_BYTES_MAX });
        }
        match filters.iter_mut().find(|filter| filter.dimension == dimension) {
            Some(filter) => filter.values.push(value.to_owned()),
            None => filters.push(Filter { dimension, values: vec![value.to_owned()] }),
        }
    }
    Ok(filters)
}

/// What of a stranger's text is worth repeating in a message.
pub(crate) fn clipped(text: &str) -> String {
    text.chars().take(80).collect()
}

#[cfg(test)]
mod tests;
