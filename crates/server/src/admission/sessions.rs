//! Leaves out the records of sessions that send faster than they may: a loop in one page is no traffic of an application.

use limen_model::enriched::EnrichedBatch;
use limen_model::{Outcome, Signal};

/// `take` says whether one more record of a session may come in.
pub fn hold(batch: &mut EnrichedBatch<'_>, mut take: impl FnMut(&str) -> bool) {
    let mut may = |session: &str| session.is_empty() || take(session);
    let (logs, spans) = (batch.logs.len() + batch.events.len() + batch.views.len(), batch.spans.len());
    // Views that were made from spans stay or nobody could tell any more how many records there were.
    if batch.views_of_spans == 0 {
        batch.views.retain(|view| may(&view.session_id));
    }
    batch.events.retain(|event| may(&event.session_id));
    batch.logs.retain(|log| may(&log.session_id));
    batch.spans.retain(|span| may(&span.session_id));
    let logs = logs - (batch.logs.len() + batch.events.len() + batch.views.len());
    batch.rejections.add(Signal::Logs, Outcome::SessionRateLimited, logs as u64);
    batch.rejections.add(Signal::Traces, Outcome::SessionRateLimited, (spans - batch.spans.len()) as u64);
}

#[cfg(test)]
mod tests {
    use limen_model::enriched::{Event, Log, View};
    use limen_model::{AppId, Rejections};

    use super::*;

    #[test]
    fn only_the_session_that_is_too_fast_loses_records_and_they_are_counted() {
        let event = |session: &'static str| Event { session_id: session.into(), ..Event::default() };
        let mut batch = EnrichedBatch {
            app: AppId::parse("shop").expect("valid"),
            received_unix_nano: 0,
            views: vec![View { session_id: "fast".into(), ..View::default() }],
            events: [vec![event("fast"); 5], vec![event("slow"); 2]].concat(),
            spans: Vec::new(),
            logs: vec![Log::default(); 3],
            metrics: Vec::new(),
            views_of_spans: 0,
            routes_over_limit: 0,
            rejections: Rejections::default(),
            redactions: Default::default(),
        };
        let mut left = 4;
        hold(&mut batch, |session| {
            if session == "fast" {
                left -= 1;
            }
            session != "fast" || left >= 0
        });
        assert_eq!((batch.views.len(), batch.events.len(), batch.logs.len()), (1, 5, 3));
        let counted: Vec<_> = batch.rejections.iter().collect();
        assert_eq!(counted, [(Signal::Logs, Outcome::SessionRateLimited, 2)]);
    }
}
