//! Where tests keep metadata: in a file, and in a PostgreSQL of their own, which has to do the same.

use limen_demo::postgres::Cluster;
use sqlx::AnyPool;
use tempfile::TempDir;

use super::backend::Backend;
use super::{Metadata, MetadataError};

pub struct Place {
    cluster: Option<Cluster>,
    folder: TempDir,
}

impl Place {
    /// One of each kind.
    pub async fn both() -> [Self; 2] {
        [Self::file(), Self::database().await]
    }

    pub fn file() -> Self {
        Self { cluster: None, folder: tempfile::tempdir().expect("a folder") }
    }

    pub async fn database() -> Self {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        // PostgreSQL does not run as root, and whom root lends it to must get through.
        std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).expect("allowed");
        let cluster = Cluster::start(folder.path()).await.expect("it starts").expect("install postgresql");
        Self { cluster: Some(cluster), folder }
    }

    pub async fn try_open(&self) -> Result<Metadata, MetadataError> {
        match &self.cluster {
            Some(cluster) => Metadata::connect(&cluster.url()).await,
            None => Metadata::open(self.folder.path()).await,
        }
    }

    pub async fn open(&self) -> Metadata {
        self.try_open().await.expect("opened")
    }

    pub fn backend(&self) -> Backend {
        if self.cluster.is_some() { Backend::Postgres } else { Backend::Sqlite }
    }

    /// As it is, without any migration.
    pub async fn pool(&self) -> AnyPool {
        let opened = match &self.cluster {
            Some(cluster) => Backend::connect(&cluster.url()).await,
            None => Backend::open_file(&self.folder.path().join("metadata.sqlite")).await,
        };
        opened.expect("opened")
    }
}
