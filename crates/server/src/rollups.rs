//! Keeps the sums by hour and day up to date while the server runs.

use limen_query::classes;
use limen_store::rollup::Rollups;
use limen_store::{SpoolLevel, Store};
use time::OffsetDateTime;
use tokio::sync::watch;
use tokio::time::sleep;

use crate::limits::{ROLLUP_EVERY, ROLLUP_SETTLED_AFTER};

/// Goes on until it is dropped; a round that fails is made up for by the next one.
pub async fn keep(store: Store, spool: Option<watch::Receiver<SpoolLevel>>) {
    let rollups = Rollups::new(store, classes());
    loop {
        let now = OffsetDateTime::now_utc();
        let spooled = spool.as_ref().is_some_and(|level| level.borrow().entries > 0);
        if spooled {
            tracing::debug!("the sums wait until what is in the spool has been replayed");
        } else {
            round(&rollups, now).await;
        }
        sleep(ROLLUP_EVERY).await;
    }
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
