//! Several servers on one metadata: each says that it is there, hears what others have changed, and only one does the jobs.

use std::sync::Arc;
use std::time::Duration;

use limen_store::SpoolLevel;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep};

use crate::admission::Gate;
use crate::directory::Directory;
use crate::erasure::Erasures;
use crate::limits::{JOBS_LEASE_RENEWED_EVERY, JOBS_LEASE_SECONDS, NODES_LOOK_EVERY};
use crate::metadata::{Metadata, MetadataError};
use crate::serve::Running;
use crate::usage::Usage;

/// The name under which the jobs are held.
const JOBS: &str = "jobs";

/// This server among those that share its metadata.
#[derive(Clone)]
pub struct Node {
    id: String,
    metadata: Metadata,
    directory: Directory,
    erasures: Erasures,
    gate: Arc<Gate>,
    usage: Arc<Usage>,
    spool: Option<watch::Receiver<SpoolLevel>>,
}

/// What this server does as one of several, until it stops.
pub struct Membership {
    id: String,
    metadata: Metadata,
    tasks: Vec<JoinHandle<()>>,
}

impl Membership {
    /// Does the jobs where nobody else does. A server with a file of its own is alone and just does them.
    pub fn start(running: &Running, jobs: impl Fn() -> JoinSet<()> + Send + Sync + 'static) -> Self {
        let node = Node {
            id: running.node.clone(),
            metadata: running.metadata.clone(),
            directory: running.directory.clone(),
            erasures: running.erasures.clone(),
            gate: Arc::clone(&running.pipeline.gate),
            usage: Arc::clone(&running.pipeline.usage),
            spool: running.spool.clone(),
        };
        let (id, metadata) = (node.id.clone(), node.metadata.clone());
        let tasks = if metadata.is_shared() {
            vec![
                tokio::spawn(node.clone().stay()),
                tokio::spawn(node.clone().settle()),
                tokio::spawn(node.work_when_nobody_does(jobs)),
            ]
        } else {
            let mut working = jobs();
            vec![tokio::spawn(async move { while working.join_next().await.is_some() {} })]
        };
        Self { id, metadata, tasks }
    }

    pub async fn stop(self) {
        for task in self.tasks {
            task.abort();
            let _ = task.await;
        }
        if self.metadata.is_shared()
            && let Err(error) = self.metadata.leave(&self.id).await
        {
            tracing::warn!(%error, "the other servers could not be told that this one stops");
        }
    }
}

impl Node {
    async fn stay(self) {
        let mut ticks = interval(NODES_LOOK_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            if let Err(error) = self.look().await {
                tracing::warn!(%error, "what other servers have changed is not known, looking again");
            }
        }
    }

    async fn look(&self) -> Result<(), MetadataError> {
        let there = self.metadata.beat(&self.id).await?;
        self.gate.share_with(there);
        self.usage.share_with(there);
        let apps = self.metadata.apps().await?;
        if apps != self.directory.apps() {
            self.directory.replace(apps);
        }
        self.erasures.hear_of_new_ones().await
    }

    /// Tells the others, again and again, that nothing is on its way here of whom they have erased.
    async fn settle(self) {
        loop {
            if let Err(error) = self.note_settled().await {
                tracing::warn!(%error, "erasures have to wait for this server, trying again");
            }
            sleep(NODES_LOOK_EVERY).await;
        }
    }

    async fn note_settled(&self) -> Result<(), MetadataError> {
        let before = self.metadata.now().await?;
        self.erasures.hear_of_new_ones().await?;
        self.erasures.screen().settled().await;
        if let Some(mut level) = self.spool.clone() {
            // An error means that the writer has ended, and so will this.
            let _ = level.wait_for(|level| level.entries == 0).await;
        }
        self.metadata.note_settled(&self.id, before).await
    }

    /// Stops in time when it cannot say any more that it goes on: then another server begins.
    async fn work_when_nobody_does(self, jobs: impl Fn() -> JoinSet<()>) {
        loop {
            if self.holds_jobs().await == Some(true) {
                tracing::info!("this server does the jobs of all that share its metadata");
                let _working = jobs();
                self.hold_on().await;
                tracing::warn!("another server does the jobs from now on");
            }
            sleep(JOBS_LEASE_RENEWED_EVERY).await;
        }
    }

    /// Returns when the jobs are somebody else's, or could be soon.
    async fn hold_on(&self) {
        let lasts = Duration::from_secs(JOBS_LEASE_SECONDS.unsigned_abs()) - JOBS_LEASE_RENEWED_EVERY;
        let mut until = Instant::now() + lasts;
        loop {
            sleep(JOBS_LEASE_RENEWED_EVERY).await;
            let asked = Instant::now();
            let renewed = tokio::time::timeout_at(until, self.holds_jobs()).await;
            match renewed {
                Ok(Some(true)) => until = asked + lasts,
                Ok(None) if Instant::now() < until => {}
                _ => return,
            }
        }
    }

    /// Nothing when nobody knows.
    async fn holds_jobs(&self) -> Option<bool> {
        match self.metadata.lease(JOBS, &self.id, JOBS_LEASE_SECONDS).await {
            Ok(held) => Some(held),
            Err(error) => {
                tracing::warn!(%error, "it is not known who does the jobs, asking again");
                None
            }
        }
    }
}
