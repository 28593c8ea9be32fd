//! What every application sent, an hour and a signal to a row.

use limen_model::{AppId, Signal};

use super::{Metadata, MetadataError};
use crate::limits::USAGE_HOURS_KEPT;
use crate::usage::{UsageByHour, Used};

const COLUMNS: &str = "SELECT app, hour, signal, events, bytes_sent, bytes_opened, weight FROM usage_hours";

type UsageRow = (String, i64, String, i64, i64, i64, f64);

impl Metadata {
    /// Adds to what is there, all or nothing.
    pub async fn add_usage(&self, fresh: &UsageByHour) -> Result<(), MetadataError> {
        let mut transaction = self.pool.begin().await?;
        // In one order, so that two servers do not wait for each other.
        let mut rows: Vec<_> = fresh.iter().collect();
        rows.sort_by_key(|((app, hour, signal), _)| (app.as_str(), *hour, signal.name()));
        for ((app, hour, signal), used) in rows {
            sqlx::query(
                "INSERT INTO usage_hours (app, hour, signal, events, bytes_sent, bytes_opened, weight) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (app, hour, signal) DO UPDATE SET \
                 events = usage_hours.events + excluded.events, bytes_sent = usage_hours.bytes_sent + excluded.bytes_sent, \
                 bytes_opened = usage_hours.bytes_opened + excluded.bytes_opened, \
                 weight = usage_hours.weight + excluded.weight",
            )
            .bind(app.as_str())
            .bind(hour)
            .bind(signal.name())
            .bind(number(used.events))
            .bind(number(used.bytes_sent))
            .bind(number(used.bytes_opened))
            .bind(used.weight)
            .execute(&mut *transaction)
            .await?;
        }
        let newest = fresh.keys().map(|(_, hour, _)| *hour).max().unwrap_or_default();
        sqlx::query("DELETE FROM usage_hours WHERE hour < $1")
            .bind(newest - USAGE_HOURS_KEPT)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// Of all applications, from an hour since the epoch on.
    pub async fn usage_since(&self, hour: i64) -> Result<UsageByHour, MetadataError> {
        let all = format!("{COLUMNS} WHERE hour >= $1");
        let rows: Vec<UsageRow> = sqlx::query_as(sqlx::AssertSqlSafe(all)).bind(hour).fetch_all(&self.pool).await?;
        rows.into_iter().map(read).collect()
    }

    /// Of one application, from an hour since the epoch on.
    pub async fn usage_of(&self, app: &AppId, hour: i64) -> Result<UsageByHour, MetadataError> {
        let own = format!("{COLUMNS} WHERE app = $1 AND hour >= $2");
        let query = sqlx::query_as(sqlx::AssertSqlSafe(own)).bind(app.as_str()).bind(hour);
        let rows: Vec<UsageRow> = query.fetch_all(&self.pool).await?;
        rows.into_iter().map(read).collect()
    }
}

fn read(row: UsageRow) -> Result<((AppId, i64, Signal), Used), MetadataError> {
    let (app, hour, signal, events, bytes_sent, bytes_opened, weight) = row;
    let damaged = || MetadataError::Damaged(format!("usage of `{app}` in hour {hour}, signal `{signal}`"));
    let known = Signal::ALL.into_iter().find(|known| known.name() == signal).ok_or_else(damaged)?;
    let id = AppId::parse(&app).map_err(|_| damaged())?;
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    let used = Used { events: count(events), bytes_sent: count(bytes_sent), bytes_opened: count(bytes_opened), weight };
    Ok(((id, hour, known), used))
}

/// The integers of both databases have a sign.
pub(super) fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
