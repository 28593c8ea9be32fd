//! Dashboards in the metadata, each with a version that rises with every change.

use limen_model::AppId;
use limen_query::Time;
use time::OffsetDateTime;

use super::{Metadata, MetadataError, random_bytes};
use crate::dashboards::{Dashboard, DashboardRefusal, KeptDashboard};

type Row = (String, String, i64, i64);

impl Metadata {
    /// By name.
    pub async fn dashboards(&self, app: &AppId) -> Result<Vec<KeptDashboard>, MetadataError> {
        let sql = "SELECT id, document, version, changed FROM dashboards WHERE app = $1";
        let rows: Vec<Row> = sqlx::query_as(sql).bind(app.as_str()).fetch_all(&self.pool).await?;
        let mut found = rows.into_iter().map(kept).collect::<Result<Vec<_>, _>>()?;
        found.sort_by(|a, b| (&a.dashboard.name, &a.id).cmp(&(&b.dashboard.name, &b.id)));
        Ok(found)
    }

    pub async fn make_dashboard(&self, app: &AppId, dashboard: Dashboard) -> Result<KeptDashboard, MetadataError> {
        let id: [u8; 8] = random_bytes().map_err(MetadataError::Random)?;
        let id: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
        let changed = now_unix_nano();
        sqlx::query("INSERT INTO dashboards (id, app, document, version, changed) VALUES ($1, $2, $3, 1, $4)")
            .bind(&id)
            .bind(app.as_str())
            .bind(document(&dashboard)?)
            .bind(changed)
            .execute(&self.pool)
            .await?;
        Ok(KeptDashboard { id, version: 1, changed: Time(changed), dashboard })
    }

    /// Only when it is as `seen`: two people who change it at once do not undo each other's work unnoticed.
    pub async fn change_dashboard(
        &self,
        app: &AppId,
        id: &str,
        seen: i64,
        dashboard: Dashboard,
    ) -> Result<Result<KeptDashboard, DashboardRefusal>, MetadataError> {
        let changed = now_unix_nano();
        let sql = "UPDATE dashboards SET document = $1, version = version + 1, changed = $2 \
                   WHERE app = $3 AND id = $4 AND version = $5";
        let done = sqlx::query(sql)
            .bind(document(&dashboard)?)
            .bind(changed)
            .bind(app.as_str())
            .bind(id)
            .bind(seen)
            .execute(&self.pool)
            .await?;
        if done.rows_affected() == 1 {
            let version = seen + 1;
            return Ok(Ok(KeptDashboard { id: id.to_owned(), version, changed: Time(changed), dashboard }));
        }
        let there = self.dashboards(app).await?.iter().any(|kept| kept.id == id);
        Ok(Err(if there { DashboardRefusal::Changed } else { DashboardRefusal::Unknown }))
    }

    /// As it was; None when there is none.
    pub async fn delete_dashboard(&self, app: &AppId, id: &str) -> Result<Option<KeptDashboard>, MetadataError> {
        let found = self.dashboards(app).await?.into_iter().find(|kept| kept.id == id);
        let sql = "DELETE FROM dashboards WHERE app = $1 AND id = $2";
        sqlx::query(sql).bind(app.as_str()).bind(id).execute(&self.pool).await?;
        Ok(found)
    }
}

fn document(dashboard: &Dashboard) -> Result<String, MetadataError> {
    serde_json::to_string(dashboard).map_err(|error| MetadataError::Damaged(error.to_string()))
}

fn kept((id, document, version, changed): Row) -> Result<KeptDashboard, MetadataError> {
    let damaged = |_| MetadataError::Damaged(format!("the dashboard `{id}`"));
    let dashboard = serde_json::from_str(&document).map_err(damaged)?;
    Ok(KeptDashboard { id, version, changed: Time(changed), dashboard })
}

fn now_unix_nano() -> i64 {
    i64::try_from(OffsetDateTime::now_utc().unix_timestamp_nanos()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::place::Place;
    use super::*;

    fn named(name: &str) -> Dashboard {
        Dashboard { name: name.to_owned(), panels: Vec::new() }
    }

    #[tokio::test]
    async fn a_change_of_what_somebody_else_changed_is_refused_in_both_databases() {
        for place in Place::both().await {
            let metadata = place.open().await;
            let shop = AppId::parse("shop").expect("valid");
            metadata.create_app(&shop).await.expect("made");
            let made = metadata.make_dashboard(&shop, named("b")).await.expect("made");
            metadata.make_dashboard(&shop, named("a")).await.expect("made");
            let change =
                async |seen, name| metadata.change_dashboard(&shop, &made.id, seen, named(name)).await.expect("read");
            assert_eq!(change(1, "c").await.map(|kept| kept.version), Ok(2));
            assert_eq!(change(1, "d").await, Err(DashboardRefusal::Changed));
            let other = AppId::parse("other").expect("valid");
            let elsewhere = metadata.change_dashboard(&other, &made.id, 2, named("x")).await.expect("read");
            assert_eq!(elsewhere, Err(DashboardRefusal::Unknown), "of another application");
            let names = async || {
                metadata
                    .dashboards(&shop)
                    .await
                    .expect("read")
                    .into_iter()
                    .map(|kept| kept.dashboard.name)
                    .collect::<Vec<_>>()
            };
            assert_eq!(names().await, ["a", "c"]);
            assert!(metadata.delete_dashboard(&other, &made.id).await.expect("read").is_none());
            assert_eq!(
                metadata.delete_dashboard(&shop, &made.id).await.expect("read").map(|kept| kept.version),
                Some(2)
            );
            assert_eq!(names().await, ["a"]);
        }
    }
}
