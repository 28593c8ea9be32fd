//! What was found out about the stacks of errors: which are new, what they look like, and the group of each.

use clickhouse::Row;
use limen_model::AppId;
use limen_model::attributes::EXCEPTION_DEBUG_IDS;
use serde::{Deserialize, Serialize};

use crate::erase::mutate;
use crate::{Store, StoreError};

/// A stack as it is in the events, by one of them.
#[derive(Debug, Clone, PartialEq, Eq, Row, Deserialize)]
pub struct StackSample {
    pub stack_id: u64,
    pub exception_type: String,
    pub message: String,
    pub stacktrace: String,
    /// A JSON array of texts, each `url id`; empty where the scripts do not say which builds they are.
    pub debug_ids: String,
    pub release: String,
    /// Address of the page.
    pub url: String,
    /// When it was first met, in nanoseconds since 1970.
    pub first_nano: i64,
}

/// What was found out about one.
#[derive(Debug, Clone, PartialEq, Eq, Row, Serialize)]
pub struct StackRow {
    pub app: String,
    pub stack_id: u64,
    /// The largest one counts.
    pub version: u64,
    pub group_id: u64,
    pub class: String,
    pub noise: bool,
    pub grouped_by: String,
    pub release: String,
    /// In nanoseconds since 1970.
    pub first_seen: i64,
    /// Function and file of the first frame that counts.
    pub culprit: String,
    /// Why frames have no source, each reason once.
    pub unresolved: Vec<String>,
    /// Its frames as JSON.
    pub parts: String,
}

/// Where a stack belongs now.
#[derive(Debug, Clone, PartialEq, Eq, Row, Deserialize)]
pub struct KnownStack {
    pub stack_id: u64,
    pub group_id: u64,
    pub first_nano: i64,
    pub resolved: bool,
}

impl Store {
    /// Stacks of which nothing is known yet, in what was received since then.
    pub async fn new_stacks(
        &self,
        app: &AppId,
        since_unix_nano: i64,
        limit: u32,
    ) -> Result<Vec<StackSample>, StoreError> {
        let condition = "received >= fromUnixTimestamp64Nano({since:Int64}, 'UTC') AND exception_stack_id != 0 \
             AND exception_stack_id NOT IN (SELECT stack_id FROM error_stacks WHERE app = {app:String})";
        let query = self.client().query(&samples(condition)).param("since", since_unix_nano);
        Ok(query.param("app", app.as_str()).param("limit", limit).fetch_all().await?)
    }

    /// What these look like; those without an event any more are left out.
    pub async fn stack_samples(&self, app: &AppId, ids: &[u64]) -> Result<Vec<StackSample>, StoreError> {
        let query = self.client().query(&samples("exception_stack_id IN {ids:Array(UInt64)}")).param("ids", ids);
        Ok(query.param("app", app.as_str()).param("limit", u32::MAX).fetch_all().await?)
    }

    /// Every stack of which something is known.
    pub async fn known_stacks(&self, app: &AppId) -> Result<Vec<KnownStack>, StoreError> {
        let sql = "SELECT stack_id, group_id, toUnixTimestamp64Nano(first_seen) AS first_nano, empty(unresolved) AS resolved \
             FROM error_stacks FINAL WHERE app = {app:String}";
        Ok(self.client().query(sql).param("app", app.as_str()).fetch_all().await?)
    }

    pub async fn count_stacks(&self, app: &AppId) -> Result<u64, StoreError> {
        let sql = "SELECT uniqExact(stack_id) FROM error_stacks WHERE app = {app:String}";
        Ok(self.client().query(sql).param("app", app.as_str()).fetch_one().await?)
    }

    /// Says where stacks belong from now on.
    pub async fn write_stacks(&self, rows: &[StackRow]) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut insert = self.client().insert::<StackRow>("error_stacks").await?;
        for row in rows {
            insert.write(row).await?;
        }
        Ok(insert.end().await?)
    }

    /// Forgets the stacks that no event has any more: a path in one may have named who is to be forgotten.
    pub async fn forget_stacks_without_events(&self, app: &AppId) -> Result<(), StoreError> {
        let sql = format!(
            "ALTER TABLE error_stacks DELETE WHERE app = '{app}' AND stack_id NOT IN \
             (SELECT exception_stack_id FROM events WHERE app = '{app}' AND exception_stack_id != 0)"
        );
        mutate(self.client(), &sql).await
    }
}

fn samples(condition: &str) -> String {
    format!(
        "SELECT exception_stack_id AS stack_id, any(toString(exception_type)) AS exception_type, any(exception_message) AS message, \
             any(exception_stacktrace) AS stacktrace, any(attributes['{EXCEPTION_DEBUG_IDS}']) AS debug_ids, \
             any(toString(events.release)) AS release, any(events.url) AS url, \
             toUnixTimestamp64Nano(min(time)) AS first_nano \
         FROM events WHERE app = {{app:String}} AND {condition} \
         GROUP BY stack_id ORDER BY first_nano, stack_id LIMIT {{limit:UInt32}}"
    )
}
