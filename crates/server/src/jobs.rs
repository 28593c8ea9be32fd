//! What goes on by itself while the server runs, beside the requests.

use std::sync::Arc;

use tokio::task::JoinHandle;

use crate::erasure::Runner;
use crate::errors::{Grouper, NoMaps};
use crate::retention::Keeper;
use crate::rollups::Sums;
use crate::serve::Running;
use crate::{geo, rollups};

/// All of them may end anywhere.
pub fn start(running: &Running) -> [JoinHandle<()>; 5] {
    let sums = Sums::new(running.store.clone());
    let erasing = Runner {
        erasures: running.erasures.clone(),
        store: running.store.clone(),
        sums: sums.clone(),
        spool: running.spool.clone(),
        data: running.settings.server.data.clone(),
    };
    let keeper = Keeper {
        store: running.store.clone(),
        metadata: running.metadata.clone(),
        directory: running.directory.clone(),
    };
    let grouper =
        Grouper::new(running.store.clone(), running.metadata.clone(), running.directory.clone(), Arc::new(NoMaps));
    let sums = rollups::keep(sums, running.spool.clone());
    let geo = geo::keep_fresh(Arc::clone(&running.pipeline.enricher));
    [
        tokio::spawn(sums),
        tokio::spawn(erasing.keep()),
        tokio::spawn(keeper.keep()),
        tokio::spawn(geo),
        tokio::spawn(grouper.keep()),
    ]
}
