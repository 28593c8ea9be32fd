//! A batch ready to be stored: every record typed, placed and described, the address of the sender gone.
//!
//! The fields of a row are the columns of its table, in the table's order; `store` holds the tables.

use crate::redaction::Redactions;
use crate::{AppId, Attributes, Rejections, SpanId, Text, TraceId};

/// There is no field for an IP address here, on purpose.
#[derive(Debug, Clone, PartialEq)]
pub struct EnrichedBatch<'a> {
    pub app: AppId,
    /// When the server had read the request, in nanoseconds since the epoch.
    pub received_unix_nano: i64,
    pub views: Vec<View<'a>>,
    pub events: Vec<Event<'a>>,
    pub spans: Vec<SpanRow<'a>>,
    pub logs: Vec<Log<'a>>,
    pub metrics: Vec<MetricPoint<'a>>,
    /// How many of the views were made from spans that have a row of their own, and are no records besides.
    pub views_of_spans: u64,
    pub rejections: Rejections,
    /// What was taken out of the rows.
    pub redactions: Redactions,
    /// Rows whose route was put under `other`, because the application has too many.
    pub routes_over_limit: u64,
}

/// What views and events can be broken down by. Empty text means "unknown".
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dimensions<'a> {
    /// `service.name` of the front end.
    pub service: Text<'a>,
    /// `service.version`.
    pub release: Text<'a>,
    /// `deployment.environment.name`.
    pub environment: Text<'a>,
    /// ISO 3166-1 alpha-2.
    pub country: Text<'a>,
    pub browser: Text<'a>,
    /// Major version only: minor ones are frozen or noise.
    pub browser_version: Text<'a>,
    pub os: Text<'a>,
    pub os_version: Text<'a>,
    /// `desktop`, `mobile`, `tablet` or empty.
    pub device: Text<'a>,
    /// The effective connection type: `slow-2g`, `2g`, `3g`, `4g`.
    pub network: Text<'a>,
    pub language: Text<'a>,
    /// Whether no person looks at the page: a robot or a test does.
    pub bot: bool,
}

/// One page or route view. The row with the highest `version` of a `view_id` wins, so sending one twice, late or out
/// of order never changes a figure. All durations are milliseconds; `None` is unknown, never zero.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct View<'a> {
    pub session_id: Text<'a>,
    pub view_id: Text<'a>,
    pub version: u64,
    pub start_unix_nano: i64,
    /// `load` for a document, `route` for a change of route inside it, `restore` for a return from the bfcache.
    pub kind: Text<'a>,
    /// The template of the path: `/product/:id`.
    pub route: Text<'a>,
    pub url: Text<'a>,
    pub referrer: Text<'a>,
    pub navigation_type: Text<'a>,
    pub dimensions: Dimensions<'a>,
    pub screen_width: u16,
    pub screen_height: u16,
    pub user_id: Text<'a>,
    /// The trace of the document load or of the route change.
    pub trace_id: Option<TraceId>,

    pub lcp: Option<f64>,
    pub inp: Option<f64>,
    pub cls: Option<f64>,
    pub fcp: Option<f64>,
    pub ttfb: Option<f64>,

    pub lcp_target: Text<'a>,
    pub lcp_url: Text<'a>,
    pub lcp_resource_load_delay: Option<f64>,
    pub lcp_resource_load_duration: Option<f64>,
    pub lcp_element_render_delay: Option<f64>,
    pub inp_target: Text<'a>,
    pub inp_type: Text<'a>,
    pub inp_input_delay: Option<f64>,
    pub inp_processing_duration: Option<f64>,
    pub inp_presentation_delay: Option<f64>,
    pub cls_target: Text<'a>,

    pub redirect: Option<f64>,
    pub worker: Option<f64>,
    pub dns: Option<f64>,
    pub tcp: Option<f64>,
    pub tls: Option<f64>,
    pub request: Option<f64>,
    pub response: Option<f64>,
    pub dom_processing: Option<f64>,
    pub load: Option<f64>,
    /// From activation to the end of the load event.
    pub load_time: Option<f64>,
    /// From the interaction to the quiet page, for `route` views.
    pub transition_time: Option<f64>,
    pub blocking_time: Option<f64>,
    /// How long the view was open so far.
    pub duration: Option<f64>,

    pub errors: u32,
    pub requests: u32,
    pub failed_requests: u32,
    pub actions: u32,
    /// 1 / the probability that this view was kept.
    pub weight: f64,
    pub attributes: Attributes<'a>,
}

