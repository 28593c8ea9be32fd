//! Keeps out what arrives late about people who were erased: known by keyed hashes, never by their ids.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use limen_model::enriched::EnrichedBatch;
use limen_model::{AppId, Attributes, Outcome, Signal};
use limen_store::{Subject, SubjectKind};
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

/// What stands for an id: the same id in another application, or of another kind, has another one.
pub type IdHash = [u8; 16];

/// The secret without which nobody can tell whether an id is among the hashes.
#[derive(Clone, Copy)]
pub struct HashKey(pub [u8; 32]);

impl HashKey {
    pub fn of(&self, app: &AppId, kind: SubjectKind, id: &str) -> IdHash {
        // The key and the names are of lengths that nobody chooses or end where a zero stands, which none of them has.
        let digest = Sha256::new()
            .chain_update(self.0)
            .chain_update(kind.name())
            .chain_update([0])
            .chain_update(app.as_str())
            .chain_update([0])
            .chain_update(id)
            .finalize();
        std::array::from_fn(|at| digest[at])
    }

    pub fn of_subject(&self, subject: &Subject) -> IdHash {
        self.of(&subject.app, subject.kind, &subject.id)
    }
}

/// One id that is kept out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    pub app: AppId,
    pub hash: IdHash,
    /// Records from before this are kept out, in nanoseconds since the epoch: a user may come back, a session ends.
    pub before_unix_nano: i64,
}

/// Shared by all requests.
#[derive(Clone)]
pub struct Screen {
    key: HashKey,
    erased: Arc<RwLock<HashMap<AppId, HashMap<IdHash, i64>>>>,
    passages: Arc<Mutex<Passages>>,
}

struct Passages {
    open: mpsc::Sender<()>,
    ended: mpsc::Receiver<()>,
}

/// Held by a request from before it is screened until its rows are on the disk.
#[derive(Debug, Clone)]
pub struct Passage {
    _open: mpsc::Sender<()>,
}

impl Screen {
    pub fn new(key: HashKey) -> Self {
        Self { key, erased: Arc::default(), passages: Arc::new(Mutex::new(Passages::new())) }
    }

    /// Takes these in place of those before.
    pub fn replace(&self, all: Vec<Erased>) {
        let mut erased: HashMap<AppId, HashMap<IdHash, i64>> = HashMap::new();
        for one in all {
            erased.entry(one.app).or_default().insert(one.hash, one.before_unix_nano);
        }
        *self.erased.write().unwrap_or_else(PoisonError::into_inner) = erased;
    }

    pub fn enter(&self) -> Passage {
        Passage { _open: self.passages.lock().unwrap_or_else(PoisonError::into_inner).open.clone() }
    }

    /// Returns when every request that entered before this call has its rows on the disk, or has failed.
    pub async fn settled(&self) {
        let before =
            std::mem::replace(&mut *self.passages.lock().unwrap_or_else(PoisonError::into_inner), Passages::new());
        let Passages { open, mut ended } = before;
        drop(open);
        // Nothing is ever sent: it answers when the last sender is gone.
        let _ = ended.recv().await;
    }

    /// Leaves out the records of erased people.
    pub fn sift(&self, batch: &mut EnrichedBatch<'_>) {
        let erased = self.erased.read().unwrap_or_else(PoisonError::into_inner);
        let Some(hashes) = erased.get(&batch.app) else { return };
        let mut sieve = Sieve { key: self.key, app: batch.app.clone(), hashes, last: HashMap::new() };
        let left_out = |before: usize, after: usize| (before - after) as u64;
        let logs = batch.views.len() + batch.events.len() + batch.logs.len();
        let (spans, metrics) = (batch.spans.len(), batch.metrics.len());
        let views = batch.views.len();
        batch.views.retain(|view| {
            let time = view.start_unix_nano;
            sieve.lets(time, &view.session_id, &view.user_id, [&view.attributes])
        });
        let views_left_out = left_out(views, batch.views.len());
        batch
            .events
            .retain(|event| sieve.lets(event.time_unix_nano, &event.session_id, &event.user_id, [&event.attributes]));
        batch.logs.retain(|log| sieve.lets(log.time_unix_nano, &log.session_id, "", [&log.attributes, &log.resource]));
        batch.spans.retain(|span| {
            let events =
                span.events.iter().all(|(_, _, attributes)| sieve.lets(span.start_unix_nano, "", "", [attributes]));
            events && sieve.lets(span.start_unix_nano, &span.session_id, "", [&span.attributes, &span.resource])
        });
        batch.metrics.retain_mut(|point| {
            let time = point.time_unix_nano;
            point.exemplars.retain(|exemplar| sieve.lets(time, "", "", [&exemplar.attributes]));
            sieve.lets(time, "", "", [&point.attributes, &point.resource])
        });
        // Views that were made of spans go with them, and are no records of their own.
        let of_spans = views_left_out.min(batch.views_of_spans);
        batch.views_of_spans -= of_spans;
        let logs_after = batch.views.len() + batch.events.len() + batch.logs.len();
        let counts = [
            (Signal::Logs, left_out(logs, logs_after) - of_spans),
            (Signal::Traces, left_out(spans, batch.spans.len())),
            (Signal::Metrics, left_out(metrics, batch.metrics.len())),
        ];
        for (signal, count) in counts {
            batch.rejections.add(signal, Outcome::Erased, count);
        }
    }
}

