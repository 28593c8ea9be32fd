//! Why a question has no answer, sorted by what the asker can do about it.

use limen_store::StoreError;

/// Why a question could not be answered.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The question itself is not valid; asking again the same way will fail again.
    #[error(transparent)]
    Scope(#[from] ScopeError),
    /// There is no such session or trace.
    #[error("no {what} with the id `{id}` in application `{app}`")]
    NotFound { what: &'static str, id: String, app: String },
    /// The question needs more memory or rows than one question may use; a narrower one may not.
    #[error("the answer needs more memory than there is: narrow the time range or the filters")]
    TooLarge,
    /// The engine failed; the store's error says whether asking again can help.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What ClickHouse says when a query reaches its own limits, or comes upon that of all of them, which is hardly larger.
const OWN_LIMITS: [&str; 3] =
    ["Query memory limit exceeded", "(total) memory limit exceeded", "Limit for result exceeded"];

impl From<clickhouse::error::Error> for QueryError {
    fn from(error: clickhouse::error::Error) -> Self {
        match &error {
            clickhouse::error::Error::BadResponse(text) if OWN_LIMITS.iter().any(|limit| text.contains(limit)) => {
                QueryError::TooLarge
            }
            _ => QueryError::Store(error.into()),
        }
    }
}

/// What is wrong with a question.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScopeError {
    /// A time is not in RFC 3339.
    #[error("`{name}` is not a time: `{value}`")]
    Time { name: &'static str, value: String },
    /// A time lies outside the years the store can hold.
    #[error("`{name}` lies outside the years 1980 to 2200: `{value}`")]
    TimeOutOfRange { name: &'static str, value: String },
    /// The range ends before it begins.
    #[error("`from` must lie before `to`")]
    RangeEmpty,
    /// Half a range to compare with.
    #[error("`baseline_from` and `baseline_to` belong together")]
    Baseline,
    /// The range is longer than the limit.
    #[error("the range is longer than {max_days} days")]
    RangeTooLong { max_days: i64 },
    /// A filter is not `dimension:value`.
    #[error("`{value}` is not a filter")]
    Filter { value: String },
    /// There is no such dimension.
    #[error("there is no dimension `{value}`")]
    Dimension { value: String },
    /// There is no such source.
    #[error("there is no source `{value}`")]
    Source { value: String },
    /// There are no such visitors.
    #[error("there are no visitors `{value}`")]
    Visitors { value: String },
    /// More filters than the limit.
    #[error("{count} filters are more than the limit of {max}")]
    FiltersTooMany { count: usize, max: usize },
    /// A filter's value is longer than the limit.
    #[error("the value of a filter has {bytes} bytes, more than the limit of {max}")]
    FilterTooLong { bytes: usize, max: usize },
    /// There is no such metric.
    #[error("there is no metric `{value}`")]
    Metric { value: String },
    /// There is no such time to be divided.
    #[error("`{value}` is no time of a view that can be divided")]
    Vital { value: String },
    /// There is no such figure of a view to be explained.
    #[error("`{value}` is no figure of a view that can be explained")]
    Explained { value: String },
    /// A metric cannot be read like that.
    #[error("`{value}` is no way to read this metric, which has {fits}")]
    Reading { value: String, fits: String },
    /// There is no such metric in the range.
    #[error("nobody reported the metric `{name}` in this time")]
    NoMetric { name: String },
    /// An attribute to choose by is not written as it should be.
    #[error("`{value}` is no attribute with a value")]
    AttributeFilter { value: String },
    /// A breakdown cannot be ordered by this.
    #[error("rows cannot be ordered by `{value}`")]
    Order { value: String },
    /// A statement is longer than the limit.
    #[error("the statement is longer than {max} bytes")]
    SqlTooLong { max: usize },
    /// The engine refuses a statement.
    #[error("{told}")]
    Sql { told: String },
    /// A statement does more than to read Limen's own tables.
    #[error("{what} is not allowed here")]
    SqlRefused { what: String },
    /// Requests cannot be ordered by this.
    #[error("requests cannot be ordered by `{value}`")]
    RequestOrder { value: String },
    /// What is given is no name of a host.
    #[error("`host` must have 1 to {max} bytes")]
    Host { max: usize },
    /// There is no such class of errors.
    #[error("there is no class of errors `{value}`")]
    ErrorClass { value: String },
    /// Groups of errors cannot be ordered by this.
    #[error("groups of errors cannot be ordered by `{value}`")]
    ErrorOrder { value: String },
    /// More rows asked for than the limit, or none.
    #[error("`limit` must be between 1 and {max}")]
    Limit { max: u32 },
    /// The cursor was not made by this API.
    #[error("`{value}` is not a cursor")]
    Cursor { value: String },
    /// A search has a term that means nothing.
    #[error("`{value}` cannot be searched for")]
    Search { value: String, hint: &'static str },
    /// A search is longer than the limit.
    #[error("the search is longer than {max} bytes")]
    SearchTooLong { max: usize },
    /// A search has more terms than the limit.
    #[error("{count} terms are more than the limit of {max}")]
    SearchTerms { count: usize, max: usize },
    /// A step of a journey is not `kind:value`.
    #[error("`{value}` is not a step of a journey")]
    Step { value: String },
    /// A journey has too few or too many steps.
    #[error("a journey has 2 to {max} steps, and not {count}")]
    Steps { count: usize, max: usize },
    /// A journey may take longer than a session, or no time.
    #[error("`window` must be between 1 and {max} seconds")]
    Window { max: u32 },
    /// The id is not one.
    #[error("`{value}` is not the id of a {what}")]
    Id { what: &'static str, value: String },
}

impl ScopeError {
    /// What to do instead.
    pub fn hint(&self) -> &'static str {
        match self {
            ScopeError::Time { .. } | ScopeError::TimeOutOfRange { .. } => {
                "write times in UTC like 2026-01-31T09:30:00Z (a `+` in a URL must be written %2B)"
            }
            ScopeError::RangeEmpty => "swap `from` and `to`, or leave both out for the last hour",
            ScopeError::Baseline => "give both, or neither for the range directly before",
            ScopeError::RangeTooLong { .. } => "ask for a shorter range",
            ScopeError::Filter { .. } => "write filter=dimension:value, such as filter=country:DE",
            ScopeError::Dimension { .. } => {
                "use route, country, device, browser, os, release, environment, network or service"
            }
            ScopeError::FiltersTooMany { .. } | ScopeError::FilterTooLong { .. } => "ask with fewer or shorter filters",
            ScopeError::Source { .. } => "use views or sums, or leave it out",
            ScopeError::Visitors { .. } => "use people, bots or all, or leave it out for people",
            ScopeError::Metric { .. } => "use lcp, inp, cls, fcp or ttfb",
            ScopeError::Vital { .. } => "use lcp, inp, fcp, ttfb or transition",
            ScopeError::Explained { .. } => "use lcp, inp, cls, fcp, ttfb or transition",
            ScopeError::Reading { .. } => "take one of these, or leave it out for the first of them",
            ScopeError::NoMetric { .. } => "take a name from /api/v1/metrics, and a time in which it was reported",
            ScopeError::AttributeFilter { .. } => "write key:value, at most five of them",
            ScopeError::Order { .. } => "use views, lcp, inp or cls",
            ScopeError::Limit { .. } => "use a limit in that range, and the cursor for the rows after it",
            ScopeError::Cursor { .. } => "take `next_cursor` of the answer before, unchanged, or leave it out",
            ScopeError::Search { hint, .. } => hint,
            ScopeError::SearchTooLong { .. } | ScopeError::SearchTerms { .. } => "search for less at a time",
            ScopeError::Id { what: "trace", .. } => "a trace id is 32 hexadecimal digits, not all of them zero",
            ScopeError::SqlTooLong { .. } => "ask in parts",
            ScopeError::Sql { .. } => "write one SELECT in ClickHouse's words, without FORMAT",
            ScopeError::SqlRefused { .. } => {
                "one SELECT may read the tables that /api/v1/sql/tables lists, and nothing else"
            }
            ScopeError::RequestOrder { .. } => "use waited, requests, p75, p95 or failed",
            ScopeError::Host { .. } => "take the host from the list of origins",
            ScopeError::ErrorOrder { .. } => "use sessions, errors, users, last or first",
            ScopeError::ErrorClass { .. } => "there are app, third_party, opaque, extension, noise and all",
            ScopeError::Step { .. } | ScopeError::Steps { .. } => {
                "write step=kind:value once for each step, in order, such as step=route:/cart; kinds are route, action, \
                 transaction-start, transaction-success and transaction-failure"
            }
            ScopeError::Window { .. } => "give seconds in that range, or leave it out for the whole session",
            ScopeError::Id { .. } => "take the id from a list of sessions",
        }
    }
}

#[cfg(test)]
mod tests {
    use clickhouse::error::Error;

    use super::*;

    #[test]
    fn a_question_that_reaches_its_own_limits_is_too_large_and_the_engine_not_away() {
        let own = "Code: 241. DB::Exception: Query memory limit exceeded: would use 2.01 GiB";
        assert!(matches!(QueryError::from(Error::BadResponse(own.to_owned())), QueryError::TooLarge));
        let of_all = "Code: 241. DB::Exception: (total) memory limit exceeded: would use 9.00 GiB";
        assert!(matches!(QueryError::from(Error::BadResponse(of_all.to_owned())), QueryError::TooLarge));
        let away = "Code: 252. DB::Exception: Too many parts";
        assert!(matches!(
            QueryError::from(Error::BadResponse(away.to_owned())),
            QueryError::Store(StoreError::Unavailable(_))
        ));
    }
}
