//! The order of the stages: open, decode, enrich, encode, commit. Each stage knows only its own step.

mod usage;

use std::net::IpAddr;
use std::sync::Arc;

use limen_enrich::{Enricher, HintHeaders, Rules};
use limen_ingest::{Encoding, Format, Limits};
use limen_model::enriched::EnrichedBatch;
use limen_model::redaction::Redactions;
use limen_model::{AppId, Outcome, Rejections, Signal};
use limen_store::{Committer, EncodedBatch, Kept, StoreError};
use tokio::sync::watch;

use crate::admission::{Coming, Gate, LeftOut};
use crate::app_settings::AppSettings;
use crate::erasure::{Passage, Screen};
use crate::keys::KeyId;
use crate::outcomes::Outcomes;
use crate::supervisor::EngineState;
use crate::usage::{Usage, Used};

/// A request whose key is known and whose body has arrived.
#[derive(Debug)]
pub struct Admitted<'a> {
    pub app: AppId,
    pub key: KeyId,
    pub settings: Arc<AppSettings>,
    pub format: Format,
    pub encoding: Encoding,
    pub signal: Signal,
    pub limits: &'static Limits,
    pub body: &'a [u8],
    pub received_unix_nano: i64,
    pub sent_unix_milli: Option<i64>,
    /// Of the sender itself, whatever stands between.
    pub address: IpAddr,
    pub user_agent: Option<&'a str>,
    pub hints: HintHeaders<'a>,
    /// What is set for the application.
    pub rules: Arc<Rules>,
}

/// Why a whole request was refused: counted under `outcome`, told to the sender as `message`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub outcome: Outcome,
    pub message: String,
    /// When it makes sense to come again, where that is known better than by the outcome.
    pub again_after_seconds: Option<u32>,
}

impl Refusal {
    pub fn new(outcome: Outcome, message: impl Into<String>) -> Self {
        Self { outcome, message: message.into(), again_after_seconds: None }
    }

    pub fn again(outcome: Outcome, message: String, seconds: u32) -> Self {
        Self { outcome, message, again_after_seconds: Some(seconds.max(1)) }
    }
}

#[derive(Clone)]
pub struct Pipeline {
    pub enricher: Arc<Enricher>,
    pub committer: Committer,
    pub outcomes: Arc<Outcomes>,
    pub gate: Arc<Gate>,
    pub usage: Arc<Usage>,
    pub engine: watch::Receiver<EngineState>,
    /// Whether a spool stands in for an engine that is away.
    pub spools: bool,
    pub screen: Screen,
}

/// Rows that only have to be written, and what to tell and count once they are.
#[derive(Debug)]
pub struct Prepared {
    app: AppId,
    key: KeyId,
    encoded: EncodedBatch,
    received_unix_nano: i64,
    used: [(Signal, Used); 3],
    /// What is left out for others to stand for it.
    sampled: LeftOut,
    written: Written,
    rejections: Rejections,
    redactions: Redactions,
    routes_over_limit: u64,
    passage: Passage,
}

/// What remote write wants counted apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    pub samples: u64,
    pub histograms: u64,
    pub exemplars: u64,
}

impl Prepared {
    /// What will have been written once this is kept.
    pub fn written(&self) -> Written {
        self.written
    }
}

impl Pipeline {
    /// Everything that needs the body: after this it can go.
    pub fn prepare(&self, request: &Admitted<'_>) -> Result<Prepared, Refusal> {
        let passage = self.screen.enter();
        let opened = limen_ingest::open(request.body, request.encoding, request.limits).map_err(refuse_body)?;
        let received =
            limen_ingest::decode(&opened, request.format, request.signal, request.limits).map_err(refuse_body)?;
        let mut enriched = self.enricher.enrich(received, &describe(request));
        self.screen.sift(&mut enriched);
        let (policy, now) = (&request.settings.admission, self.gate.now());
        self.gate.hold_sessions(&mut enriched, policy, now);
        let sampled = self.gate.thin(&mut enriched, policy, &request.settings.sampling, now);
        let used = usage::of(&enriched, request.signal, request.body.len(), opened.len());
        self.gate.take_events(&request.app, policy, coming(&used), now)?;
        Ok(Prepared {
            app: request.app.clone(),
            key: request.key.clone(),
            encoded: EncodedBatch::encode(&enriched),
            received_unix_nano: request.received_unix_nano,
            used,
            sampled,
            written: written(&enriched),
            redactions: enriched.redactions,
            routes_over_limit: enriched.routes_over_limit,
            rejections: enriched.rejections,
            passage,
        })
    }

