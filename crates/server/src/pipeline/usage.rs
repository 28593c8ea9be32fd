//! What one request counts for: its records by signal, and its bytes shared among them.

use limen_model::Signal;
use limen_model::enriched::EnrichedBatch;

use crate::usage::Used;

/// `bytes_sent` is the body as it came and `bytes_opened` the same unpacked. A body of several signals counts for each by
/// its share of the records, one without any record for the signal of its door.
pub fn of(batch: &EnrichedBatch<'_>, door: Signal, bytes_sent: usize, bytes_opened: usize) -> [(Signal, Used); 3] {
    let views = batch.views.iter().map(|view| view.weight).sum::<f64>();
    let events = batch.events.iter().map(|event| event.weight).sum::<f64>();
    // A view that was made from a span is no record beside it: what stands in for both is the span.
    let logs = if batch.views_of_spans == 0 { views + events } else { events } + batch.logs.len() as f64;
    let spans = batch.spans.iter().map(|span| span.weight).sum::<f64>();
    let counts = [
        (
            Signal::Logs,
            batch.views.len() as u64 - batch.views_of_spans + (batch.events.len() + batch.logs.len()) as u64,
        ),
        (Signal::Traces, batch.spans.len() as u64),
        (Signal::Metrics, batch.metrics.len() as u64),
    ];
    let weights = [logs, spans, batch.metrics.len() as f64];
    let all: u64 = counts.iter().map(|(_, count)| count).sum();
    let (mut sent_left, mut opened_left, mut left) = (bytes_sent as u64, bytes_opened as u64, all);
    let mut used = [Signal::Logs, Signal::Traces, Signal::Metrics].map(|signal| (signal, Used::default()));
    for ((slot, (signal, count)), weight) in used.iter_mut().zip(counts).zip(weights) {
        // The last with records takes what is left, so that nothing is lost by rounding.
        let share = |bytes: u64| match left {
            0 if all == 0 && signal == door => bytes,
            0 => 0,
            left => (u128::from(bytes) * u128::from(count) / u128::from(left)) as u64,
        };
        let (sent, opened) = (share(sent_left), share(opened_left));
        *slot = (signal, Used { events: count, bytes_sent: sent, bytes_opened: opened, weight });
        (sent_left, opened_left, left) = (sent_left - sent, opened_left - opened, left - count);
    }
    used
}

#[cfg(test)]
mod tests {
    use limen_model::enriched::{Event, Log, View};
    use limen_model::{AppId, Rejections};

    use super::*;

    fn batch(views: usize, events: usize, logs: usize) -> EnrichedBatch<'static> {
        EnrichedBatch {
            app: AppId::parse("shop").expect("valid"),
            received_unix_nano: 0,
            views: vec![View { weight: 4.0, ..View::default() }; views],
            events: vec![Event { weight: 4.0, ..Event::default() }; events],
            spans: Vec::new(),
            logs: vec![Log::default(); logs],
            metrics: Vec::new(),
            views_of_spans: 0,
            routes_over_limit: 0,
            rejections: Rejections::default(),
            redactions: Default::default(),
        }
    }

    #[test]
    fn a_record_of_a_sampled_session_stands_for_several_and_a_log_for_itself() {
        let [(_, logs), (_, spans), (_, metrics)] = of(&batch(1, 2, 3), Signal::Logs, 1000, 7000);
        assert_eq!(logs, Used { events: 6, bytes_sent: 1000, bytes_opened: 7000, weight: 15.0 });
        assert_eq!((spans, metrics), (Used::default(), Used::default()));
    }

    #[test]
    fn an_empty_request_costs_its_bytes_at_the_door_it_came_to() {
        let [(_, logs), (_, spans), _] = of(&batch(0, 0, 0), Signal::Traces, 10, 70);
        assert_eq!(logs, Used::default());
        assert_eq!(spans, Used { bytes_sent: 10, bytes_opened: 70, ..Used::default() });
    }
}
