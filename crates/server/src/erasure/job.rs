//! Carries erasures out, one after the other: find, delete, sum up again, see the files go, forget whom it was about.
//!
//! Every stage is kept before the next one begins and can be done twice, so a job goes on after any end of the process.

use std::collections::BTreeMap;
use std::path::PathBuf;

use limen_query::Time;
use limen_store::{Found, Spool, SpoolLevel, Store, StoreError, Subject};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use tokio::time::sleep;
use utoipa::ToSchema;

use super::{Erasures, Job, Stage, unix_nano};
use crate::limits::{ERASURE_AGAIN_AFTER, ERASURE_LOOKS_EVERY, ERASURES_PURGED_EVERY};
use crate::metadata::MetadataError;
use crate::rollups::Sums;

/// What was done, for whoever must prove it; it holds no id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Receipt {
    /// Rows that there were, by table; views and spans count once for every time that they were received.
    pub rows: BTreeMap<String, u64>,
    /// Points of metrics that stay, without their exemplars.
    pub exemplars: u64,
    pub sessions: u64,
    /// Traces that the person was in.
    pub traces: u64,
    /// Hours whose sums were computed again.
    pub hours: u64,
    /// The query that looks for rows that are left; `erasing` held the ids.
    pub proof: String,
    /// Its answer.
    pub rows_left: u64,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub erased: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub summed: Option<String>,
    /// When the last file that had held a row of these was gone from the disk.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub removed: Option<String>,
    /// Whether a damaged spool is kept beside the data, as the file `spool-aside.sqlite`: it was not searched.
    pub spool_aside: bool,
}

/// `Found` as it is kept while the job runs.
#[derive(Default, Serialize, Deserialize)]
struct Known {
    sessions: Vec<String>,
    traces: Vec<String>,
    hours: Vec<i64>,
}

