//! Every number that bounds what one question may cost.

use std::time::Duration;

/// Longest range of a question.
pub const RANGE_DAYS_MAX: i64 = 400;
/// Range of a question that names none.
pub const RANGE_DEFAULT: Duration = Duration::from_secs(3600);
/// Filters in one question, over all dimensions.
pub const FILTERS_MAX: usize = 50;
/// Bytes of one filter's value.
pub const FILTER_BYTES_MAX: usize = 1024;
/// Bytes of a session id; the agent's own have 32, other SDKs' are mostly UUIDs.
pub const SESSION_ID_BYTES_MAX: usize = 128;
/// Points of a series aimed at; the step is the shortest one that needs no more.
pub const SERIES_POINTS_AIM: i64 = 60;

/// Rows of a breakdown unless the question says otherwise, and at most.
pub const BREAKDOWN_ROWS_DEFAULT: u32 = 50;
pub const BREAKDOWN_ROWS_MAX: u32 = 500;
/// Rows of a list unless the question says otherwise, and at most.
pub const LIST_ROWS_DEFAULT: u32 = 50;
pub const LIST_ROWS_MAX: u32 = 200;

/// Addresses of pages on which rules are tried.
pub const PAGES_MAX: u32 = 10_000;

/// Elements of each vital, requests and errors among the causes of a range.
pub const CAUSES_MAX: u32 = 20;
/// Characters of an error's message there.
pub const CAUSE_MESSAGE_LENGTH_MAX: u32 = 300;
/// How long after its start something is looked for inside a view.
pub const VIEW_LENGTH_MAX: Duration = Duration::from_secs(24 * 3600);

/// Rows of each kind (views, events, requests) in the timeline of one session.
pub const SESSION_ROWS_MAX: u32 = 5_000;
/// How far a session may reach beyond the range in which one of its views was found.
pub const SESSION_LENGTH_MAX: Duration = Duration::from_secs(24 * 3600);
/// How far a trace in a list may reach beyond the range in which one of its spans was found.
pub const TRACE_LENGTH_MAX: Duration = Duration::from_secs(3600);
/// Spans of one trace.
pub const TRACE_SPANS_MAX: u32 = 10_000;
/// Logs and views shown beside one trace.
pub const TRACE_LOGS_MAX: u32 = 2_000;
pub const TRACE_VIEWS_MAX: u32 = 100;

/// Below this many values an interval says nothing that "too few" does not say better.
pub const INTERVAL_VALUES_MIN: u64 = 20;

/// Seconds the engine may work on one query of a question.
pub const QUERY_SECONDS_MAX: u32 = 20;
/// Rows the engine may answer to one query; above it the query fails rather than answers in part.
pub const QUERY_ROWS_MAX: u32 = 100_000;
/// Bytes of memory the engine may use for one query.
pub const QUERY_MEMORY_BYTES_MAX: u64 = 2 * 1024 * 1024 * 1024;
/// How long a whole question may take, for the case that the engine does not keep its own limit.
pub const QUESTION_TIME_MAX: Duration = Duration::from_secs(30);
/// Spans that are put together to traces for the map of services, or for how traces go on; above, one trace of several is.
pub const JOINED_SPANS_MAX: u64 = 400_000;
/// Services and calls between them in one map.
pub const SERVICE_CALLS_MAX: u32 = 500;

/// Bytes and terms of a search in logs.
pub const SEARCH_BYTES_MAX: usize = 2048;
pub const SEARCH_TERMS_MAX: usize = 20;
/// Lines of the newest that are looked at for what fields there are, fields in the answer, and values of each.
pub const LOG_FIELD_LINES_MAX: u32 = 50_000;
pub const LOG_FIELDS_MAX: u32 = 60;
pub const LOG_FIELD_VALUES_MAX: u32 = 8;
/// Lines before and after one, and how far away they may be.
pub const LOG_CONTEXT_LINES: u32 = 25;
pub const LOG_CONTEXT_LENGTH_MAX: Duration = Duration::from_secs(3600);
/// A line may be readable this much later than one that was received after it.
pub const LOG_TAIL_OVERLAP: Duration = Duration::from_secs(5);

/// Bytes of a free question in SQL, rows and bytes of its answer, and what the engine may spend on it.
pub const SQL_BYTES_MAX: usize = 32 * 1024;
pub const SQL_ROWS_MAX: u32 = 10_000;
pub const SQL_ANSWER_BYTES_MAX: usize = 32 * 1024 * 1024;
pub const SQL_SECONDS_MAX: u32 = 15;
pub const SQL_MEMORY_BYTES_MAX: u64 = 512 * 1024 * 1024;

/// Groups of requests, hosts that pages load from, and resources of one host, in one answer.
pub const REQUEST_GROUPS_MAX: u32 = 500;
pub const ORIGINS_MAX: u32 = 500;
pub const RESOURCES_MAX: u32 = 200;
/// Bytes of the name of a host, RFC 1035, section 2.3.4.
pub const HOST_BYTES_MAX: usize = 253;

