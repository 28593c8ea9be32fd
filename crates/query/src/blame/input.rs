//! What the chain is made of: one view and the spans around it, on a time line that begins with the view.
//!
//! Everything is whole nanoseconds, so that sums are exact. Senders claim what they like: what lies far outside is held
//! at `FAR`, so that no sum of a few of them overflows.

/// No instant is further from the start of the view than this: about 36 years.
const FAR: i64 = 1 << 60;

/// What a chain is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Ttfb,
    Fcp,
    Lcp,
    Inp,
    /// A change of route, from the click to the quiet page.
    Transition,
    /// A request of the page, by the index of its span, up to the first byte of its answer.
    Request(usize),
}

#[derive(Debug, Clone)]
pub(crate) struct Input {
    pub kind: Kind,
    /// The vital itself.
    pub total: i64,
    pub ttfb: Option<i64>,
    /// Phases of the document's request; `None` is unknown.
    pub redirect: Option<i64>,
    pub worker: Option<i64>,
    pub phases: Phases,
    pub lcp_load_delay: Option<i64>,
    pub lcp_load_duration: Option<i64>,
    /// The resource of the LCP; an LCP of text has none.
    pub resource: Option<Resource>,
    /// Sub-parts of the INP. Its time line begins with the interaction.
    pub input_delay: Option<i64>,
    pub processing: Option<i64>,
    /// By their end.
    pub scripts: Vec<Script>,
    pub spans: Vec<Span>,
}

/// Phases of a request in the order in which they happen; a phase that the browser hides is unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Phases {
    pub dns: Option<i64>,
    pub tcp: Option<i64>,
    pub tls: Option<i64>,
    pub wait: Option<i64>,
    pub response: Option<i64>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Resource {
    pub host: String,
    pub third_party: bool,
    pub phases: Phases,
}

/// A script inside a long frame.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Script {
    pub from: i64,
    pub to: i64,
    /// The host of a third party's script.
    pub third_party: Option<String>,
}

/// A span of the view's traces, with its place in their trees.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Span {
    pub id: String,
    pub start: i64,
    pub end: i64,
    pub browser: bool,
    pub kind: u8,
    pub name: String,
    pub service: String,
    pub db_system: String,
    pub host: String,
    pub third_party: bool,
    pub parent_missing: bool,
    pub phases: Phases,
    pub children: Vec<usize>,
}

pub(crate) const DOCUMENT: &str = "documentFetch";

impl Span {
    /// Whether it is a request that the page made, other than the one for itself.
    pub fn is_request_of_page(&self) -> bool {
        self.browser && self.kind == super::owner::CLIENT && self.name != DOCUMENT
    }
}

/// An instant by its nanoseconds since another.
pub(crate) fn offset(instant: i64, since: i64) -> i64 {
    (i128::from(instant) - i128::from(since)).clamp(-i128::from(FAR), i128::from(FAR)) as i64
}

/// Milliseconds as a browser tells them, in nanoseconds; what is no length is unknown.
pub(crate) fn nanos(millis: f64) -> Option<i64> {
    (millis.is_finite() && millis >= 0.0).then(|| ((millis * 1e6).round() as i64).min(FAR))
}
