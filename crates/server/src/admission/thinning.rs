//! Leaves out sessions and traces while an application would send more than it may, and lets the others stand for them.
//!
//! The draw is the one that the sender drew by: the session's id as the agent reads it, or the trace's. So whoever was
//! kept with a smaller share already is kept here as well, and the smaller of the two shares is the probability of both
//! draws. What a session sends is kept or left out as a whole, with the share that held when it was first seen: all its
//! records have one weight, but for routes and events that have a share of their own. Failures are always kept, and so is what
//! was kept for what happened, as long as no rule bounds it. Decision 9 says why no figure is off by any of it.

use std::collections::HashSet;

use limen_model::attributes::{EVENT_EXCEPTION, EVENT_RESOURCE};
use limen_model::enriched::{EnrichedBatch, SpanRow};
use limen_model::sampling::{Randomness, SamplingState, Threshold};

use crate::sampling::Sampling;

/// OTLP's `STATUS_CODE_ERROR`.
const ERROR: u8 = 2;

/// Records that others stand for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    pub logs: u64,
    pub spans: u64,
}

/// `rate` holds for traces without a session, `of_session` says what holds for a session, and the rules for what is in it.
pub fn thin(
    batch: &mut EnrichedBatch<'_>,
    rules: &Sampling,
    rate: f64,
    mut of_session: impl FnMut(&str) -> f64,
) -> LeftOut {
    let (logs, spans) = (batch.views.len() + batch.events.len(), batch.spans.len());
    let mut keep = |session: &str, route: &str, event: &str, weight: &mut f64| {
        if session.is_empty() {
            return true;
        }
        if *weight == 0.0 {
            return Draw::of_brought_back(session).falls_within(rules.brought_back_rate);
        }
        let share = rules.share(route, event, of_session(session));
        Draw::of_session(session).keep(Threshold::of_probability(share), weight)
    };
    let made_of_spans = views_of_spans(batch);
    let mut made_left_out = 0;
    batch.views.retain_mut(|view| {
        let kept = keep(&view.session_id, &view.route, "", &mut view.weight);
        made_left_out += u64::from(!kept && made_of_spans.contains(&*view.view_id));
        kept
    });
    batch.views_of_spans -= made_left_out.min(batch.views_of_spans);
    batch.events.retain_mut(|event| match &*event.name {
        EVENT_EXCEPTION => true,
        name => {
            let kept = keep(&event.session_id, &event.route, name, &mut event.weight);
            kept && (name != EVENT_RESOURCE || keep_static(rules, &event.view_id, &event.route, &mut event.weight))
        }
    });
    let of_traces = Threshold::of_probability(rate);
    batch.spans.retain_mut(|span| match span.status_code {
        ERROR => true,
        _ if span.session_id.is_empty() => Draw::of_trace(span).keep(of_traces, &mut span.weight),
        _ => keep(&span.session_id, &span.route, "", &mut span.weight),
    });
    let kept = batch.views.len() + batch.events.len();
    LeftOut { logs: (logs - kept) as u64 - made_left_out, spans: (spans - batch.spans.len()) as u64 }
}

/// The files of a view are kept all or none, by a draw of the view's own: the probabilities multiply.
fn keep_static(rules: &Sampling, view: &str, route: &str, weight: &mut f64) -> bool {
    match rules.static_rate {
        Some(share) if !rules.is_high_value(route, EVENT_RESOURCE) => {
            Draw { randomness: Randomness::of_bits(hash(view)), shared: false }
                .keep(Threshold::of_probability(share), weight)
        }
        _ => true,
    }
}

/// The ids of views that were made from spans, which are no records beside those.
fn views_of_spans(batch: &EnrichedBatch<'_>) -> HashSet<String> {
    if batch.views_of_spans == 0 {
        return HashSet::new();
    }
    batch.spans.iter().filter(|span| !span.view_id.is_empty()).map(|span| span.span_id.to_string()).collect()
}

/// What is drawn, and whether the sender drew by it too.
struct Draw {
    randomness: Randomness,
    shared: bool,
}

impl Draw {
    /// The last 14 hexadecimal digits of a session's id, as in `agent/src/context/sampling.ts`; of other ids a hash.
    fn of_session(id: &str) -> Self {
        let tail = id.len().checked_sub(14).and_then(|at| id.get(at..)).and_then(Randomness::parse);
        match tail {
            Some(randomness) => Self { randomness, shared: true },
            None => Self { randomness: Randomness::of_bits(hash(id)), shared: false },
        }
    }

    /// Nothing stands for these, so their draw has nothing to do with that of those that count.
    fn of_brought_back(session: &str) -> Self {
        Self { randomness: Randomness::of_bits(hash(session).rotate_left(23)), shared: false }
    }

    fn falls_within(self, share: Option<f64>) -> bool {
        share.is_none_or(|share| Threshold::of_probability(share).keeps(self.randomness))
    }

    fn of_trace(span: &SpanRow<'_>) -> Self {
        let told = SamplingState::read(&span.trace_state).randomness;
        Self { randomness: told.unwrap_or(Randomness::of_trace(&span.trace_id)), shared: true }
    }

    /// What has weight 0 counts for nobody and is there for itself.
    fn keep(self, threshold: Threshold, weight: &mut f64) -> bool {
        let share = threshold.probability();
        if *weight == 0.0 || share >= 1.0 || (self.shared && *weight * share >= 1.0) {
            return true;
        }
        *weight = if self.shared { 1.0 / share } else { *weight / share };
        threshold.keeps(self.randomness)
    }
}

/// FNV-1a with the end of MurmurHash3, which spreads it over all bits; the same on every server.
fn hash(text: &str) -> u64 {
    let bytes = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let mut hash = text.bytes().fold(0xcbf2_9ce4_8422_2325, bytes);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

#[cfg(test)]
mod tests;
