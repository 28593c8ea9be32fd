//! How the metadata file came to its present shape: each step is applied once and in order, whatever version it starts from.

use sqlx::sqlite::SqlitePool;

use super::MetadataError;

/// A released step is never edited: a change is a new step. Settings of applications need none, they are documents.
const STEPS: &[&str] = &[
    "CREATE TABLE apps (id TEXT PRIMARY KEY, name TEXT NOT NULL, key TEXT NOT NULL UNIQUE, created TEXT NOT NULL) STRICT;",
    "ALTER TABLE apps ADD COLUMN sampling TEXT NOT NULL DEFAULT '{}';",
    "CREATE TABLE app_settings (app TEXT NOT NULL REFERENCES apps (id), name TEXT NOT NULL, value TEXT NOT NULL, \
         PRIMARY KEY (app, name)) STRICT; \
     INSERT INTO app_settings SELECT id, 'sampling', sampling FROM apps WHERE sampling <> '{}'; \
     ALTER TABLE apps DROP COLUMN sampling;",
    "CREATE TABLE usage_hours (app TEXT NOT NULL, hour INTEGER NOT NULL, signal TEXT NOT NULL, events INTEGER NOT NULL, \
         bytes_sent INTEGER NOT NULL, bytes_opened INTEGER NOT NULL, weight REAL NOT NULL, \
         PRIMARY KEY (app, hour, signal)) STRICT, WITHOUT ROWID;",
    "CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT; \
     CREATE TABLE erasures (id TEXT PRIMARY KEY, app TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT, subject_hash TEXT NOT NULL, \
         reason TEXT NOT NULL, include_traces INTEGER NOT NULL, stage TEXT NOT NULL, asked INTEGER NOT NULL, finished INTEGER, \
         found TEXT, receipt TEXT, error TEXT) STRICT; \
     CREATE TABLE erased (app TEXT NOT NULL, hash BLOB NOT NULL, before INTEGER NOT NULL, until INTEGER NOT NULL, \
         PRIMARY KEY (app, hash)) STRICT, WITHOUT ROWID; \
     CREATE TABLE audit (id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, action TEXT NOT NULL, app TEXT NOT NULL, \
         detail TEXT NOT NULL) STRICT;",
    "CREATE TABLE rounds (name TEXT PRIMARY KEY, ran INTEGER NOT NULL) STRICT;",
    // `apps.key` is the key that an application was made with; from here on its keys stand in a table of their own.
    "CREATE TABLE keys (id TEXT PRIMARY KEY, app TEXT NOT NULL REFERENCES apps (id), kind TEXT NOT NULL, name TEXT NOT NULL, \
         lookup TEXT NOT NULL UNIQUE, hint TEXT NOT NULL, created INTEGER NOT NULL, enabled INTEGER NOT NULL, ends INTEGER, \
         requests INTEGER NOT NULL DEFAULT 0, events INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0, \
         last_used INTEGER) STRICT; \
     INSERT INTO keys (id, app, kind, name, lookup, hint, created, enabled) \
         SELECT lower(hex(randomblob(8))), id, 'browser', 'first key', key, key, unixepoch(created), 1 FROM apps;",
    "CREATE TABLE error_states (app TEXT NOT NULL, group_id TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (app, group_id)) STRICT;",
];

