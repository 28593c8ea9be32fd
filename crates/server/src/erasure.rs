//! Erasing a person: who is asked about, how far it has come, and whom to keep out from then on.

mod job;
mod people;
mod screen;

use std::sync::Arc;

use limen_model::AppId;
use limen_store::{Subject, SubjectKind};
use time::OffsetDateTime;
use tokio::sync::Notify;
use tokio::time::sleep;

use crate::limits::{ERASED_KEPT_FOR, ERASURE_LOOKS_EVERY};
use crate::metadata::{Metadata, MetadataError, random_bytes};

pub use job::{Receipt, Runner};
pub use screen::{Erased, HashKey, IdHash, Passage, Screen};

/// One erasure as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Job {
    pub id: String,
    pub app: AppId,
    pub kind: SubjectKind,
    /// In clear while the job runs, and nowhere afterwards.
    pub subject: Option<String>,
    pub subject_hash: String,
    pub reason: String,
    pub include_traces: bool,
    pub stage: Stage,
    pub asked_unix_nano: i64,
    pub finished_unix_nano: Option<i64>,
    /// JSON of what there is to delete, ids in clear: as long as `subject`.
    pub found: Option<String>,
    /// JSON of `Receipt`.
    pub receipt: Option<String>,
    /// Why the last attempt did not succeed.
    pub error: Option<String>,
}

/// What is done. An interrupted job goes on behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Asked,
    Found,
    Erased,
    Summed,
    Done,
    Failed,
}

impl Stage {
    const ALL: [Stage; 6] = [Stage::Asked, Stage::Found, Stage::Erased, Stage::Summed, Stage::Done, Stage::Failed];

    pub fn name(self) -> &'static str {
        match self {
            Stage::Asked => "asked",
            Stage::Found => "found",
            Stage::Erased => "erased",
            Stage::Summed => "summed",
            Stage::Done => "done",
            Stage::Failed => "failed",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }
}

/// Whom to erase, checked.
pub struct Wanted {
    pub subject: Subject,
    pub reason: String,
    pub include_traces: bool,
}

/// Takes erasures and knows of them all. Clones share them.
#[derive(Clone)]
pub struct Erasures {
    metadata: Metadata,
    key: HashKey,
    screen: Screen,
    asked: Arc<Notify>,
}

impl Erasures {
    /// Whoever was erased before is kept out from here on.
    pub async fn open(metadata: &Metadata) -> Result<Self, MetadataError> {
        let key = metadata.hash_key().await?;
        let erasures =
            Self { metadata: metadata.clone(), key, screen: Screen::new(key), asked: Arc::new(Notify::new()) };
        erasures.look_again().await?;
        Ok(erasures)
    }

    pub fn screen(&self) -> &Screen {
        &self.screen
    }

    /// Returns when the job is on the disk and nothing of its subject is taken any more.
    pub async fn ask(&self, wanted: Wanted) -> Result<Job, MetadataError> {
        let Wanted { subject, reason, include_traces } = wanted;
        let now = unix_nano();
        let hash = self.key.of_subject(&subject);
        let job = Job {
            id: hex(&random_bytes::<8>().map_err(MetadataError::Random)?),
            app: subject.app.clone(),
            kind: subject.kind,
            subject: Some(subject.id),
            subject_hash: hex(&hash),
            reason,
            include_traces,
            stage: Stage::Asked,
            asked_unix_nano: now,
            finished_unix_nano: None,
            found: None,
            receipt: None,
            error: None,
        };
        let before_unix_nano = if subject.kind == SubjectKind::Session { i64::MAX } else { now };
        let erased = Erased { app: subject.app, hash, before_unix_nano };
        self.metadata.add_erasure(&job, &erased, kept_until(now)).await?;
        self.look_again().await?;
        self.asked.notify_one();
        tracing::info!(erasure = job.id, app = job.app.as_str(), kind = job.kind.name(), "an erasure was asked for");
        Ok(job)
    }

    /// Keeps how far a job has come, and its sessions out.
    async fn keep(&self, job: &Job, sessions: &[String]) -> Result<(), MetadataError> {
        let of = |id: &String| Erased {
            app: job.app.clone(),
            hash: self.key.of(&job.app, SubjectKind::Session, id),
            before_unix_nano: i64::MAX,
        };
        let erased: Vec<Erased> = sessions.iter().map(of).collect();
        self.metadata.keep_erasure(job, &erased, kept_until(unix_nano())).await?;
        self.look_again().await
    }

    /// What was asked of another server: keeps those out, and wakes whoever does the jobs.
    pub async fn hear_of_new_ones(&self) -> Result<(), MetadataError> {
        self.look_again().await?;
        if self.metadata.next_erasure().await?.is_some() {
            self.asked.notify_one();
        }
        Ok(())
    }

    /// Waits for the other servers, when there may be any, as `all_has_come` does for this one.
    async fn others_have_settled(&self) -> Result<(), MetadataError> {
        if self.metadata.is_shared() {
            let now = self.metadata.now().await?;
            while !self.metadata.all_settled_after(now).await? {
                sleep(ERASURE_LOOKS_EVERY).await;
            }
        }
        Ok(())
    }

    async fn look_again(&self) -> Result<(), MetadataError> {
        self.screen.replace(self.metadata.erased(unix_nano() / 1_000_000_000).await?);
        Ok(())
    }
}

fn unix_nano() -> i64 {
    i64::try_from(OffsetDateTime::now_utc().unix_timestamp_nanos()).unwrap_or(i64::MAX)
}

fn kept_until(now_unix_nano: i64) -> i64 {
    now_unix_nano / 1_000_000_000 + ERASED_KEPT_FOR.as_secs().cast_signed()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
