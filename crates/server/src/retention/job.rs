//! Once a day drops what is older than it is to be kept. Doing it again drops nothing more, so it can end anywhere.

use limen_store::rollup::{closed_until, mark};
use limen_store::{Store, StoreError, Table};
use time::OffsetDateTime;
use tokio::time::sleep;

use super::keeps;
use crate::directory::Directory;
use crate::limits::{RETENTION_EVERY, RETENTION_LOOKS_EVERY, RETENTION_WAITS_FOR_SUMS};
use crate::metadata::{App, Metadata, MetadataError};

#[derive(Debug, thiserror::Error)]
enum KeeperError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Metadata(#[from] MetadataError),
}

/// How a round ended.
enum Round {
    Through,
    /// Nothing was dropped, as there are no sums yet of what would have been.
    SumsMissing,
}

/// There may be one of these for a set of tables.
pub struct Keeper {
    pub store: Store,
    pub metadata: Metadata,
    pub directory: Directory,
}

impl Keeper {
    /// Goes on until it is dropped; what fails is made up for by the next round.
    pub async fn keep(self) {
        loop {
            let wait = match self.round().await {
                Ok(Round::Through) => RETENTION_LOOKS_EVERY,
                Ok(Round::SumsMissing) => RETENTION_WAITS_FOR_SUMS,
                Err(error) => {
                    tracing::warn!(%error, "old data could not be dropped, trying again later");
                    RETENTION_LOOKS_EVERY
                }
            };
            sleep(wait).await;
        }
    }

    async fn round(&self) -> Result<Round, KeeperError> {
        let now = i64::try_from(OffsetDateTime::now_utc().unix_timestamp_nanos()).unwrap_or(i64::MAX);
        let due = now / 1_000_000_000 - RETENTION_EVERY.as_secs().cast_signed();
        if self.metadata.retention_ran().await?.is_some_and(|ran| ran > due) {
            return Ok(Round::Through);
        }
        let apps = self.directory.apps();
        if self.drops_what_is_not_summed(&apps, now).await? {
            return Ok(Round::SumsMissing);
        }
        for app in &apps {
            let views = keeps(&app.settings, now);
            let views = views.iter().find(|keep| keep.table == Table::Views);
            if let Some(keep) = views {
                self.store.note_kept_from(&app.id, keep.before_unix_nano).await?;
            }
        }
        for table in Table::ALL {
            let keeps = apps.iter().flat_map(|app| keeps(&app.settings, now));
            let oldest = keeps.filter(|keep| keep.table == table).map(|keep| keep.everything_before()).min();
            let months = self.store.drop_months(table, oldest.unwrap_or(i64::MIN)).await?;
            if !months.is_empty() {
                let what = format!("{} of {}", table.name(), months.join(", "));
                self.metadata.add_audit("old months dropped", None, &what).await?;
            }
        }
        for app in &apps {
            let mut dropped = Vec::new();
            for keep in keeps(&app.settings, now) {
                let rows = self.store.drop_old(&app.id, &keep).await?;
                if rows > 0 {
                    dropped.push(format!("{} {}", rows, keep.table.name()));
                }
            }
            if !dropped.is_empty() {
                tracing::info!(app = app.id.as_str(), dropped = dropped.join(", "), "old data was dropped");
                self.metadata.add_audit("old rows dropped", Some(&app.id), &dropped.join(", ")).await?;
            }
        }
        self.metadata.note_retention_ran(now / 1_000_000_000).await?;
        Ok(Round::Through)
    }

    /// Whether something would go of which no sums were made: after an update, or while the spool has kept the job waiting.
    async fn drops_what_is_not_summed(&self, apps: &[App], now: i64) -> Result<bool, KeeperError> {
        let summed = closed_until(mark(&self.store).await?) * 1_000_000_000;
        let keeps = apps.iter().flat_map(|app| keeps(&app.settings, now));
        Ok(keeps.filter(|keep| keep.table == Table::Views).any(|keep| keep.before_unix_nano > summed))
    }
}