#[derive(Debug, thiserror::Error)]
enum JobError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Metadata(#[from] MetadataError),
    #[error("what the job keeps is damaged: {0}")]
    Damaged(#[from] serde_json::Error),
    #[error("{0} rows are left")]
    Left(u64),
    #[error("the journal of the metadata file is in use")]
    JournalBusy,
}

/// There may be one of these for a set of tables.
pub struct Runner {
    pub erasures: Erasures,
    pub store: Store,
    pub sums: Sums,
    pub spool: Option<watch::Receiver<SpoolLevel>>,
    pub data: PathBuf,
}

impl Runner {
    /// Goes on until it is dropped, which it may be at any point.
    pub async fn keep(mut self) {
        loop {
            match self.next().await {
                Ok(true) => {}
                Ok(false) => {
                    tokio::select! {
                        () = self.erasures.asked.notified() => {}
                        () = sleep(ERASURES_PURGED_EVERY) => {}
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "an erasure has to wait, trying again");
                    sleep(ERASURE_AGAIN_AFTER).await;
                }
            }
        }
    }

    /// Brings the oldest job to its end; false when there is none.
    async fn next(&mut self) -> Result<bool, JobError> {
        self.erasures.look_again().await?;
        let Some(mut job) = self.erasures.metadata.next_erasure().await? else {
            return self.forget().await.map(|()| false);
        };
        match self.run(&mut job).await {
            Err(JobError::Store(error @ StoreError::TooMuchOfOne { .. })) => {
                job.error = Some(error.to_string());
                self.finish(&mut job, Stage::Failed).await?;
            }
            Err(error) => {
                job.error = Some(told(&error));
                self.erasures.keep(&job, &[]).await?;
                return Err(error);
            }
            Ok(()) => {}
        }
        self.forget().await?;
        Ok(true)
    }

    async fn run(&mut self, job: &mut Job) -> Result<(), JobError> {
        if let Some(subject) = job.whom() {
            if job.stage == Stage::Asked {
                self.find(job, &subject).await?;
            }
            if job.stage == Stage::Found {
                self.erase(job, &subject).await?;
            }
            if job.stage == Stage::Erased {
                self.sum_up(job).await?;
            }
            self.see_files_go(job).await?;
            (job.subject, job.found) = (None, None);
            self.erasures.keep(job, &[]).await?;
        }
        // Whoever is told that it is done may look for the id in any file.
        self.forget().await?;
        self.finish(job, Stage::Done).await
    }

    /// First whose sessions they are, so that no more comes of them; then, when all that came is there, what there is.
    async fn find(&mut self, job: &mut Job, subject: &Subject) -> Result<(), JobError> {
        self.all_has_come().await?;
        let sessions = self.store.find(subject, false).await?.sessions;
        self.erasures.keep(job, &sessions).await?;
        self.all_has_come().await?;
        let found = self.store.find(subject, job.include_traces).await?;
        let receipt = Receipt {
            rows: found.rows.clone(),
            exemplars: found.exemplars,
            sessions: found.sessions.len() as u64,
            traces: found.traces.len() as u64,
            hours: found.hours.len() as u64,
            ..Receipt::default()
        };
        let sessions = found.sessions.clone();
        let Found { traces, hours, .. } = found;
        let known = Known { sessions: found.sessions, traces, hours: hours.into_iter().collect() };
        job.found = Some(serde_json::to_string(&known)?);
        self.reach(job, Stage::Found, &receipt, &sessions).await
    }

    /// Waits for what was taken before: for requests on their way, then for what stands in the spool.
    async fn all_has_come(&mut self) -> Result<(), JobError> {
        self.erasures.screen.settled().await;
        if let Some(level) = &mut self.spool {
            // An error means that the writer has ended, and so will this.
            let _ = level.wait_for(|level| level.entries == 0).await;
        }
        Ok(self.erasures.others_have_settled().await?)
    }

    async fn erase(&self, job: &mut Job, subject: &Subject) -> Result<(), JobError> {
        let known = known(job)?;
        let found = Found { sessions: known.sessions, traces: known.traces, ..Found::default() };
        let proof = self.store.erase(subject, &found, job.include_traces).await?;
        if proof.rows_left > 0 {
            return Err(JobError::Left(proof.rows_left));
        }
        let receipt =
            Receipt { proof: proof.statement, rows_left: proof.rows_left, erased: Some(now()), ..receipt(job)? };
        self.reach(job, Stage::Erased, &receipt, &[]).await
    }

    async fn sum_up(&self, job: &mut Job) -> Result<(), JobError> {
        self.store.forget_stacks_without_events(&job.app).await?;
        self.sums.recompute(&job.app, known(job)?.hours).await?;
        let receipt = Receipt { summed: Some(now()), ..receipt(job)? };
        self.reach(job, Stage::Summed, &receipt, &[]).await
    }

    /// The engine removes what it has written anew, when it has been old for a minute.
    async fn see_files_go(&self, job: &mut Job) -> Result<(), JobError> {
        let before = self.store.old_parts().await?;
        while !self.store.old_parts().await?.is_disjoint(&before) {
            sleep(ERASURE_LOOKS_EVERY).await;
        }
        let spool_aside = Spool::is_put_aside(&self.data);
        let receipt = Receipt { removed: Some(now()), spool_aside, ..receipt(job)? };
        job.receipt = Some(serde_json::to_string(&receipt)?);
        Ok(())
    }

    async fn reach(&self, job: &mut Job, stage: Stage, receipt: &Receipt, sessions: &[String]) -> Result<(), JobError> {
        job.stage = stage;
        job.error = None;
        job.receipt = Some(serde_json::to_string(receipt)?);
        tracing::info!(erasure = job.id, stage = stage.name(), "an erasure has come this far");
        Ok(self.erasures.keep(job, sessions).await?)
    }

    async fn finish(&self, job: &mut Job, stage: Stage) -> Result<(), JobError> {
        job.stage = stage;
        job.finished_unix_nano = Some(unix_nano());
        (job.subject, job.found) = (None, None);
        tracing::info!(erasure = job.id, stage = stage.name(), "an erasure has come to its end");
        Ok(self.erasures.keep(job, &[]).await?)
    }

    /// Also after a start: the process may have ended between the last two steps of a job.
    async fn forget(&self) -> Result<(), JobError> {
        if self.erasures.metadata.empty_journal().await? { Ok(()) } else { Err(JobError::JournalBusy) }
    }
}

/// The engine's own words may quote an id: they stay in the log.
fn told(error: &JobError) -> String {
    match error {
        JobError::Store(StoreError::Refused(_)) => "the engine refused a statement, see the server's log".to_owned(),
        other => other.to_string(),
    }
}

fn known(job: &Job) -> Result<Known, JobError> {
    Ok(job.found.as_deref().map(serde_json::from_str).transpose()?.unwrap_or_default())
}

fn receipt(job: &Job) -> Result<Receipt, JobError> {
    Ok(job.receipt.as_deref().map(serde_json::from_str).transpose()?.unwrap_or_default())
}

fn now() -> String {
    let time = serde_json::to_value(Time(unix_nano()));
    time.ok().and_then(|time| time.as_str().map(str::to_owned)).unwrap_or_default()
}
