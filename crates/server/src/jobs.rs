//! What goes on by itself while the server runs, beside the requests.

use std::sync::Arc;

use tokio::task::{JoinHandle, JoinSet};

use crate::erasure::Runner;
use crate::errors::Grouper;
use crate::nodes::Membership;
use crate::retention::Keeper;
use crate::rollups::Sums;
use crate::serve::Running;
use crate::{geo, rollups};

/// What goes on in every server, and what in one of those that share their metadata. All of it may end anywhere.
pub fn start(running: &Running) -> (JoinHandle<()>, Membership) {
    let geo = tokio::spawn(geo::keep_fresh(Arc::clone(&running.pipeline.enricher)));
    let (store, metadata, directory) = (running.store.clone(), running.metadata.clone(), running.directory.clone());
    let (erasures, spool, data) =
        (running.erasures.clone(), running.spool.clone(), running.settings.server.data.clone());
    let maps = running.source_maps.clone();
    let of_one = move || {
        let (store, metadata, directory) = (store.clone(), metadata.clone(), directory.clone());
        let sums = Sums::new(store.clone());
        let erasing = Runner {
            erasures: erasures.clone(),
            store: store.clone(),
            sums: sums.clone(),
            spool: spool.clone(),
            data: data.clone(),
        };
        let keeper = Keeper { store: store.clone(), metadata: metadata.clone(), directory: directory.clone() };
        let grouper = Grouper::new(store, metadata.clone(), directory, Arc::new(maps.clone()));
        let mut jobs = JoinSet::new();
        jobs.spawn(rollups::keep(sums, spool.clone(), metadata.clone()));
        jobs.spawn(erasing.keep());
        jobs.spawn(keeper.keep());
        jobs.spawn(grouper.keep());
        jobs
    };
    (geo, Membership::start(running, of_one))
}
