//! Every limit of this stage with its number: what a stranger can put into columns is bounded here.

/// Bytes of a text in a column with few different values: a name, a route, a release.
pub(crate) const LABEL_BYTES_MAX: usize = 256;

/// Bytes of the id of a session, a view or a user; Limen's own have 32 and 16.
pub(crate) const ID_BYTES_MAX: usize = 128;

/// Bytes of a selector.
pub(crate) const SELECTOR_BYTES_MAX: usize = 1024;

/// Bytes of a body that had to be written out as JSON.
pub(crate) const RENDERED_BYTES_MAX: usize = 16 * 1024;

/// Bytes of a user-agent string that are looked at; real ones have 80 to 400.
pub(crate) const USER_AGENT_BYTES_MAX: usize = 1024;

/// How often a text is looked at again after secrets were taken out of it; real ones need two looks.
pub(crate) const REDACTION_PASSES_MAX: usize = 4;

/// Rules for routes of one application, and bytes of the pattern of each.
pub(crate) const ROUTE_RULES_MAX: usize = 200;
pub(crate) const ROUTE_PATTERN_BYTES_MAX: usize = 512;

/// Different routes that an application may have in a day, unless its settings say otherwise.
pub(crate) const ROUTES_A_DAY_DEFAULT: usize = 2000;

/// Expressions for secrets of one application, bytes of each, and bytes that each may take once it is read.
pub(crate) const REDACTION_RULES_MAX: usize = 20;
pub(crate) const REDACTION_PATTERN_BYTES_MAX: usize = 512;
pub(crate) const REDACTION_REGEX_BYTES_MAX: usize = 1024 * 1024;

/// Segments of a route; what follows becomes `*`.
pub(crate) const ROUTE_SEGMENTS_MAX: usize = 12;

/// Bytes of one segment of a route; longer ones become `:id`.
pub(crate) const ROUTE_SEGMENT_BYTES_MAX: usize = 64;

/// Hops of `X-Forwarded-For` that are looked at.
pub(crate) const FORWARDED_HOPS_MAX: usize = 16;

/// The longest duration of a vital or a phase: an hour. A longer one is a sleeping laptop, not a slow page.
pub(crate) const MILLIS_MAX: f64 = 3_600_000.0;

/// How long a view may be open: a week. Dashboards stay open.
pub(crate) const VIEW_MILLIS_MAX: f64 = 7.0 * 24.0 * MILLIS_MAX;

/// The highest Cumulative Layout Shift that is believed; the worst real pages stay below 20.
pub(crate) const SHIFT_MAX: f64 = 1000.0;

/// The highest weight of a record: a sender that claims to stand for more would bend every figure.
pub(crate) const WEIGHT_MAX: f64 = 10_000.0;

/// 2000-01-01T00:00:00Z. No record is older; a time before it comes from a clock that was never set.
pub(crate) const TIME_UNIX_NANO_MIN: i64 = 946_684_800_000_000_000;

/// How far a time may lie after the request that brought it, by the clock of its sender where that is known: a minute.
pub(crate) const FUTURE_NANO_MAX: i64 = 60 * 1_000_000_000;

/// A sender's clock that differs by less than this from the server's is left alone: five minutes. Delays of the
/// network and of queues look like a difference too.
pub(crate) const SKEW_NANO_MIN: i64 = 5 * 60 * 1_000_000_000;

/// Clocks are corrected by multiples of this: ten minutes, see `skew`.
pub(crate) const SKEW_STEP_NANO: i64 = 10 * 60 * 1_000_000_000;

/// Sessions whose correction is remembered; each takes some 40 bytes.
pub(crate) const SKEW_SESSIONS_MAX: usize = 100_000;
