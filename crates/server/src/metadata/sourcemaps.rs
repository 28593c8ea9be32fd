//! Which source maps there are; what they hold is in files.

use limen_model::AppId;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Metadata, MetadataError};
use crate::sourcemaps::{MapOf, ReleaseUse, StoredMap};

impl Metadata {
    pub async fn source_map(&self, id: &str) -> Result<Option<StoredMap>, MetadataError> {
        let row = sqlx::query("SELECT * FROM source_maps WHERE id = $1").bind(id).fetch_optional(&self.pool).await?;
        row.as_ref().map(read_map).transpose()
    }

    /// Keeps it in place of another content of the same script.
    pub async fn keep_source_map(&self, map: &StoredMap) -> Result<(), MetadataError> {
        sqlx::query(
            "INSERT INTO source_maps (id, app, debug_id, release, path, content, bytes, packed_bytes, uploaded) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
             ON CONFLICT (id) DO UPDATE SET content = excluded.content, bytes = excluded.bytes, \
                 packed_bytes = excluded.packed_bytes, uploaded = excluded.uploaded",
        )
        .bind(&map.id)
        .bind(map.of.app.as_str())
        .bind(&map.of.debug_id)
        .bind(&map.of.release)
        .bind(&map.of.path)
        .bind(&map.content)
        .bind(map.bytes)
        .bind(map.packed_bytes)
        .bind(map.uploaded_unix_nano)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    pub async fn delete_source_map(&self, map: &StoredMap) -> Result<(), MetadataError> {
        sqlx::query("DELETE FROM source_maps WHERE id = $1").bind(&map.id).execute(&self.pool).await?;
        let of = &map.of;
        let detail = format!("{}: release {:?}, {:?}, debug id {:?}", map.id, of.release, of.path, of.debug_id);
        self.add_audit("source map deleted", Some(&of.app), &detail).await
    }

    /// The newest first.
    pub async fn source_maps(
        &self,
        app: &AppId,
        release: Option<&str>,
        after: Option<(i64, String)>,
        limit: u32,
    ) -> Result<Vec<StoredMap>, MetadataError> {
        let (uploaded, id) = after.unwrap_or((i64::MAX, String::new()));
        let rows = sqlx::query(
            "SELECT * FROM source_maps WHERE app = $1 AND ($2 = 0 OR release = $3) \
                 AND (uploaded < $4 OR (uploaded = $5 AND id < $6)) ORDER BY uploaded DESC, id DESC LIMIT $7",
        )
        .bind(app.as_str())
        .bind(i64::from(release.is_some()))
        .bind(release.unwrap_or_default())
        .bind(uploaded)
        .bind(uploaded)
        .bind(id)
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(read_map).collect()
    }

    /// The content of the map of a build.
    pub async fn map_of_build(&self, app: &AppId, debug_id: &str) -> Result<Option<String>, MetadataError> {
        let sql = "SELECT content FROM source_maps WHERE app = $1 AND debug_id = $2 ORDER BY uploaded DESC, id LIMIT 1";
        Ok(sqlx::query_scalar(sql).bind(app.as_str()).bind(debug_id).fetch_optional(&self.pool).await?)
    }

    /// The content of the map of a script of a release, the newest that was uploaded; perhaps only of those that name no build.
    pub async fn map_of_file(
        &self,
        app: &AppId,
        release: &str,
        path: &str,
        without_build: bool,
    ) -> Result<Option<String>, MetadataError> {
        let sql = "SELECT content FROM source_maps WHERE app = $1 AND release = $2 AND path = $3 \
             AND ($4 = 0 OR debug_id = '') ORDER BY uploaded DESC, id LIMIT 1";
        let question = sqlx::query_scalar(sql).bind(app.as_str()).bind(release).bind(path);
        Ok(question.bind(i64::from(without_build)).fetch_optional(&self.pool).await?)
    }

    /// Whether there are any of the application, and any of the release.
    pub async fn are_there_source_maps(&self, app: &AppId, release: &str) -> Result<(bool, bool), MetadataError> {
        let sql = "SELECT id FROM source_maps WHERE app = $1 LIMIT 1";
        let any: Option<String> = sqlx::query_scalar(sql).bind(app.as_str()).fetch_optional(&self.pool).await?;
        let sql = "SELECT id FROM source_maps WHERE app = $1 AND release = $2 LIMIT 1";
        let question = sqlx::query_scalar(sql).bind(app.as_str()).bind(release);
        let of_release: Option<String> = question.fetch_optional(&self.pool).await?;
        Ok((any.is_some(), of_release.is_some()))
    }

    /// How many an application has, and their bytes on the disk.
    pub async fn source_map_use(&self, app: &AppId) -> Result<(i64, i64), MetadataError> {
        let sql = "SELECT count(*), CAST(coalesce(sum(packed_bytes), 0) AS BIGINT) FROM source_maps WHERE app = $1";
        Ok(sqlx::query_as(sql).bind(app.as_str()).fetch_one(&self.pool).await?)
    }

    /// The release for which nothing has been uploaded for the longest time.
    pub async fn oldest_mapped_release(&self, app: &AppId) -> Result<Option<ReleaseUse>, MetadataError> {
        let sql = "SELECT release, count(*), CAST(sum(packed_bytes) AS BIGINT) FROM source_maps WHERE app = $1 \
             GROUP BY release ORDER BY max(uploaded), release LIMIT 1";
        let row: Option<(String, i64, i64)> = sqlx::query_as(sql).bind(app.as_str()).fetch_optional(&self.pool).await?;
        Ok(row.map(|(release, maps, bytes)| ReleaseUse { release, maps, bytes }))
    }

    pub async fn is_content_used(&self, app: &AppId, content: &str) -> Result<bool, MetadataError> {
        let sql = "SELECT id FROM source_maps WHERE app = $1 AND content = $2 LIMIT 1";
        let used: Option<String> =
            sqlx::query_scalar(sql).bind(app.as_str()).bind(content).fetch_optional(&self.pool).await?;
        Ok(used.is_some())
    }
}

fn read_map(row: &AnyRow) -> Result<StoredMap, MetadataError> {
    let (id, app): (String, String) = (row.try_get("id")?, row.try_get("app")?);
    let app = AppId::parse(&app).map_err(|_| MetadataError::Damaged(format!("the source map {id}")))?;
    let (debug_id, release, path) = (row.try_get("debug_id")?, row.try_get("release")?, row.try_get("path")?);
    Ok(StoredMap {
        id,
        of: MapOf { app, debug_id, release, path },
        content: row.try_get("content")?,
        bytes: row.try_get("bytes")?,
        packed_bytes: row.try_get("packed_bytes")?,
        uploaded_unix_nano: row.try_get("uploaded")?,
    })
}
