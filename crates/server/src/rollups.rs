//! Keeps the sums by hour and day up to date while the server runs.

use std::sync::Arc;

use limen_model::AppId;
use limen_query::classes;
use limen_store::rollup::Rollups;
use limen_store::{SpoolLevel, Store, StoreError};
use time::OffsetDateTime;
use tokio::sync::{Mutex, watch};
use tokio::time::sleep;

use crate::limits::{NODE_SETTLES_WITHIN_SECONDS, ROLLUP_EVERY, ROLLUP_SETTLED_AFTER};
use crate::metadata::{Metadata, MetadataError};

/// The sums, which one task at a time computes. Clones share them.
#[derive(Clone)]
pub struct Sums(Arc<Mutex<Rollups>>);

impl Sums {
    pub fn new(store: Store) -> Self {
        Self(Arc::new(Mutex::new(Rollups::new(store, classes()))))
    }

    /// Computes hours again whose rows have changed.
    pub async fn recompute(&self, app: &AppId, hours: Vec<i64>) -> Result<(), StoreError> {
        self.0.lock().await.recompute(app, hours).await
    }
}

/// Goes on until it is dropped; a round that fails is made up for by the next one.
pub async fn keep(sums: Sums, spool: Option<watch::Receiver<SpoolLevel>>, metadata: Metadata) {
    loop {
        let now = OffsetDateTime::now_utc();
        let spooled = spool.as_ref().is_some_and(|level| level.borrow().entries > 0) || elsewhere(&metadata).await;
        if spooled {
            tracing::debug!("the sums wait until what is in the spool has been replayed");
        } else {
            round(&*sums.0.lock().await, now).await;
        }
        sleep(ROLLUP_EVERY).await;
    }
}

/// Whether another server may hold back rows, or nobody knows.
async fn elsewhere(metadata: &Metadata) -> bool {
    let settled = async {
        let late = metadata.now().await? - NODE_SETTLES_WITHIN_SECONDS;
        metadata.all_settled_after(late).await
    };
    metadata.is_shared()
        && !settled.await.unwrap_or_else(|error: MetadataError| {
            tracing::warn!(%error, "it is not known whether other servers hold back rows");
            false
        })
}

async fn round(rollups: &Rollups, now: OffsetDateTime) {
    let until = (now - ROLLUP_SETTLED_AFTER).unix_timestamp_nanos();
    match rollups.round(i64::try_from(until).unwrap_or_default()).await {
        Ok(round) if round.hours > 0 => {
            let took_ms = (OffsetDateTime::now_utc() - now).whole_milliseconds();
            tracing::info!(hours = round.hours, again = round.again, days = round.days, took_ms, "sums were computed");
        }
        Ok(_) => {}
        Err(error) => tracing::warn!(%error, "the sums could not be computed, trying again later"),
    }
}
