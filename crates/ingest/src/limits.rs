//! Every limit of this stage with its number: what a stranger can send is bounded here and nowhere else.

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// What one request may cost. The public door for browsers is narrow, the one for services wide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the body as sent. A browser's keepalive request cannot be larger than 64 KiB.
    pub body_bytes_max: usize,
    /// Bytes of the body once unpacked; memory for it is never taken beyond this.
    pub open_bytes_max: usize,
    /// How many times larger a body may become by unpacking. Telemetry packs about 10:1; gzip ends at 1032:1.
    pub open_ratio_max: usize,
    /// The power of two of the window of zstd, which is memory beside the body while it is unpacked. Senders that pack as
    /// they go ask for up to 8 MiB whatever they send, which RFC 8878, section 3.1.1.1.2, wants supported.
    pub zstd_window_log_max: u32,
    /// Records (log records, spans, metrics and their points) in one body; those beyond are dropped and counted.
    pub records_max: usize,
    /// Groups of records, one for each resource and scope; each holds its resource, so they cost memory.
    pub groups_max: usize,
    /// Attributes of one record, one resource, one span event. OpenTelemetry's SDKs stop at the same number.
    pub attributes_max: usize,
    /// Values in one record with all that is nested in its maps and arrays, its span events and links.
    pub values_max: usize,
    /// Events of a span, and links of a span.
    pub span_events_max: usize,
    /// Levels of maps and arrays in one attribute.
    pub depth_max: usize,
    /// Bounds and buckets of one metric point.
    pub buckets_max: usize,
    /// Symbols of one request of remote write.
    pub symbols_max: usize,
    /// Exemplars of one metric point. OpenTelemetry's SDKs keep one for each bucket.
    pub exemplars_max: usize,
    /// Bytes of an attribute's key; longer ones are cut.
    pub key_bytes_max: usize,
    /// Bytes of the name of a span, event, metric or scope; longer ones are cut.
    pub name_bytes_max: usize,
    /// Bytes of a text; longer ones are cut at a character.
    pub text_bytes_max: usize,
    /// Bytes of a stack trace or of the body of a log record; longer ones are cut at a character.
    pub long_text_bytes_max: usize,
}

impl Limits {
    /// For bodies from browsers, which anyone can send.
    pub const BROWSER: Limits = Limits {
        body_bytes_max: 64 * KIB,
        open_bytes_max: MIB,
        open_ratio_max: 200,
        zstd_window_log_max: 23,
        records_max: 2_000,
        groups_max: 64,
        attributes_max: 128,
        values_max: 512,
        span_events_max: 128,
        depth_max: 8,
        buckets_max: 512,
        symbols_max: 8_000,
        exemplars_max: 64,
        key_bytes_max: 128,
        name_bytes_max: 256,
        text_bytes_max: 4 * KIB,
        long_text_bytes_max: 64 * KIB,
    };

    /// For bodies from services, which collect for many users before they send.
    pub const BACKEND: Limits = Limits {
        body_bytes_max: 4 * MIB,
        open_bytes_max: 32 * MIB,
        open_ratio_max: 200,
        zstd_window_log_max: 23,
        records_max: 50_000,
        groups_max: 1_024,
        attributes_max: 128,
        values_max: 1_024,
        span_events_max: 128,
        depth_max: 8,
        buckets_max: 2_048,
        symbols_max: 200_000,
        exemplars_max: 256,
        key_bytes_max: 128,
        name_bytes_max: 1_024,
        text_bytes_max: 4 * KIB,
        long_text_bytes_max: 64 * KIB,
    };
}
