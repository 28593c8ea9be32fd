//! The keys as people change them: written to the metadata file, and taken by the doors from then on.

use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use limen_model::AppId;
use time::OffsetDateTime;

use crate::api::Keys;
use crate::directory::Directory;
use crate::keys::{FreshKey, Key, KeyKind};
use crate::metadata::{KeyRefusal, Metadata, MetadataError};
use crate::serve::Running;
use crate::usage::Usage;

pub struct KeyRing {
    metadata: Metadata,
    directory: Directory,
    usage: Arc<Usage>,
}

impl KeyRing {
    pub fn of(running: &Running) -> Self {
        Self {
            metadata: running.metadata.clone(),
            directory: running.directory.clone(),
            usage: Arc::clone(&running.pipeline.usage),
        }
    }

    async fn take_over(&self) -> Result<(), MetadataError> {
        self.directory.replace(self.metadata.apps().await?);
        Ok(())
    }

    async fn with_use(&self) -> Result<Vec<Key>, MetadataError> {
        // Then the file has all of it.
        self.usage.keep(&self.metadata).await?;
        self.metadata.keys().await
    }

    async fn add(
        &self,
        app: AppId,
        kind: KeyKind,
        name: String,
    ) -> Result<Result<FreshKey, KeyRefusal>, MetadataError> {
        let made = self.metadata.add_key(&app, kind, &name, now_unix()).await?;
        self.take_over().await?;
        Ok(made)
    }

    async fn change(&self, wanted: Key) -> Result<Result<(), KeyRefusal>, MetadataError> {
        let changed = self.metadata.set_key(&wanted, now_unix()).await?;
        self.take_over().await?;
        Ok(changed)
    }
}

impl Keys for KeyRing {
    fn keys(&self) -> BoxFuture<'_, Result<Vec<Key>, String>> {
        self.with_use().map(told).boxed()
    }

    fn make(
        &self,
        app: AppId,
        kind: KeyKind,
        name: String,
    ) -> BoxFuture<'_, Result<Result<FreshKey, KeyRefusal>, String>> {
        self.add(app, kind, name).map(told).boxed()
    }

    fn set(&self, wanted: Key) -> BoxFuture<'_, Result<Result<(), KeyRefusal>, String>> {
        self.change(wanted).map(told).boxed()
    }
}

fn told<T>(result: Result<T, MetadataError>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}

fn now_unix() -> i64 {
    OffsetDateTime::now_utc().unix_timestamp()
}
