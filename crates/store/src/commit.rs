//! Group commit: rows of many requests are written together, and each request is answered once its rows are durable,
//! in the engine or in the spool that stands in for it.

mod figures;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use clickhouse::Client;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout, timeout_at};

pub use figures::{COMMIT_SECONDS, CommitFigures, SlowInsert};

use crate::StoreError;
use crate::batch::EncodedBatch;
use crate::insert::{Insert, Sink};
use crate::limits::{
    GROUP_BYTES_MAX, GROUP_ROWS_MAX, GROUP_WAIT, GROUPS_IN_FLIGHT, INSERT_ATTEMPTS, INSERT_RETRY_WAIT, SPOOL_AFTER,
    WAITING_BYTES_MAX,
};
use crate::replay::replay;
use crate::spool::Spool;

/// Where the rows of a batch are now. Both survive the loss of power.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// In the engine: questions see them.
    Committed,
    /// On the disk of the server: they will be in the engine when it is back.
    Spooled,
}

/// Takes batches and answers each when it is on the disk. Clones share one queue.
#[derive(Debug, Clone)]
pub struct Committer {
    queue: mpsc::UnboundedSender<Waiting>,
    /// One permit per byte: what bounds the queue, whose length is not.
    budget: Arc<Semaphore>,
    figures: Arc<CommitFigures>,
    spool: Option<Arc<Spool>>,
}

#[derive(Debug)]
struct Waiting {
    batch: EncodedBatch,
    done: oneshot::Sender<Result<Kept, StoreError>>,
    /// Given back when the batch is answered.
    _bytes: OwnedSemaphorePermit,
}

impl Committer {
    /// Starts the writer. `instance` must differ between starts of the server: with a counter it makes the insert
    /// tokens, and a token seen before would make the engine skip rows it has never had. Without a spool, rows are
    /// handed back while the engine is away; with one, it is replayed until the writer ends.
    pub fn start(client: Client, instance: u64, spool: Option<Spool>) -> (Self, JoinHandle<()>) {
        Self::start_with(Arc::new(client), instance, spool.map(Arc::new))
    }

    pub(crate) fn start_with(sink: Arc<impl Sink>, instance: u64, spool: Option<Arc<Spool>>) -> (Self, JoinHandle<()>) {
        let (queue, waiting) = mpsc::unbounded_channel();
        let figures = Arc::new(CommitFigures::default());
        let kept = spool.clone();
        let writer = Writer { sink, instance, groups: AtomicU64::new(0), spool, figures: Arc::clone(&figures) };
        let task = tokio::spawn(run(Arc::new(writer), waiting));
        (Self { queue, budget: Arc::new(Semaphore::new(WAITING_BYTES_MAX)), figures, spool: kept }, task)
    }

    pub fn figures(&self) -> &CommitFigures {
        &self.figures
    }

    /// A copy of what waits in the spool, where there is one, as a file of its own.
    pub async fn copy_spool(&self, path: &Path) -> Result<(), StoreError> {
        match &self.spool {
            Some(spool) => spool.copy_to(path).await,
            None => Ok(()),
        }
    }

    /// Bytes that wait to be written or are on their way.
    pub fn waiting_bytes(&self) -> usize {
        WAITING_BYTES_MAX.saturating_sub(self.budget.available_permits())
    }

    /// Returns when the rows are durable, or with the reason why they are not.
    pub async fn commit(&self, batch: EncodedBatch) -> Result<Kept, StoreError> {
        if batch.is_empty() {
            return Ok(Kept::Committed);
        }
        let bytes = u32::try_from(batch.bytes()).unwrap_or(u32::MAX);
        let permit = Arc::clone(&self.budget)
            .try_acquire_many_owned(bytes)
            .map_err(|_| StoreError::Overloaded { waiting_bytes: self.waiting_bytes() })?;
        let (done, answer) = oneshot::channel();
        self.queue.send(Waiting { batch, done, _bytes: permit }).map_err(|_| StoreError::Stopping)?;
        answer.await.map_err(|_| StoreError::Stopping)?
    }
}

/// What an insert comes to that was not waited for any longer; it may still be done, hence its token.
pub(crate) fn no_answer(within: Duration) -> StoreError {
    StoreError::Unavailable(format!("no answer to an insert after {} s", within.as_secs()))
}

