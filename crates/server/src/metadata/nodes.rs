//! The servers that share this metadata: who is there, who has heard of all erasures, and who does what only one may do.
//!
//! Times are seconds of the database's clock, as those of the servers differ.

use sqlx::Executor;

use super::{Metadata, MetadataError};
use crate::limits::NODE_GONE_AFTER_SECONDS;

impl Metadata {
    /// Does what makes tables in the engine, after any other server that does so now.
    pub async fn making_tables<T>(&self, make: impl Future<Output = T>) -> Result<T, MetadataError> {
        let held = self.backend.begin_making_tables(&self.pool).await?;
        let made = make.await;
        if let Some(held) = held {
            held.rollback().await?;
        }
        Ok(made)
    }

    /// Seconds since the epoch.
    pub async fn now(&self) -> Result<i64, MetadataError> {
        let sql = format!("SELECT {}", self.backend.now());
        Ok(sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(&self.pool).await?)
    }

    /// Says that a server is there, and forgets those that have long not said so. Answers how many there are.
    pub async fn beat(&self, node: &str) -> Result<u32, MetadataError> {
        let now = self.backend.now();
        let sql = format!(
            "INSERT INTO nodes (id, seen, settled) VALUES ($1, {now}, 0) ON CONFLICT (id) DO UPDATE SET seen = {now}"
        );
        sqlx::query(sqlx::AssertSqlSafe(sql)).bind(node).execute(&self.pool).await?;
        let gone = format!("DELETE FROM nodes WHERE seen < {now} - {NODE_GONE_AFTER_SECONDS}");
        self.pool.execute(sqlx::AssertSqlSafe(gone)).await?;
        let there: i64 = sqlx::query_scalar("SELECT count(*) FROM nodes").fetch_one(&self.pool).await?;
        Ok(u32::try_from(there.max(1)).unwrap_or(u32::MAX))
    }

    /// Says that a server keeps out everybody who was erased before `time`, and that all that it had taken is in the tables.
    pub async fn note_settled(&self, node: &str, time: i64) -> Result<(), MetadataError> {
        let sql = "UPDATE nodes SET settled = $1 WHERE id = $2";
        sqlx::query(sql).bind(time).bind(node).execute(&self.pool).await?;
        Ok(())
    }

    /// Whether every server that is there has said so of a time after this one.
    pub async fn all_settled_after(&self, time: i64) -> Result<bool, MetadataError> {
        let sql = "SELECT count(*) FROM nodes WHERE settled <= $1";
        let late: i64 = sqlx::query_scalar(sql).bind(time).fetch_one(&self.pool).await?;
        Ok(late == 0)
    }

    /// An orderly end: nobody waits for this server, and others may do at once what it did.
    pub async fn leave(&self, node: &str) -> Result<(), MetadataError> {
        sqlx::query("DELETE FROM leases WHERE holder = $1").bind(node).execute(&self.pool).await?;
        sqlx::query("DELETE FROM nodes WHERE id = $1").bind(node).execute(&self.pool).await?;
        Ok(())
    }

    /// Takes or renews what only one server holds, for so many seconds. False while another one holds it.
    pub async fn lease(&self, name: &str, node: &str, seconds: i64) -> Result<bool, MetadataError> {
        let now = self.backend.now();
        let sql = format!(
            "INSERT INTO leases (name, holder, until) VALUES ($1, $2, {now} + $3) ON CONFLICT (name) DO UPDATE \
             SET holder = excluded.holder, until = excluded.until WHERE leases.holder = excluded.holder OR leases.until <= {now}"
        );
        let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(name).bind(node).bind(seconds);
        Ok(query.execute(&self.pool).await?.rows_affected() > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::place::Place;
    use futures_util::future::join_all;

    #[tokio::test]
    async fn of_many_who_want_it_at_once_one_gets_it_until_it_ends_or_goes() {
        for place in Place::both().await {
            let metadata = place.open().await;
            let names: Vec<String> = (0..8).map(|number| format!("node {number}")).collect();
            let asked = join_all(names.iter().map(|name| metadata.lease("jobs", name, 60))).await;
            let held: Vec<bool> = asked.into_iter().map(|asked| asked.expect("asked")).collect();
            assert_eq!(held.iter().filter(|held| **held).count(), 1);
            let holder = &names[held.iter().position(|held| *held).expect("one")];
            assert!(metadata.lease("jobs", holder, 60).await.expect("renewed"));
            metadata.leave(holder).await.expect("gone");
            assert!(metadata.lease("jobs", "a", 0).await.expect("free"));
            assert!(metadata.lease("jobs", "b", 60).await.expect("it had no time"));
            assert!(!metadata.lease("jobs", "a", 60).await.expect("asked"));
            assert!(metadata.lease("other", "a", 60).await.expect("free"));
        }
    }

    #[tokio::test]
    async fn servers_that_share_a_database_make_tables_one_after_the_other() {
        let place = Place::database().await;
        let (one, other) = (place.open().await, place.open().await);
        let busy = std::sync::atomic::AtomicU32::new(0);
        let make = async || {
            let before = busy.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            // Long enough for any other to come this far.
            for _ in 0..3 {
                one.now().await.expect("a time");
            }
            busy.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
            before
        };
        let both = [one.making_tables(make()), other.making_tables(make()), other.making_tables(make())];
        let found = join_all(both).await;
        assert!(found.into_iter().all(|before| before.expect("made") == 0));
    }

    #[tokio::test]
    async fn everybody_who_is_there_is_waited_for_and_nobody_else() {
        for place in Place::both().await {
            let metadata = place.open().await;
            assert_eq!(metadata.beat("a").await.expect("there"), 1);
            assert_eq!(metadata.beat("b").await.expect("there"), 2);
            let now = metadata.now().await.expect("a time");
            metadata.note_settled("a", now + 1).await.expect("noted");
            assert!(!metadata.all_settled_after(now).await.expect("asked"), "b has not");
            metadata.note_settled("b", now).await.expect("noted");
            assert!(!metadata.all_settled_after(now).await.expect("asked"), "it may have been before");
            metadata.leave("b").await.expect("gone");
            assert!(metadata.all_settled_after(now).await.expect("asked"));
            assert_eq!(metadata.beat("a").await.expect("there"), 1);
            assert!(metadata.all_settled_after(now).await.expect("asked"), "being there again changes nothing");
        }
    }
}
