//! A PostgreSQL of a test's own, for the metadata of its servers.

use std::os::unix::fs::PermissionsExt;

use limen_demo::postgres::Cluster;
use tempfile::TempDir;

pub struct Database {
    cluster: Cluster,
    _folder: TempDir,
}

impl Database {
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        // PostgreSQL does not run as root, and whom root lends it to must get through.
        std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).expect("allowed");
        let cluster = Cluster::start(folder.path()).await.expect("it starts").expect("install postgresql");
        Self { cluster, _folder: folder }
    }

    pub fn url(&self) -> String {
        self.cluster.url()
    }
}
