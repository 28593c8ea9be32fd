//! The ingest keys of all applications, and what came with each.

use std::collections::HashMap;

use limen_model::AppId;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::usage::number;
use super::{Metadata, MetadataError, random_bytes};
use crate::keys::{FreshKey, Key, KeyId, KeyKind, KeyUse};
use crate::limits::{KEY_ENDED_KEPT_SECONDS, KEYS_MAX};

const COLUMNS: &str = "id, app, kind, name, lookup, hint, created, enabled, ends, requests, events, bytes, last_used";

/// Why a key was not changed as asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyRefusal {
    /// There is no such key, or it has ended.
    Unknown,
    /// There are as many as there may be.
    TooMany,
    /// Pages of the application would have none.
    LastBrowserKey,
}

impl Metadata {
    /// The oldest first.
    pub async fn keys(&self) -> Result<Vec<Key>, MetadataError> {
        let sql = format!("SELECT {COLUMNS} FROM keys ORDER BY created, rowid");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&self.pool).await?;
        rows.iter().map(read_key).collect()
    }

    /// Makes a key unless there are too many.
    pub async fn add_key(
        &self,
        app: &AppId,
        kind: KeyKind,
        name: &str,
        now_unix: i64,
    ) -> Result<Result<FreshKey, KeyRefusal>, MetadataError> {
        let fresh = FreshKey::of(app, kind, name, random_bytes().map_err(MetadataError::Random)?, now_unix);
        let mut transaction = self.backend.begin_writing(&self.pool).await?;
        let there: i64 = sqlx::query_scalar("SELECT count(*) FROM keys WHERE app = $1")
            .bind(app.as_str())
            .fetch_one(&mut *transaction)
            .await?;
        if there >= KEYS_MAX {
            return Ok(Err(KeyRefusal::TooMany));
        }
        insert(&mut transaction, &fresh.key).await?;
        transaction.commit().await?;
        self.add_audit("ingest key made", Some(app), &described(&fresh.key)).await?;
        Ok(Ok(fresh))
    }

    /// Changes name, use and end of a key, as long as one stays for the pages of its application.
    pub async fn set_key(&self, wanted: &Key, now_unix: i64) -> Result<Result<(), KeyRefusal>, MetadataError> {
        let mut transaction = self.backend.begin_writing(&self.pool).await?;
        let changed = sqlx::query("UPDATE keys SET name = $1, enabled = $2, ends = $3 WHERE id = $4")
            .bind(&wanted.name)
            .bind(i64::from(wanted.enabled))
            .bind(wanted.ends_unix)
            .bind(&wanted.id.0)
            .execute(&mut *transaction)
            .await?;
        if changed.rows_affected() == 0 {
            return Ok(Err(KeyRefusal::Unknown));
        }
        let stay: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM keys WHERE app = $1 AND kind = 'browser' AND enabled = 1 AND ends IS NULL",
        )
        .bind(wanted.app.as_str())
        .fetch_one(&mut *transaction)
        .await?;
        if stay == 0 {
            // Dropping the transaction takes it back.
            return Ok(Err(KeyRefusal::LastBrowserKey));
        }
        sqlx::query("DELETE FROM keys WHERE ends < $1")
            .bind(now_unix - KEY_ENDED_KEPT_SECONDS)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        let action = match wanted.ends_unix {
            Some(_) => "ingest key deleted",
            None if wanted.enabled => "ingest key changed",
            None => "ingest key disabled",
        };
        self.add_audit(action, Some(&wanted.app), &described(wanted)).await?;
        Ok(Ok(()))
    }

    /// Adds to what came with keys, all or nothing.
    pub async fn add_key_use(&self, fresh: &HashMap<KeyId, KeyUse>) -> Result<(), MetadataError> {
        let mut transaction = self.pool.begin().await?;
        // In one order, so that two servers do not wait for each other.
        let mut fresh: Vec<_> = fresh.iter().collect();
        fresh.sort_by_key(|(id, _)| &id.0);
        for (id, used) in fresh {
            sqlx::query(
                "UPDATE keys SET requests = requests + $1, events = events + $2, bytes = bytes + $3, \
                 last_used = CASE WHEN last_used > $4 THEN last_used ELSE $4 END WHERE id = $5",
            )
            .bind(number(used.requests))
            .bind(number(used.events))
            .bind(number(used.bytes))
            .bind(used.last_unix.unwrap_or_default())
            .bind(&id.0)
            .execute(&mut *transaction)
            .await?;
        }
        Ok(transaction.commit().await?)
    }
}