/// Collects groups until every `Committer` is gone, then waits for the groups on their way.
async fn run<S: Sink>(writer: Arc<Writer<S>>, mut waiting: mpsc::UnboundedReceiver<Waiting>) {
    let replaying =
        writer.spool.as_ref().map(|spool| tokio::spawn(replay(Arc::clone(&writer.sink), Arc::clone(spool))));
    let in_flight = Arc::new(Semaphore::new(GROUPS_IN_FLIGHT));
    while let Some(first) = waiting.recv().await {
        let group = collect(first, &mut waiting).await;
        let Ok(permit) = Arc::clone(&in_flight).acquire_owned().await else { return };
        let writer = Arc::clone(&writer);
        tokio::spawn(async move {
            writer.write(group).await;
            drop(permit);
        });
    }
    let _all = in_flight.acquire_many(GROUPS_IN_FLIGHT as u32).await;
    if let (Some(spool), Some(replaying)) = (&writer.spool, replaying) {
        // What it was doing is done again, with the same token, after the next start.
        replaying.abort();
        let _ = replaying.await;
        spool.close().await;
    }
}

async fn collect(first: Waiting, waiting: &mut mpsc::UnboundedReceiver<Waiting>) -> Vec<Waiting> {
    let deadline = Instant::now() + GROUP_WAIT;
    let (mut rows, mut bytes) = (first.batch.rows(), first.batch.bytes());
    let mut group = vec![first];
    while rows < GROUP_ROWS_MAX && bytes < GROUP_BYTES_MAX {
        match timeout_at(deadline, waiting.recv()).await {
            Ok(Some(next)) => {
                rows += next.batch.rows();
                bytes += next.batch.bytes();
                group.push(next);
            }
            Ok(None) | Err(_) => break,
        }
    }
    group
}

struct Writer<S> {
    sink: Arc<S>,
    instance: u64,
    groups: AtomicU64,
    spool: Option<Arc<Spool>>,
    figures: Arc<CommitFigures>,
}

impl<S: Sink> Writer<S> {
    async fn write(&self, group: Vec<Waiting>) {
        let all = EncodedBatch::joined(group.iter().map(|waiting| &waiting.batch));
        let (rows, begin) = (all.rows(), Instant::now());
        let result = self.write_batch(all).await;
        self.figures.add(&result, rows, begin.elapsed());
        match result {
            Err(StoreError::Refused(reason)) if group.len() > 1 => {
                // One sender's rows must not cost the others theirs: find out whose they are.
                tracing::warn!(
                    reason,
                    requests = group.len(),
                    "the engine refused a group, writing its batches one by one"
                );
                for Waiting { batch, done, .. } in group {
                    let _ = done.send(self.write_batch(batch).await);
                }
            }
            // A sender that has hung up needs no answer; its rows are kept all the same.
            result => group.into_iter().for_each(|waiting| drop(waiting.done.send(result.clone()))),
        }
    }

    async fn write_batch(&self, batch: EncodedBatch) -> Result<Kept, StoreError> {
        let inserts = self.inserts(batch);
        let Some(spool) = &self.spool else {
            for insert in &inserts {
                self.write_insert(insert).await?;
            }
            return Ok(Kept::Committed);
        };
        let mut written = 0;
        while written < inserts.len() && !spool.stands_in() {
            let answer = timeout(SPOOL_AFTER, self.write_insert(&inserts[written])).await;
            match answer.unwrap_or_else(|_| Err(no_answer(SPOOL_AFTER))) {
                Err(error) if error.means_away() => {
                    tracing::warn!(%error, "the engine is away, the spool stands in for it");
                    spool.stand_in();
                    break;
                }
                result => result?,
            }
            written += 1;
        }
        if written == inserts.len() {
            return Ok(Kept::Committed);
        }
        spool.push(&inserts[written..]).await.map(|()| Kept::Spooled)
    }

    /// The tokens are given here, once: whatever becomes of an insert, it keeps its own.
    fn inserts(&self, batch: EncodedBatch) -> Vec<Insert> {
        let group = self.groups.fetch_add(1, Ordering::Relaxed);
        batch
            .into_tables()
            .map(|(table, rows)| Insert {
                table,
                statement: table.insert_statement(),
                token: format!("{:016x}-{group}-{}", self.instance, table.name()),
                rows: rows.bytes.into(),
                pieces: rows.pieces,
            })
            .collect()
    }

    /// Tries again with the same token, so that an insert whose answer was lost is not done twice.
    async fn write_insert(&self, insert: &Insert) -> Result<(), StoreError> {
        let begin = Instant::now();
        let result = self.attempt_insert(insert).await;
        self.figures.note_insert(insert, begin.elapsed(), result.is_err());
        result
    }

    async fn attempt_insert(&self, insert: &Insert) -> Result<(), StoreError> {
        let mut attempt = 1;
        loop {
            match self.sink.insert(insert).await {
                Err(error) if error.is_transient() && attempt < INSERT_ATTEMPTS => {
                    tracing::warn!(%error, attempt, table = insert.table.name(), "an insert failed, trying again");
                    sleep(INSERT_RETRY_WAIT).await;
                    attempt += 1;
                }
                result => return result,
            }
        }
    }
}

#[cfg(test)]
mod tests;
