//! Erasures and what they leave behind: jobs that outlive the process, hashes of erased ids, and the log of who was dealt with.
//!
//! Ids stand here in clear only while a job runs. The file overwrites what is deleted, and its journal is emptied
//! afterwards; in a PostgreSQL the table is written anew.

use limen_model::AppId;
use limen_store::{Subject, SubjectKind};
use sqlx::Row;
use sqlx::any::AnyRow;
use time::OffsetDateTime;

use super::{Metadata, MetadataError, random_bytes};
use crate::erasure::{Erased, HashKey, IdHash, Job, Stage};
use crate::limits::ERASURES_LISTED_MAX;

const COLUMNS: &str =
    "id, app, kind, subject, subject_hash, reason, include_traces, stage, asked, finished, found, receipt, error";

/// Something that was done with somebody's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    pub time_unix_nano: i64,
    pub action: String,
    pub app: String,
    pub detail: String,
}

impl Metadata {
    /// The key of the hashes of ids; made when it is asked for first.
    pub async fn hash_key(&self) -> Result<HashKey, MetadataError> {
        let fresh = random_bytes::<32>().map_err(MetadataError::Random)?;
        sqlx::query("INSERT INTO secrets (name, value) VALUES ('erased', $1) ON CONFLICT (name) DO NOTHING")
            .bind(fresh.as_slice())
            .execute(&self.pool)
            .await?;
        let kept: Vec<u8> =
            sqlx::query_scalar("SELECT value FROM secrets WHERE name = 'erased'").fetch_one(&self.pool).await?;
        let key = kept.try_into().map_err(|_| MetadataError::Damaged("the key of erased ids".to_owned()))?;
        Ok(HashKey(key))
    }