/// Groups of errors in one answer.
pub const ERROR_GROUPS_MAX: u32 = 200;
/// Errors of one group, values of each dimension, and events before an error, in one answer.
pub const ERROR_OCCURRENCES_MAX: u32 = 20;
pub const ERROR_SHARES_MAX: u32 = 6;
pub const ERROR_EVENTS_BEFORE_MAX: u32 = 30;

/// Metrics in one answer.
pub const METRICS_MAX: u32 = 2_000;
/// From so many views on sums are read instead of them: below, the exact answer takes no longer than a person notices.
pub const SUMS_WORTH_VIEWS: u64 = 200_000;
/// Event names and attributes in one answer about usage.
pub const USAGE_ROWS_MAX: u32 = 100;
/// Records of each table whose attributes are looked at: they are the widest column.
pub const ATTRIBUTE_RECORDS_MAX: u64 = 500_000;
/// From so many different routes on there is a warning …
pub const ROUTES_WARNED: u64 = 1_000;
/// … names of events …
pub const EVENT_NAMES_WARNED: u64 = 200;
/// … and values of one attribute.
pub const ATTRIBUTE_VALUES_WARNED: u64 = 10_000;
/// Shorter ranges are read from views without looking how many there are.
pub const SUMS_WORTH_NANOS: i64 = 6 * 3600 * 1_000_000_000;
/// Events of one view that a chain of blame looks at: long frames, resources, vitals.
pub const BLAME_EVENTS_MAX: u32 = 2_000;
/// Scripts in the long frames of one view.
pub const BLAME_SCRIPTS_MAX: usize = 2_000;
/// Cohorts that one explanation names.
pub const EXPLAIN_COHORTS_MAX: usize = 3;
/// Dimensions of a cohort.
pub const EXPLAIN_DIMENSIONS_MAX: usize = 3;
/// Values of one dimension that a cohort can have.
pub const EXPLAIN_SET_MAX: usize = 8;
/// Cohorts of two dimensions that are tried with a third.
pub const EXPLAIN_EXTENDED_MAX: usize = 30;
/// Values of one dimension that cohorts are made of: its most frequent ones.
pub const EXPLAIN_VALUES_MAX: u32 = 24;
/// Views near the p75 of a cohort that are divided between owners, of now and of before each.
pub const EXPLAIN_BLAMED_VIEWS: u32 = 12;
/// Rows of one metric that are read, each a series in a step of time.
pub const METRIC_ROWS_MAX: u32 = 200_000;
/// Lines of a metric in one answer.
pub const METRIC_GROUPS_MAX: usize = 12;
/// Attributes that points of a metric are chosen by.
pub const METRIC_ATTRIBUTES_MAX: usize = 5;
/// Attributes of a metric that an answer names.
pub const METRIC_ATTRIBUTES_SHOWN_MAX: u32 = 50;
/// Longest name of such an attribute.
pub const METRIC_KEY_BYTES_MAX: usize = 128;
/// Measurements with a trace in one answer.
pub const METRIC_EXEMPLARS_MAX: u32 = 20;
/// A sender reports at least so often: what counts up is known from one point on.
pub const METRIC_LOOKBACK_NANOS: i64 = 5 * 60 * 1_000_000_000;
/// Feature flags of one view that an explanation looks at, …
pub const EXPLAIN_FLAGS_OF_VIEW_MAX: u32 = 64;
/// … variants of flags, now and before, …
pub const EXPLAIN_FLAG_ROWS_MAX: u32 = 2_000;
/// … and those of them that it names.
pub const EXPLAIN_FLAGS_MAX: usize = 5;
/// Views near the p75 of a population that are divided between owners.
pub const BLAME_POPULATION_VIEWS: u32 = 40;
/// Values that were looked at and found unchanged, in one answer.
pub const EXPLAIN_UNCHANGED_MAX: usize = 20;
/// Kinds of visitors (user agent, country, route) that served documents are told apart by.
pub const COVERAGE_GROUPS_MAX: u32 = 20_000;
/// Values of one dimension in an answer about coverage.
pub const COVERAGE_ROWS_MAX: usize = 50;
/// Combinations of host, release and service that calls of pages are told apart by.
pub const CONTINUITY_GROUPS_MAX: u32 = 5_000;
/// Spans of services come so long after the call.
pub const CONTINUITY_LATE: Duration = Duration::from_secs(60);
/// Steps of a journey.
pub const FUNNEL_STEPS_MAX: usize = 8;
/// What happened at steps of a journey in one session: the earliest of it.
pub const FUNNEL_HAPPENINGS_MAX: u32 = 2_000;
/// Sessions named among those that left a journey at one step.
pub const FUNNEL_LEFT_MAX: u32 = 20;
/// Combinations of speed, device and country that sessions of a journey are told apart by.
pub const IMPACT_GROUPS_MAX: u32 = 20_000;
/// Sessions below which nothing is said about what goes along with speed.
pub const IMPACT_SESSIONS_MIN: u64 = 100;
/// Releases in one answer.
pub const RELEASES_MAX: u32 = 20;
