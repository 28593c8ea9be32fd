//! Leaves out sessions and traces while an application would send more than it may, and lets the others stand for them.
//!
//! The draw is the one that the sender drew by: the session's id as the agent reads it, or the trace's. So whoever was
//! kept with a smaller share already is kept here as well, and the smaller of the two shares is the probability of both
//! draws. What a session sends is kept or left out as a whole, with the share that held when it was first seen: all its
//! records have one weight. Failures are always kept, and so is what was kept for what happened.

use std::collections::HashSet;

use limen_model::attributes::EVENT_EXCEPTION;
use limen_model::enriched::{EnrichedBatch, SpanRow};
use limen_model::sampling::{Randomness, SamplingState, Threshold};

/// OTLP's `STATUS_CODE_ERROR`.
const ERROR: u8 = 2;

/// Records that others stand for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    pub logs: u64,
    pub spans: u64,
}

/// `rate` holds for traces without a session, `of_session` says what holds for a session.
pub fn thin(batch: &mut EnrichedBatch<'_>, rate: f64, mut of_session: impl FnMut(&str) -> f64) -> LeftOut {
    let (logs, spans) = (batch.views.len() + batch.events.len(), batch.spans.len());
    let mut keep = |session: &str, weight: &mut f64| {
        session.is_empty() || Draw::of_session(session).keep(Threshold::of_probability(of_session(session)), weight)
    };
    let made_of_spans = views_of_spans(batch);
    let mut made_left_out = 0;
    batch.views.retain_mut(|view| {
        let kept = keep(&view.session_id, &mut view.weight);
        made_left_out += u64::from(!kept && made_of_spans.contains(&*view.view_id));
        kept
    });
    batch.views_of_spans -= made_left_out.min(batch.views_of_spans);
    batch.events.retain_mut(|event| event.name == EVENT_EXCEPTION || keep(&event.session_id, &mut event.weight));
    let of_traces = Threshold::of_probability(rate);
    batch.spans.retain_mut(|span| match span.status_code {
        ERROR => true,
        _ if span.session_id.is_empty() => Draw::of_trace(span).keep(of_traces, &mut span.weight),
        _ => keep(&span.session_id, &mut span.weight),
    });
    let kept = batch.views.len() + batch.events.len();
    LeftOut { logs: (logs - kept) as u64 - made_left_out, spans: (spans - batch.spans.len()) as u64 }
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
mod tests {
    use limen_model::enriched::{Event, View};
    use limen_model::{AppId, Attributes, Rejections, SpanId, TraceId};

    use super::*;

    fn span(trace: u64, trace_state: &'static str) -> SpanRow<'static> {
        // Multiplied so that small numbers become draws from all over the range.
        let id = format!("{:032x}", u128::from(trace.wrapping_mul(0x9e37_79b9_7f4a_7c15)) | 1 << 127);
        SpanRow {
            trace_id: TraceId::from_hex(&id).expect("an id"),
            span_id: SpanId::from_bytes(&[1; 8]).expect("8 bytes"),
            parent_span_id: None,
            trace_state: trace_state.into(),
            start_unix_nano: 0,
            duration_nano: 0,
            name: "".into(),
            kind: 2,
            status_code: 0,
            status_message: "".into(),
            scope_name: "".into(),
            service: "".into(),
            release: "".into(),
            environment: "".into(),
            session_id: "".into(),
            view_id: "".into(),
            route: "".into(),
            country: "".into(),
            http_method: "".into(),
            http_status: 0,
            url_template: "".into(),
            url: "".into(),
            server_address: "".into(),
            db_system: "".into(),
            db_statement: "".into(),
            error_type: "".into(),
            attributes: Attributes::default(),
            resource: Attributes::default(),
            events: Vec::new(),
            links: Vec::new(),
            weight: 1.0,
        }
    }

    /// Every session is from before there was too much.
    fn traces(batch: &mut EnrichedBatch<'_>, rate: f64) -> u64 {
        let left_out = thin(batch, rate, |_| 1.0);
        assert_eq!(left_out.logs, 0);
        left_out.spans
    }

    fn batch(spans: Vec<SpanRow<'static>>) -> EnrichedBatch<'static> {
        EnrichedBatch {
            app: AppId::parse("shop").expect("valid"),
            received_unix_nano: 0,
            views: Vec::new(),
            events: Vec::new(),
            spans,
            logs: Vec::new(),
            metrics: Vec::new(),
            views_of_spans: 0,
            routes_over_limit: 0,
            rejections: Rejections::default(),
            redactions: Default::default(),
        }
    }

    #[test]
    fn whole_traces_are_kept_and_stand_for_the_others() {
        let two_of_each = (0..4_000).map(|n| span(n / 2, "")).collect();
        let mut batch = batch(two_of_each);
        let left_out = traces(&mut batch, 0.25);
        assert_eq!(left_out as usize + batch.spans.len(), 4_000);
        assert!(batch.spans.chunks(2).all(|pair| pair[0].trace_id == pair[1].trace_id));
        let stands_for: f64 = batch.spans.iter().map(|span| span.weight).sum();
        assert!((stands_for / 4_000.0 - 1.0).abs() < 0.1, "{stands_for}");
        assert!(batch.spans.iter().all(|span| span.weight == 4.0));
        // A lower rate keeps a part of the same traces, and the weight is that of the lower rate alone.
        let kept_before: Vec<_> = batch.spans.iter().map(|span| span.trace_id).collect();
        traces(&mut batch, 0.125);
        assert!(batch.spans.iter().all(|span| span.weight == 8.0 && kept_before.contains(&span.trace_id)));
        assert!(!batch.spans.is_empty() && batch.spans.len() < kept_before.len());
    }

    #[test]
    fn a_shared_draw_goes_before_the_traces_own() {
        let mut high = batch((0..50).map(|n| span(n, "ot=rv:ffffffffffffff")).collect());
        assert_eq!((traces(&mut high, 0.01), high.spans[0].weight.round()), (0, 100.0));
        let mut low = batch((0..50).map(|n| span(n, "ot=rv:00000000000000")).collect());
        assert_eq!(traces(&mut low, 0.99), 50);
    }

    #[test]
    fn failures_sessions_and_what_is_rare_already_are_kept_as_they_are() {
        let low = "ot=rv:00000000000000";
        let spans = vec![
            SpanRow { status_code: ERROR, ..span(1, low) },
            SpanRow { session_id: "s".into(), ..span(1, low) },
            SpanRow { weight: 200.0, ..span(1, low) },
            SpanRow { weight: 0.0, ..span(1, low) },
        ];
        let mut batch = batch(spans.clone());
        assert_eq!((traces(&mut batch, 0.01), &batch.spans), (0, &spans));
        batch.spans.push(span(1, low));
        assert_eq!(traces(&mut batch, 1.0), 0);
    }

    fn of_session(session: &str) -> EnrichedBatch<'static> {
        let session_id = || session.to_owned().into();
        EnrichedBatch {
            views: vec![View { session_id: session_id(), weight: 2.0, ..View::default() }],
            events: vec![
                Event { session_id: session_id(), name: "click".into(), weight: 2.0, ..Event::default() },
                Event { session_id: session_id(), name: EVENT_EXCEPTION.into(), weight: 1.0, ..Event::default() },
                Event { session_id: session_id(), name: "brought.back".into(), weight: 0.0, ..Event::default() },
            ],
            ..batch(vec![SpanRow { session_id: session_id(), weight: 2.0, ..span(1, "") }])
        }
    }

    #[test]
    fn a_session_is_kept_as_a_whole_with_one_weight_or_left_out_but_for_its_failures() {
        let drawn_high = format!("{:018x}{}", 7, "f".repeat(14));
        let mut kept = of_session(&drawn_high);
        assert_eq!(thin(&mut kept, 1.0, |_| 0.1), LeftOut::default());
        let weights = [kept.views[0].weight, kept.events[0].weight, kept.spans[0].weight];
        assert!(weights.iter().all(|weight| (weight - 10.0).abs() < 1e-6), "{weights:?}");
        assert_eq!((kept.events[1].weight, kept.events[2].weight), (1.0, 0.0));

        let drawn_in_the_middle = format!("{:018x}{}", 7, "88888888888888");
        let mut left_out = of_session(&drawn_in_the_middle);
        assert_eq!(thin(&mut left_out, 1.0, |_| 0.1), LeftOut { logs: 2, spans: 1 });
        let names: Vec<_> = left_out.events.iter().map(|event| &*event.name).collect();
        assert_eq!((names, left_out.views.len()), (vec![EVENT_EXCEPTION, "brought.back"], 0));
        // Its own share of a half was smaller than this one.
        let mut rarer = of_session(&drawn_in_the_middle);
        assert_eq!((thin(&mut rarer, 1.0, |_| 0.6), rarer.views[0].weight), (LeftOut::default(), 2.0));
    }

    #[test]
    fn a_view_made_from_a_span_is_no_record_beside_it() {
        let session = "00000000000000";
        let mut made = batch(vec![SpanRow { session_id: session.into(), view_id: "v".into(), ..span(1, "") }]);
        let view_id = made.spans[0].span_id.to_string().into();
        made.views = vec![View { session_id: session.into(), view_id, weight: 1.0, ..View::default() }];
        made.views_of_spans = 1;
        assert_eq!(thin(&mut made, 1.0, |_| 0.5), LeftOut { logs: 0, spans: 1 });
        assert_eq!((made.views.len(), made.views_of_spans), (0, 0));
    }

    #[test]
    fn ids_that_are_no_digits_are_spread_evenly_and_draw_anew() {
        let kept = (0..4_000).filter(|n| {
            let mut one = of_session(&format!("session of visitor {n}"));
            thin(&mut one, 1.0, |_| 0.25);
            one.views.iter().all(|view| view.weight == 8.0) && !one.views.is_empty()
        });
        let kept = kept.count();
        assert!((900..1100).contains(&kept), "{kept} of 4,000 where a quarter is wanted");
    }
}
