//! The erasures as the API sees them.

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use limen_query::Time;
use limen_store::Subject;

use super::{Erasures, Wanted, hex};
use crate::api::{AuditItem, ErasureItem, People};
use crate::metadata::{AuditEntry, MetadataError};

impl People for Erasures {
    fn erase(&self, wanted: Wanted) -> BoxFuture<'_, Result<ErasureItem, String>> {
        async { self.ask(wanted).await.map(ErasureItem::from).map_err(told) }.boxed()
    }

    fn erasures(&self) -> BoxFuture<'_, Result<Vec<ErasureItem>, String>> {
        async {
            let jobs = self.metadata.erasures().await.map_err(told)?;
            Ok(jobs.into_iter().map(ErasureItem::from).collect())
        }
        .boxed()
    }

    fn erasure(&self, id: String) -> BoxFuture<'_, Result<Option<ErasureItem>, String>> {
        async move { Ok(self.metadata.erasure(&id).await.map_err(told)?.map(ErasureItem::from)) }.boxed()
    }

    fn audit(&self) -> BoxFuture<'_, Result<Vec<AuditItem>, String>> {
        let item = |entry: AuditEntry| AuditItem {
            time: Time(entry.time_unix_nano),
            action: entry.action,
            app: entry.app,
            detail: entry.detail,
        };
        async move { Ok(self.metadata.audit().await.map_err(told)?.into_iter().map(item).collect()) }.boxed()
    }

    fn exporting<'n>(&'n self, subject: &'n Subject) -> BoxFuture<'n, Result<(), String>> {
        async move {
            let whom = format!("{} {}", subject.kind.name(), hex(&self.key.of_subject(subject)));
            self.metadata.add_audit("export", Some(&subject.app), &whom).await.map_err(told)
        }
        .boxed()
    }
}

fn told(error: MetadataError) -> String {
    error.to_string()
}