/// Something that happened inside a view: a vital, an error, a click, a navigation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Event<'a> {
    pub session_id: Text<'a>,
    pub view_id: Text<'a>,
    /// Equal for the same event sent twice: from `limen.event.id` when there is one, else from the content.
    pub event_id: u64,
    pub time_unix_nano: i64,
    /// OTLP's event name, such as `exception`.
    pub name: Text<'a>,
    pub route: Text<'a>,
    pub url: Text<'a>,
    pub dimensions: Dimensions<'a>,
    pub user_id: Text<'a>,
    pub trace_id: Option<TraceId>,
    pub span_id: Option<SpanId>,
    pub severity_number: u8,
    pub body: Text<'a>,
    pub duration: Option<f64>,
    /// The value of a vital or of a custom timing.
    pub value: Option<f64>,
    /// A selector, for vitals and user actions.
    pub target: Text<'a>,
    /// The vital's name, the action's name.
    pub label: Text<'a>,
    pub exception_type: Text<'a>,
    pub exception_message: Text<'a>,
    pub exception_stacktrace: Text<'a>,
    /// By what the stack is known again, see the crate `stack`; 0 for what is no error.
    pub exception_stack_id: u64,
    pub exception_handled: bool,
    pub weight: f64,
    pub attributes: Attributes<'a>,
}

/// A span of a browser or of a service.
#[derive(Debug, Clone, PartialEq)]
pub struct SpanRow<'a> {
    pub trace_id: TraceId,
    pub span_id: SpanId,
    pub parent_span_id: Option<SpanId>,
    pub trace_state: Text<'a>,
    pub start_unix_nano: i64,
    pub duration_nano: u64,
    pub name: Text<'a>,
    pub kind: u8,
    pub status_code: u8,
    pub status_message: Text<'a>,
    pub scope_name: Text<'a>,
    pub service: Text<'a>,
    pub release: Text<'a>,
    pub environment: Text<'a>,
    /// Empty for spans of services, unless they carry `session.id`.
    pub session_id: Text<'a>,
    pub view_id: Text<'a>,
    pub route: Text<'a>,
    pub country: Text<'a>,
    pub http_method: Text<'a>,
    pub http_status: u16,
    /// `url.template` or `http.route`, else the templated path of `url.full`.
    pub url_template: Text<'a>,
    pub url: Text<'a>,
    pub server_address: Text<'a>,
    pub db_system: Text<'a>,
    pub db_statement: Text<'a>,
    pub error_type: Text<'a>,
    pub attributes: Attributes<'a>,
    pub resource: Attributes<'a>,
    /// (time, name, attributes) of each span event.
    pub events: Vec<(i64, Text<'a>, Attributes<'a>)>,
    /// (trace, span) of each link.
    pub links: Vec<(TraceId, SpanId)>,
    pub weight: f64,
}

/// A log record that is no event of a session.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Log<'a> {
    pub time_unix_nano: i64,
    pub observed_unix_nano: i64,
    /// From the content and the place in its batch, so that a retry of the batch adds nothing.
    pub log_id: u64,
    pub severity_number: u8,
    pub severity_text: Text<'a>,
    pub event_name: Text<'a>,
    pub body: Text<'a>,
    pub service: Text<'a>,
    pub release: Text<'a>,
    pub environment: Text<'a>,
    pub scope_name: Text<'a>,
    pub trace_id: Option<TraceId>,
    pub span_id: Option<SpanId>,
    pub session_id: Text<'a>,
    pub attributes: Attributes<'a>,
    pub resource: Attributes<'a>,
}

/// One of the measurements behind a point of a metric, with the span in which it was made.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Exemplar<'a> {
    pub time_unix_nano: i64,
    pub value: f64,
    pub trace_id: Option<TraceId>,
    pub span_id: Option<SpanId>,
    pub attributes: Attributes<'a>,
}

/// One point of a metric. Which of the fields after `value` are filled follows from `kind`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MetricPoint<'a> {
    pub name: Text<'a>,
    /// `gauge`, `sum`, `histogram`, `exponential_histogram` or `summary`.
    pub kind: Text<'a>,
    pub unit: Text<'a>,
    pub description: Text<'a>,
    pub service: Text<'a>,
    pub release: Text<'a>,
    pub environment: Text<'a>,
    pub scope_name: Text<'a>,
    /// Hash of name, resource and attributes: one time series.
    pub series: u64,
    pub time_unix_nano: i64,
    pub start_unix_nano: i64,
    /// `unspecified`, `delta` or `cumulative`.
    pub temporality: Text<'a>,
    pub monotonic: bool,
    /// The series ended here; the point has no value.
    pub stale: bool,
    pub value: f64,
    /// The value once more where it was sent as an integer, of which a double keeps 53 bits.
    pub value_int: Option<i64>,
    pub count: u64,
    pub sum: Option<f64>,
    pub min: Option<f64>,
    pub max: Option<f64>,
    /// Upper bounds of a histogram's buckets, or the quantiles of a summary.
    pub bounds: Vec<f64>,
    /// Counts of a histogram's buckets.
    pub bucket_counts: Vec<u64>,
    /// Values of a summary's quantiles.
    pub quantile_values: Vec<f64>,
    pub scale: i32,
    pub zero_count: u64,
    /// Values no further from zero than this are counted as zero.
    pub zero_threshold: f64,
    pub positive_offset: i32,
    pub positive_counts: Vec<u64>,
    pub negative_offset: i32,
    pub negative_counts: Vec<u64>,
    pub exemplars: Vec<Exemplar<'a>>,
    pub attributes: Attributes<'a>,
    pub resource: Attributes<'a>,
}