    /// Keeps a new job, the hash of its subject and the entry in the log, all or nothing.
    pub async fn add_erasure(&self, job: &Job, erased: &Erased, until_unix: i64) -> Result<(), MetadataError> {
        let mut transaction = self.pool.begin().await?;
        sqlx::query("INSERT INTO erasures (id, app, kind, subject, subject_hash, reason, include_traces, stage, asked) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
            .bind(&job.id)
            .bind(job.app.as_str())
            .bind(job.kind.name())
            .bind(&job.subject)
            .bind(&job.subject_hash)
            .bind(&job.reason)
            .bind(i64::from(job.include_traces))
            .bind(job.stage.name())
            .bind(job.asked_unix_nano)
            .execute(&mut *transaction)
            .await?;
        insert_erased(&mut transaction, std::slice::from_ref(erased), until_unix).await?;
        insert_audit(&mut transaction, "erasure asked for", job.app.as_str(), &job.id).await?;
        Ok(transaction.commit().await?)
    }

    pub async fn erasure(&self, id: &str) -> Result<Option<Job>, MetadataError> {
        let sql = format!("SELECT {COLUMNS} FROM erasures WHERE id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(&self.pool).await?;
        row.as_ref().map(read_job).transpose()
    }

    /// The newest first.
    pub async fn erasures(&self) -> Result<Vec<Job>, MetadataError> {
        let sql = format!("SELECT {COLUMNS} FROM erasures ORDER BY asked DESC, id LIMIT {ERASURES_LISTED_MAX}");
        sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&self.pool).await?.iter().map(read_job).collect()
    }

    /// The oldest that has not come to its end.
    pub async fn next_erasure(&self) -> Result<Option<Job>, MetadataError> {
        let sql = format!("SELECT {COLUMNS} FROM erasures WHERE finished IS NULL ORDER BY asked, id LIMIT 1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_optional(&self.pool).await?;
        row.as_ref().map(read_job).transpose()
    }

    /// Keeps how far a job has come, with the ids that are kept out from now on.
    pub async fn keep_erasure(&self, job: &Job, erased: &[Erased], until_unix: i64) -> Result<(), MetadataError> {
        let mut transaction = self.pool.begin().await?;
        sqlx::query(
            "UPDATE erasures SET subject = $1, stage = $2, finished = $3, found = $4, receipt = $5, error = $6 WHERE id = $7",
        )
        .bind(&job.subject)
        .bind(job.stage.name())
        .bind(job.finished_unix_nano)
        .bind(&job.found)
        .bind(&job.receipt)
        .bind(&job.error)
        .bind(&job.id)
        .execute(&mut *transaction)
        .await?;
        insert_erased(&mut transaction, erased, until_unix).await?;
        if job.finished_unix_nano.is_some() {
            insert_audit(&mut transaction, &format!("erasure {}", job.stage.name()), job.app.as_str(), &job.id).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Whom to keep out; forgets those whose time is over.
    pub async fn erased(&self, now_unix: i64) -> Result<Vec<Erased>, MetadataError> {
        sqlx::query("DELETE FROM erased WHERE until <= $1").bind(now_unix).execute(&self.pool).await?;
        let rows: Vec<(String, Vec<u8>, i64)> =
            sqlx::query_as("SELECT app, hash, before FROM erased").fetch_all(&self.pool).await?;
        let read = |(app, hash, before_unix_nano): (String, Vec<u8>, i64)| {
            let damaged = || MetadataError::Damaged(format!("an erased id of `{app}`"));
            let hash = IdHash::try_from(hash.as_slice()).map_err(|_| damaged())?;
            Ok(Erased { app: AppId::parse(&app).map_err(|_| damaged())?, hash, before_unix_nano })
        };
        rows.into_iter().map(read).collect()
    }

    /// Removes what was deleted from where ids may still stand. False while somebody reads, so that it has to be tried again.
    pub async fn empty_journal(&self) -> Result<bool, MetadataError> {
        Ok(self.backend.forget_deleted(&self.pool).await?)
    }

    /// Without an application it is about all of them.
    pub async fn add_audit(&self, action: &str, app: Option<&AppId>, detail: &str) -> Result<(), MetadataError> {
        let mut transaction = self.pool.begin().await?;
        insert_audit(&mut transaction, action, app.map_or("", AppId::as_str), detail).await?;
        Ok(transaction.commit().await?)
    }

    /// When old data was dropped the last time, in seconds since the epoch.
    pub async fn retention_ran(&self) -> Result<Option<i64>, MetadataError> {
        let sql = "SELECT ran FROM rounds WHERE name = 'retention'";
        Ok(sqlx::query_scalar(sql).fetch_optional(&self.pool).await?)
    }

    pub async fn note_retention_ran(&self, now_unix: i64) -> Result<(), MetadataError> {
        let sql = "INSERT INTO rounds VALUES ('retention', $1) ON CONFLICT (name) DO UPDATE SET ran = excluded.ran";
        sqlx::query(sql).bind(now_unix).execute(&self.pool).await?;
        Ok(())
    }

    /// The newest first.
    pub async fn audit(&self) -> Result<Vec<AuditEntry>, MetadataError> {
        let sql = format!("SELECT time, action, app, detail FROM audit ORDER BY id DESC LIMIT {ERASURES_LISTED_MAX}");
        let rows: Vec<(i64, String, String, String)> =
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(&self.pool).await?;
        let entry = |(time_unix_nano, action, app, detail)| AuditEntry { time_unix_nano, action, app, detail };
        Ok(rows.into_iter().map(entry).collect())
    }
}

type Transaction<'t> = sqlx::Transaction<'t, sqlx::Any>;

async fn insert_erased(to: &mut Transaction<'_>, erased: &[Erased], until_unix: i64) -> Result<(), MetadataError> {
    for one in erased {
        sqlx::query(
            "INSERT INTO erased (app, hash, before, until) VALUES ($1, $2, $3, $4) ON CONFLICT (app, hash) \
             DO UPDATE SET before = CASE WHEN erased.before > excluded.before THEN erased.before ELSE excluded.before END, \
             until = CASE WHEN erased.until > excluded.until THEN erased.until ELSE excluded.until END",
        )
        .bind(one.app.as_str())
        .bind(one.hash.as_slice())
        .bind(one.before_unix_nano)
        .bind(until_unix)
        .execute(&mut **to)
        .await?;
    }
    Ok(())
}

async fn insert_audit(to: &mut Transaction<'_>, action: &str, app: &str, detail: &str) -> Result<(), MetadataError> {
    let now = i64::try_from(OffsetDateTime::now_utc().unix_timestamp_nanos()).unwrap_or(i64::MAX);
    sqlx::query("INSERT INTO audit (time, action, app, detail) VALUES ($1, $2, $3, $4)")
        .bind(now)
        .bind(action)
        .bind(app)
        .bind(detail)
        .execute(&mut **to)
        .await?;
    Ok(())
}

fn read_job(row: &AnyRow) -> Result<Job, MetadataError> {
    let id: String = row.try_get("id")?;
    let damaged = || MetadataError::Damaged(format!("erasure {id}"));
    let app: String = row.try_get("app")?;
    let kind: String = row.try_get("kind")?;
    let stage: String = row.try_get("stage")?;
    Ok(Job {
        app: AppId::parse(&app).map_err(|_| damaged())?,
        kind: SubjectKind::named(&kind).ok_or_else(damaged)?,
        stage: Stage::named(&stage).ok_or_else(damaged)?,
        subject: row.try_get("subject")?,
        subject_hash: row.try_get("subject_hash")?,
        reason: row.try_get("reason")?,
        include_traces: row.try_get::<i64, _>("include_traces")? != 0,
        asked_unix_nano: row.try_get("asked")?,
        finished_unix_nano: row.try_get("finished")?,
        found: row.try_get("found")?,
        receipt: row.try_get("receipt")?,
        error: row.try_get("error")?,
        id,
    })
}

impl Job {
    /// Nobody any more once the job has come to its end.
    pub fn whom(&self) -> Option<Subject> {
        self.subject.clone().map(|id| Subject { app: self.app.clone(), kind: self.kind, id })
    }
}

#[cfg(test)]
mod tests {
    use super::super::place::Place;
    use super::*;

    fn asked(shop: &AppId) -> Job {
        Job {
            id: "1".to_owned(),
            app: shop.clone(),
            kind: SubjectKind::User,
            subject: Some("ann".to_owned()),
            subject_hash: "00".to_owned(),
            reason: "she asked".to_owned(),
            include_traces: true,
            stage: Stage::Asked,
            asked_unix_nano: 5,
            finished_unix_nano: None,
            found: None,
            receipt: None,
            error: None,
        }
    }

    #[tokio::test]
    async fn a_job_is_kept_until_its_end_and_then_without_whom_it_was_about() {
        for place in Place::both().await {
            let (metadata, shop) = (place.open().await, AppId::parse("shop").expect("valid"));
            let hash: IdHash =
                metadata.hash_key().await.expect("made").0[..size_of::<IdHash>()].try_into().expect("as long");
            let erased = |before_unix_nano| Erased { app: shop.clone(), hash, before_unix_nano };
            let job = asked(&shop);
            metadata.add_erasure(&job, &erased(5), 100).await.expect("kept");
            assert!(metadata.next_erasure().await.expect("read").as_ref() == Some(&job));
            let done = Job { stage: Stage::Done, subject: None, finished_unix_nano: Some(9), ..job };
            metadata.keep_erasure(&done, &[erased(4), erased(7), erased(6)], 50).await.expect("kept");
            assert!(metadata.next_erasure().await.expect("read").is_none());
            assert!(metadata.erasure("1").await.expect("read") == Some(done.clone()));
            assert!(metadata.erasures().await.expect("read") == [done]);
            assert!(metadata.empty_journal().await.expect("emptied"));
            assert_eq!(
                metadata.erased(99).await.expect("read"),
                [erased(7)],
                "the latest moment, and the longest time"
            );
            assert_eq!(metadata.erased(100).await.expect("read"), []);
            let actions: Vec<_> = metadata.audit().await.expect("read").into_iter().map(|entry| entry.action).collect();
            assert_eq!(actions, ["erasure done", "erasure asked for"]);
        }
    }

    #[tokio::test]
    async fn the_secret_is_made_once_and_the_last_round_is_remembered() {
        for place in Place::both().await {
            let metadata = place.open().await;
            let (first, again) = (metadata.hash_key().await.expect("made"), metadata.hash_key().await.expect("read"));
            assert_eq!(first.0, again.0);
            assert_eq!(metadata.retention_ran().await.expect("read"), None);
            for ran in [7, 8] {
                metadata.note_retention_ran(ran).await.expect("noted");
            }
            assert_eq!(metadata.retention_ran().await.expect("read"), Some(8));
        }
    }
}