pub(super) async fn insert(to: &mut sqlx::AnyConnection, key: &Key) -> Result<(), MetadataError> {
    sqlx::query(
        "INSERT INTO keys (id, app, kind, name, lookup, hint, created, enabled) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(&key.id.0)
    .bind(key.app.as_str())
    .bind(key.kind.name())
    .bind(&key.name)
    .bind(&key.lookup)
    .bind(&key.hint)
    .bind(key.created_unix)
    .bind(i64::from(key.enabled))
    .execute(to)
    .await?;
    Ok(())
}

/// For the log: never the key.
fn described(key: &Key) -> String {
    format!("{} key {}, \"{}\"", key.kind.name(), key.id.0, key.name)
}

fn read_key(row: &AnyRow) -> Result<Key, MetadataError> {
    let id: String = row.try_get("id")?;
    let damaged = || MetadataError::Damaged(format!("key {id}"));
    let (app, kind): (String, String) = (row.try_get("app")?, row.try_get("kind")?);
    let count = |column: &str| Ok::<_, MetadataError>(row.try_get::<i64, _>(column)?.cast_unsigned());
    Ok(Key {
        app: AppId::parse(&app).map_err(|_| damaged())?,
        kind: KeyKind::named(&kind).ok_or_else(damaged)?,
        name: row.try_get("name")?,
        lookup: row.try_get("lookup")?,
        hint: row.try_get("hint")?,
        created_unix: row.try_get("created")?,
        enabled: row.try_get::<i64, _>("enabled")? != 0,
        ends_unix: row.try_get("ends")?,
        used: KeyUse {
            requests: count("requests")?,
            events: count("events")?,
            bytes: count("bytes")?,
            last_unix: row.try_get("last_used")?,
        },
        id: KeyId(id),
    })
}

#[cfg(test)]
mod tests {
    use super::super::place::Place;
    use super::*;

    const NOW: i64 = 1_800_000_000;

    async fn opened(place: &Place) -> (Metadata, AppId) {
        let (metadata, shop) = (place.open().await, AppId::parse("shop").expect("valid"));
        metadata.create_app(&shop).await.expect("made");
        (metadata, shop)
    }

    #[tokio::test]
    async fn there_are_so_many_keys_and_no_more_whoever_makes_them_at_once() {
        for place in Place::both().await {
            let (metadata, shop) = opened(&place).await;
            let make = |number: i64| {
                let (metadata, shop) = (metadata.clone(), shop.clone());
                tokio::spawn(
                    async move { metadata.add_key(&shop, KeyKind::Server, &format!("key {number}"), NOW).await },
                )
            };
            let tasks: Vec<_> = (0..KEYS_MAX + 3).map(make).collect();
            let mut refused = 0;
            for task in tasks {
                let made = task.await.expect("no panic").expect("not locked");
                refused += i64::from(made.is_err_and(|refusal| refusal == KeyRefusal::TooMany));
            }
            // The one that the application was made with counts too.
            assert_eq!((refused, metadata.keys().await.expect("read").len() as i64), (4, KEYS_MAX));
        }
    }

    #[tokio::test]
    async fn a_refused_change_changes_nothing_and_what_ended_long_ago_is_forgotten() {
        for place in Place::both().await {
            let (metadata, shop) = opened(&place).await;
            let first = metadata.keys().await.expect("read")[0].clone();
            let ended = Key { ends_unix: Some(NOW), name: "over".to_owned(), ..first.clone() };
            assert_eq!(metadata.set_key(&ended, NOW).await.expect("asked"), Err(KeyRefusal::LastBrowserKey));
            assert_eq!(metadata.keys().await.expect("read"), std::slice::from_ref(&first));
            let second =
                metadata.add_key(&shop, KeyKind::Browser, "second", NOW).await.expect("asked").expect("made").key;
            assert_eq!(metadata.set_key(&ended, NOW).await.expect("asked"), Ok(()));
            assert_eq!(metadata.keys().await.expect("read").len(), 2);
            let later = NOW + KEY_ENDED_KEPT_SECONDS + 1;
            assert_eq!(metadata.set_key(&second, later).await.expect("asked"), Ok(()));
            assert_eq!(metadata.keys().await.expect("read"), [second]);
            assert_eq!(metadata.set_key(&first, later).await.expect("asked"), Err(KeyRefusal::Unknown));
        }
    }
}
