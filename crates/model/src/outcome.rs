//! What became of every event: accepted, or lost under a name that the user can look up.

use std::fmt;

/// The three kinds of OTLP data; browsers send logs and spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Signal {
    Logs,
    Traces,
    Metrics,
}

impl Signal {
    pub const ALL: [Signal; 3] = [Signal::Logs, Signal::Traces, Signal::Metrics];

    pub fn name(self) -> &'static str {
        match self {
            Signal::Logs => "logs",
            Signal::Traces => "traces",
            Signal::Metrics => "metrics",
        }
    }
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

macro_rules! outcomes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+) => {
        /// What became of a request or of one record in it. A new way to lose data is a new variant.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Outcome {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Outcome {
            pub const ALL: &'static [Outcome] = &[$(Outcome::$variant,)+];

            /// The name under which the API counts it.
            pub fn name(self) -> &'static str {
                match self { $(Outcome::$variant => $name,)+ }
            }

            /// What it means, in a sentence for the person who reads the counts.
            pub fn meaning(self) -> &'static str {
                match self { $(Outcome::$variant => concat!($($doc),+).trim_ascii_start(),)+ }
            }
        }
    };
}

outcomes! {
    /// Committed to the store and acknowledged.
    Accepted = "accepted",
    /// Acknowledged while the store is away: kept in the spool on the disk, and committed when the store is back.
    Spooled = "spooled",
    /// Refused: no ingest key was sent.
    KeyMissing = "key_missing",
    /// Refused: no application has this ingest key.
    KeyUnknown = "key_unknown",
    /// Refused: this ingest key was disabled, or deleted and its grace is over.
    KeyEnded = "key_ended",
    /// Refused: a page sent a server key, which is a secret of services.
    KeyNotForPages = "key_not_for_pages",
    /// Refused: the page's origin is not on the list of its application.
    OriginRefused = "origin_refused",
    /// Refused for now: requests come from this address, or its network, faster than its application lets them.
    AddressRateLimited = "address_rate_limited",
    /// Refused for now: requests come with this key faster than its application lets them.
    KeyRateLimited = "key_rate_limited",
    /// Refused for now: the application sends more events a second than it may.
    EventRateLimited = "event_rate_limited",
    /// Refused until midnight UTC: the application has sent as many events or bytes today as it may.
    QuotaExceeded = "quota_exceeded",
    /// Record dropped: its session sends faster than its application lets it.
    SessionRateLimited = "session_rate_limited",
    /// Refused: the content type is neither protobuf, nor JSON, nor the agent's plain text.
    ContentTypeUnsupported = "content_type_unsupported",
    /// Refused: the content encoding is neither gzip, nor zstd, nor identity.
    EncodingUnsupported = "encoding_unsupported",
    /// Refused: the body is over the size limit as sent.
    BodyTooLarge = "body_too_large",
    /// Refused: the body is over the size limit once unpacked, or grows by more than the allowed ratio.
    BodyExpandsTooMuch = "body_expands_too_much",
    /// Refused: the body is no valid gzip.
    GzipBroken = "gzip_broken",
    /// Refused: the body is no valid zstd, or asks for a larger window than the limit.
    ZstdBroken = "zstd_broken",
    /// Refused: the body is no valid snappy block.
    SnappyBroken = "snappy_broken",
    /// Refused: the body is no valid JSON of the OTLP shape.
    JsonBroken = "json_broken",
    /// Refused: the body is no valid protobuf of OTLP or of remote write.
    ProtobufBroken = "protobuf_broken",
    /// Refused: the sender stopped or stalled before the whole body had arrived.
    BodyIncomplete = "body_incomplete",
    /// Refused for now: the store is away; the sender is asked to come again.
    StoreUnavailable = "store_unavailable",
    /// Refused for now: the store is away and the spool has reached its limit; the sender is asked to come again.
    SpoolFull = "spool_full",
    /// Lost after it was acknowledged: the spool's file was damaged; it is kept beside the new one.
    SpoolDamaged = "spool_damaged",
    /// Refused: the store would not take these rows at all, which is a defect of the server.
    StoreRefused = "store_refused",
    /// Refused for now: too much is waiting to be written; the sender is asked to come again.
    Overloaded = "overloaded",
    /// Record left out while the application would send more than it may: those of other sessions and traces stand for it.
    Sampled = "sampled",
    /// Record dropped: its time lies before the year 2000 or further in the future than clocks err.
    TimeOutOfRange = "time_out_of_range",
    /// Record dropped: a span without a valid trace id and span id.
    SpanIdInvalid = "span_id_invalid",
    /// Record dropped: a span that ends before it starts.
    DurationNegative = "duration_negative",
    /// Exemplar dropped: its request holds no sample of the series that it belongs to.
    ExemplarAlone = "exemplar_alone",
    /// Record dropped: the batch holds more records, or more groups of them, than the limit.
    BatchTooLong = "batch_too_long",
    /// Record dropped: more attributes, nested values, span events or links than the limit.
    AttributesTooMany = "attributes_too_many",
    /// Record dropped: an attribute value is nested deeper than the limit.
    ValueTooDeep = "value_too_deep",
    /// Record dropped: a metric without a name or without data.
    MetricInvalid = "metric_invalid",
    /// Record dropped: it belongs to somebody who was erased.
    Erased = "erased",
    /// Record dropped: a view without its id, its session or its start.
    ViewInvalid = "view_invalid",
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The records of one request that were dropped while the others were kept, counted by reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rejections(Vec<(Signal, Outcome, u64)>);

impl Rejections {
    pub fn add(&mut self, signal: Signal, outcome: Outcome, count: u64) {
        if count == 0 {
            return;
        }
        match self.0.iter_mut().find(|(s, o, _)| *s == signal && *o == outcome) {
            Some((_, _, sum)) => *sum += count,
            None => self.0.push((signal, outcome, count)),
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (Signal, Outcome, u64)> + '_ {
        self.0.iter().copied()
    }

    pub fn count(&self, signal: Signal) -> u64 {
        self.iter().filter(|(s, _, _)| *s == signal).map(|(_, _, count)| count).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One sentence for the `errorMessage` of OTLP's partial success.
    pub fn message(&self) -> String {
        let parts: Vec<String> = self
            .iter()
            .map(|(signal, outcome, count)| format!("{count} {signal}: {outcome}: {}", outcome.meaning()))
            .collect();
        parts.join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_has_a_name_of_its_own_and_a_meaning() {
        let mut names: Vec<_> = Outcome::ALL.iter().map(|outcome| outcome.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Outcome::ALL.len());
        assert!(Outcome::ALL.iter().all(|outcome| outcome.meaning().ends_with('.')));
    }

    #[test]
    fn rejections_of_one_reason_add_up() {
        let mut rejections = Rejections::default();
        rejections.add(Signal::Logs, Outcome::TimeOutOfRange, 1);
        rejections.add(Signal::Logs, Outcome::TimeOutOfRange, 2);
        rejections.add(Signal::Traces, Outcome::SpanIdInvalid, 1);
        assert_eq!(rejections.count(Signal::Logs), 3);
        assert!(rejections.message().starts_with("3 logs: time_out_of_range: Record dropped"));
    }
}
