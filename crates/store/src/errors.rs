//! What was found out about the stacks of errors: which are new, what they look like, and the group of each.

use std::collections::HashMap;

use clickhouse::Row;
use limen_model::AppId;
use limen_model::attributes::EXCEPTION_DEBUG_IDS;
use serde::{Deserialize, Serialize};

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

/// The frames of one as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Row, Deserialize)]
pub struct StackFrames {
    pub stack_id: u64,
    pub group_id: u64,
    pub parts: String,
}

/// What happened in a group since a moment of its own.
#[derive(Debug, Clone, PartialEq, Row, Deserialize)]
pub struct GroupSince {
    pub group_id: u64,
    /// Weighted.
    pub errors: f64,
    /// Weighted.
    pub sessions: f64,
    pub releases: Vec<String>,
}

impl Store {
    /// What people met of these groups, each since its moment in nanoseconds since 1970; robots and tests do not count.
    pub async fn groups_since(&self, app: &AppId, moments: &[(u64, i64)]) -> Result<Vec<GroupSince>, StoreError> {
        let (groups, times): (Vec<u64>, Vec<i64>) = moments.iter().copied().unzip();
        let sql = "SELECT group_id, sum(weight) AS errors, arraySum(minMapIf([session_id], [weight], session_id != '').2) AS sessions, \
                 groupUniqArray(1000)(toString(met.release)) AS releases \
             FROM (SELECT exception_stack_id, session_id, weight, release, time FROM events FINAL \
                 WHERE app = {app:String} AND time > fromUnixTimestamp64Nano({first:Int64}, 'UTC') \
                     AND toStartOfHour(time) >= toStartOfHour(fromUnixTimestamp64Nano({first:Int64}, 'UTC')) \
                     AND exception_stack_id != 0 AND weight > 0 AND NOT bot) AS met \
             INNER JOIN (SELECT stack_id, group_id FROM error_stacks FINAL \
                 WHERE app = {app:String} AND group_id IN {groups:Array(UInt64)}) AS stacks \
             ON met.exception_stack_id = stacks.stack_id \
             WHERE toUnixTimestamp64Nano(time) > transform(group_id, {groups:Array(UInt64)}, {times:Array(Int64)}, toInt64(0)) \
             GROUP BY group_id";
        let query = self.client().query(sql).param("app", app.as_str()).param("groups", &groups[..]);
        let first = times.iter().copied().min().unwrap_or(i64::MAX);
        Ok(query.param("times", &times[..]).param("first", first).fetch_all().await?)
    }

    /// Each release with when it was first met in a view or an error, in seconds since 1970.
    pub async fn releases(&self, app: &AppId) -> Result<HashMap<String, i64>, StoreError> {
        let sql = "SELECT name, toInt64(min(first)) FROM (\
                 SELECT toString(release) AS name, toUnixTimestamp(min(start)) AS first FROM views \
                     WHERE app = {app:String} GROUP BY name \
                 UNION ALL SELECT toString(release) AS name, toUnixTimestamp(min(first_seen)) AS first FROM error_stacks \
                     WHERE app = {app:String} GROUP BY name) \
             GROUP BY name";
        let found: Vec<(String, i64)> = self.client().query(sql).param("app", app.as_str()).fetch_all().await?;
        Ok(found.into_iter().collect())
    }

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

    /// The frames of the newest stacks.
    pub async fn stack_frames(&self, app: &AppId, limit: u32) -> Result<Vec<StackFrames>, StoreError> {
        let sql = "SELECT stack_id, group_id, parts FROM error_stacks FINAL WHERE app = {app:String} \
             ORDER BY first_seen DESC, stack_id LIMIT {limit:UInt32}";
        Ok(self.client().query(sql).param("app", app.as_str()).param("limit", limit).fetch_all().await?)
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
        self.catch_up("events").await?;
        self.mutate(&sql).await
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