impl Passages {
    fn new() -> Self {
        let (open, ended) = mpsc::channel(1);
        Self { open, ended }
    }
}

struct Sieve<'s> {
    key: HashKey,
    app: AppId,
    hashes: &'s HashMap<IdHash, i64>,
    /// The records of a batch mostly have the same ids.
    last: HashMap<SubjectKind, (String, Option<i64>)>,
}

impl Sieve<'_> {
    fn lets<const N: usize>(&mut self, time: i64, session: &str, user: &str, attributes: [&Attributes<'_>; N]) -> bool {
        if self.erased(SubjectKind::Session, session, time) || self.erased(SubjectKind::User, user, time) {
            return false;
        }
        attributes.into_iter().flat_map(|attributes| &attributes.0).all(|(key, value)| {
            let kind = SubjectKind::ALL.into_iter().find(|kind| kind.attributes().contains(&&**key));
            kind.is_none_or(|kind| !value.as_text().is_some_and(|id| self.erased(kind, id, time)))
        })
    }

    fn erased(&mut self, kind: SubjectKind, id: &str, time: i64) -> bool {
        if id.is_empty() {
            return false;
        }
        let known = self.last.get(&kind).filter(|(last, _)| last == id).map(|(_, before)| *before);
        let before = known.unwrap_or_else(|| {
            let before = self.hashes.get(&self.key.of(&self.app, kind, id)).copied();
            self.last.insert(kind, (id.to_owned(), before));
            before
        });
        before.is_some_and(|before| time < before)
    }
}

#[cfg(test)]
mod tests {
    use limen_model::enriched::{Event, Log, View};
    use limen_model::{Rejections, Value};

    use super::*;

    fn app(name: &str) -> AppId {
        AppId::parse(name).expect("valid")
    }

    fn screen(kind: SubjectKind, id: &str, before_unix_nano: i64) -> Screen {
        let screen = Screen::new(HashKey([7; 32]));
        let hash = screen.key.of(&app("shop"), kind, id);
        screen.replace(vec![Erased { app: app("shop"), hash, before_unix_nano }]);
        screen
    }

    fn batch(name: &str) -> EnrichedBatch<'static> {
        let view = |session: &'static str, user: &'static str, start_unix_nano| View {
            session_id: session.into(),
            user_id: user.into(),
            start_unix_nano,
            ..View::default()
        };
        let attributes = Attributes(vec![("enduser.id".into(), Value::Text("anna".into()))]);
        EnrichedBatch {
            app: app(name),
            received_unix_nano: 0,
            views: vec![view("a", "anna", 5), view("a", "anna", 50), view("b", "bert", 5)],
            events: vec![Event { session_id: "a".into(), time_unix_nano: 5, ..Event::default() }],
            spans: vec![],
            logs: vec![Log { attributes, time_unix_nano: 5, ..Log::default() }, Log::default()],
            metrics: vec![],
            views_of_spans: 0,
            redactions: Default::default(),
            routes_over_limit: 0,
            rejections: Rejections::default(),
        }
    }

    fn sifted(screen: &Screen, name: &str) -> ((usize, usize, usize), u64) {
        let mut batch = batch(name);
        screen.sift(&mut batch);
        ((batch.views.len(), batch.events.len(), batch.logs.len()), batch.rejections.count(Signal::Logs))
    }

    #[test]
    fn a_session_is_kept_out_whenever_it_was_and_only_of_its_application() {
        let screen = screen(SubjectKind::Session, "a", i64::MAX);
        assert_eq!(sifted(&screen, "shop"), ((1, 0, 2), 3));
        assert_eq!(sifted(&screen, "blog"), ((3, 1, 2), 0));
    }

    #[test]
    fn of_a_user_only_what_was_before_is_kept_out() {
        let screen = screen(SubjectKind::User, "anna", 10);
        assert_eq!(sifted(&screen, "shop"), ((2, 1, 1), 2));
    }

    #[test]
    fn the_id_of_one_kind_is_none_of_another() {
        assert_eq!(sifted(&screen(SubjectKind::Device, "anna", i64::MAX), "shop"), ((3, 1, 2), 0));
    }

    #[tokio::test]
    async fn who_entered_before_is_waited_for_and_who_comes_later_is_not() {
        let screen = screen(SubjectKind::User, "anna", 10);
        let before = screen.enter();
        let mut settled = tokio::spawn({
            let screen = screen.clone();
            async move { screen.settled().await }
        });
        tokio::select! {
            biased;
            _ = &mut settled => panic!("a request is on its way"),
            () = tokio::task::yield_now() => {}
        }
        let _later = screen.enter();
        drop(before);
        settled.await.expect("settled");
    }
}
