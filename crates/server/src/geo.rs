//! Keeps the geographic database the one that lies on the disk.

use std::sync::Arc;

use limen_enrich::Enricher;
use tokio::task::spawn_blocking;
use tokio::time::sleep;

use crate::limits::GEO_LOOK_EVERY;

/// Runs until it is dropped.
pub async fn keep_fresh(enricher: Arc<Enricher>) {
    loop {
        sleep(GEO_LOOK_EVERY).await;
        let enricher = Arc::clone(&enricher);
        match spawn_blocking(move || enricher.refresh_geo()).await {
            Ok(Ok(true)) => tracing::info!("the geographic database was replaced"),
            Ok(Err(error)) => {
                tracing::warn!(%error, "the new geographic database is not used, the one before still is")
            }
            Ok(Ok(false)) | Err(_) => {}
        }
    }
}