    /// Returns once every good record is durable; the answer says which records were dropped and why.
    pub async fn keep(&self, prepared: Prepared) -> Result<Rejections, Refusal> {
        let Prepared {
            app,
            key,
            encoded,
            used,
            sampled,
            rejections,
            redactions,
            received_unix_nano,
            routes_over_limit,
            passage,
            ..
        } = prepared;
        if !self.spools {
            self.check_engine()?;
        }
        let committer = self.committer.clone();
        // A task of its own: what a sender that hung up has sent may still be written, and an erasure has to wait for it.
        let commit = tokio::spawn(async move {
            let kept = committer.commit(encoded).await;
            drop(passage);
            kept
        });
        let kept = commit.await.unwrap_or(Err(StoreError::Stopping));
        let outcome = match kept.map_err(refuse_store)? {
            Kept::Committed => Outcome::Accepted,
            Kept::Spooled => Outcome::Spooled,
        };
        for (signal, used) in used {
            self.outcomes.add(Some(&app), Some(signal), outcome, used.events);
        }
        self.usage.add(&app, &key, received_unix_nano / 1_000_000_000, &used);
        self.outcomes.add(Some(&app), Some(Signal::Logs), Outcome::Sampled, sampled.logs);
        self.outcomes.add(Some(&app), Some(Signal::Traces), Outcome::Sampled, sampled.spans);
        self.outcomes.add_rejections(&app, &rejections);
        self.outcomes.add_redactions(&app, &redactions);
        self.outcomes.add_routes_over_limit(&app, routes_over_limit);
        Ok(rejections)
    }

    /// A dead engine is known at once: a sender need not wait for the attempts to insert.
    fn check_engine(&self) -> Result<(), Refusal> {
        match &*self.engine.borrow() {
            EngineState::Ready => Ok(()),
            EngineState::Starting => Err(unavailable("the store is starting")),
            EngineState::Down(_) => Err(unavailable("the store is restarting")),
            EngineState::Failed(_) => Err(unavailable("the store cannot start, see the server's log")),
            EngineState::Stopped => Err(unavailable("the server is stopping")),
        }
    }
}

fn describe<'a>(request: &Admitted<'a>) -> limen_enrich::Request<'a> {
    limen_enrich::Request {
        app: request.app.clone(),
        received_unix_nano: request.received_unix_nano,
        sent_unix_milli: request.sent_unix_milli,
        peer: request.address,
        forwarded_for: None,
        user_agent: request.user_agent,
        hints: request.hints,
        browser: matches!(request.format, Format::AgentJson),
        rules: Arc::clone(&request.rules),
    }
}

fn coming(used: &[(Signal, Used); 3]) -> Coming {
    let each = || used.iter().map(|(_, used)| used);
    Coming { events: each().map(|used| used.events).sum(), stands_for: each().map(|used| used.weight).sum() }
}

fn written(batch: &EnrichedBatch<'_>) -> Written {
    let mut written = Written::default();
    for point in &batch.metrics {
        match &*point.kind {
            "histogram" | "exponential_histogram" => written.histograms += 1,
            _ => written.samples += 1,
        }
        written.exemplars += point.exemplars.len() as u64;
    }
    written
}

pub fn refuse_body(error: limen_ingest::IngestError) -> Refusal {
    Refusal::new(error.outcome(), error.to_string())
}

fn refuse_store(error: StoreError) -> Refusal {
    let outcome = match error {
        StoreError::Overloaded { .. } => Outcome::Overloaded,
        StoreError::Refused(_) => Outcome::StoreRefused,
        StoreError::SpoolFull { .. } => Outcome::SpoolFull,
        _ => Outcome::StoreUnavailable,
    };
    tracing::warn!(%error, outcome = outcome.name(), "a batch was not committed");
    let message = match &error {
        // The engine's own words may quote rows of other senders: they stay in the log.
        StoreError::Refused(_) => "the store refused these records, see the server's log".to_owned(),
        StoreError::DiskFull(_) => "the server's disk is full; send again later".to_owned(),
        StoreError::SpoolFull { .. } => "the store is away and the spool is full; send again later".to_owned(),
        StoreError::SpoolFailed(_) => {
            "the store is away and the spool cannot be written, see the server's log; send again later".to_owned()
        }
        StoreError::Overloaded { .. } => "too much waits to be written; send again later".to_owned(),
        _ => "the store is away for a moment; send again later".to_owned(),
    };
    Refusal::new(outcome, message)
}

fn unavailable(what: &str) -> Refusal {
    Refusal::new(Outcome::StoreUnavailable, format!("{what}; send again in a few seconds"))
}
