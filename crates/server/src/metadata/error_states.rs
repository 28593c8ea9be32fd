//! What people decided about groups of errors, one document a group.

use std::collections::HashMap;

use limen_model::AppId;

use super::{Metadata, MetadataError};
use crate::errors::{ErrorState, group_name, group_named};

impl Metadata {
    /// By group; those without a decision are not there.
    pub async fn error_states(&self, app: &AppId) -> Result<HashMap<u64, ErrorState>, MetadataError> {
        let rows: Vec<(String, String)> = sqlx::query_as("SELECT group_id, state FROM error_states WHERE app = $1")
            .bind(app.as_str())
            .fetch_all(&self.pool)
            .await?;
        let damaged = |id: &str| MetadataError::Damaged(format!("the state of the group of errors `{id}`"));
        let read = |(id, state): (String, String)| {
            let group = group_named(&id).ok_or_else(|| damaged(&id))?;
            Ok((group, serde_json::from_str(&state).map_err(|_| damaged(&id))?))
        };
        rows.into_iter().map(read).collect()
    }

    /// Keeps it in place of the one before; one that says nothing is forgotten.
    pub async fn set_error_state(&self, app: &AppId, group: u64, state: &ErrorState) -> Result<(), MetadataError> {
        let id = group_name(group);
        if state.says_nothing() {
            let sql = "DELETE FROM error_states WHERE app = $1 AND group_id = $2";
            sqlx::query(sql).bind(app.as_str()).bind(&id).execute(&self.pool).await?;
            return Ok(());
        }
        let document = serde_json::to_string(state).map_err(|error| MetadataError::Damaged(error.to_string()))?;
        sqlx::query(
            "INSERT INTO error_states (app, group_id, state) VALUES ($1, $2, $3) \
             ON CONFLICT (app, group_id) DO UPDATE SET state = excluded.state",
        )
        .bind(app.as_str())
        .bind(&id)
        .bind(document)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The number that was noted under a name.
    pub async fn round_noted(&self, name: &str) -> Result<Option<i64>, MetadataError> {
        Ok(sqlx::query_scalar("SELECT ran FROM rounds WHERE name = $1").bind(name).fetch_optional(&self.pool).await?)
    }

    pub async fn note_round(&self, name: &str, number: i64) -> Result<(), MetadataError> {
        let sql = "INSERT INTO rounds VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET ran = excluded.ran";
        sqlx::query(sql).bind(name).bind(number).execute(&self.pool).await?;
        Ok(())
    }
}