pub async fn migrate(pool: &SqlitePool) -> Result<(), MetadataError> {
    let known = STEPS.len() as i64;
    let found: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(pool).await?;
    if found > known {
        return Err(MetadataError::Newer { found, known });
    }
    for (sql, version) in STEPS.iter().zip(1..).filter(|(_, version)| *version > found) {
        let step = format!("BEGIN; {sql} PRAGMA user_version = {version}; COMMIT;");
        sqlx::raw_sql(sqlx::AssertSqlSafe(step)).execute(pool).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use limen_model::AppId;
    use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

    use super::*;
    use crate::metadata::Metadata;
    use crate::sampling::Sampling;

    /// A file as the first so many steps left it.
    async fn file_of_version(folder: &Path, version: usize, rows: &str) {
        let options = SqliteConnectOptions::new().filename(folder.join("metadata.sqlite")).create_if_missing(true);
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.expect("opened");
        let made = format!("{} PRAGMA user_version = {version}; {rows}", STEPS[..version].concat());
        sqlx::raw_sql(sqlx::AssertSqlSafe(made)).execute(&pool).await.expect("made");
        pool.close().await;
    }

    #[tokio::test]
    async fn a_file_of_the_first_version_is_brought_forward() {
        let folder = tempfile::tempdir().expect("a folder");
        let row = "INSERT INTO apps VALUES ('shop', 'Shop', 'lkp_1', '2026-01-01T00:00:00Z');";
        file_of_version(folder.path(), 1, row).await;
        let apps = Metadata::open(folder.path()).await.expect("opened").apps().await.expect("read");
        assert_eq!(apps[0].id, AppId::parse("shop").expect("valid"));
        assert_eq!(apps[0].settings.sampling, Sampling::default());
    }

    #[tokio::test]
    async fn what_was_set_in_the_second_version_still_holds() {
        let folder = tempfile::tempdir().expect("a folder");
        let row =
            r#"INSERT INTO apps VALUES ('shop', 'Shop', 'lkp_1', '2026-01-01T00:00:00Z', '{"sample_rate":0.25}');"#;
        file_of_version(folder.path(), 2, row).await;
        let apps = Metadata::open(folder.path()).await.expect("opened").apps().await.expect("read");
        assert_eq!(apps[0].settings.sampling.sample_rate, Some(0.25));
    }

    /// A row of each version but the newest, whose application and key must come through all later steps.
    const ROWS: &[&str] = &[
        "INSERT INTO apps VALUES ('shop', 'Shop', 'lkp_1', '2026-01-01T00:00:00Z');",
        "INSERT INTO apps VALUES ('shop', 'Shop', 'lkp_1', '2026-01-01T00:00:00Z', '{}');",
        "INSERT INTO apps VALUES ('shop', 'Shop', 'lkp_1', '2026-01-01T00:00:00Z'); \
         INSERT INTO app_settings VALUES ('shop', 'sampling', '{}');",
        "INSERT INTO apps VALUES ('shop', 'Shop', 'lkp_1', '2026-01-01T00:00:00Z'); \
         INSERT INTO usage_hours VALUES ('shop', 490000, 'logs', 1, 2, 3, 1.0);",
        "INSERT INTO apps VALUES ('shop', 'Shop', 'lkp_1', '2026-01-01T00:00:00Z'); \
         INSERT INTO audit (time, action, app, detail) VALUES (1, 'erase', 'shop', '');",
        "INSERT INTO apps VALUES ('shop', 'Shop', 'lkp_1', '2026-01-01T00:00:00Z'); \
         INSERT INTO rounds VALUES ('retention', 1);",
        "INSERT INTO apps VALUES ('shop', 'Shop', 'lkp_1', '2026-01-01T00:00:00Z'); \
         INSERT INTO keys (id, app, kind, name, lookup, hint, created, enabled) \
             VALUES ('1', 'shop', 'browser', 'first key', 'lkp_1', 'lkp_1', 1767225600, 1);",
    ];

    #[tokio::test]
    async fn a_file_of_every_earlier_version_is_brought_forward_and_taken_again() {
        assert_eq!(ROWS.len() + 1, STEPS.len(), "add a row of version {}", STEPS.len() - 1);
        for (version, row) in (1..).zip(ROWS) {
            let folder = tempfile::tempdir().expect("a folder");
            file_of_version(folder.path(), version, row).await;
            for _ in ["brought forward", "opened as it is"] {
                let metadata = Metadata::open(folder.path()).await.expect("opened");
                let apps = metadata.apps().await.expect("read");
                let found: Vec<_> = apps.iter().map(|app| (app.id.as_str(), &*app.name, app.key.as_str())).collect();
                assert_eq!(found, [("shop", "Shop", "lkp_1")], "version {version}");
                metadata.close().await;
            }
        }
    }

    #[tokio::test]
    async fn refuses_a_file_of_a_newer_version() {
        let folder = tempfile::tempdir().expect("a folder");
        file_of_version(folder.path(), STEPS.len(), "PRAGMA user_version = 99;").await;
        assert!(matches!(Metadata::open(folder.path()).await, Err(MetadataError::Newer { found: 99, .. })));
    }
}
