//! How the metadata came to its present shape: each step is applied once and in order, whatever version it starts from.

use sqlx::AnyPool;

use super::MetadataError;
use super::backend::Backend;

/// Written for SQLite, and put into PostgreSQL's words by `Backend::step`. A released step is never edited: a change is a
/// new step. Settings of applications need none, they are documents.
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
    "CREATE TABLE nodes (id TEXT PRIMARY KEY, seen INTEGER NOT NULL, settled INTEGER NOT NULL) STRICT; \
     CREATE TABLE leases (name TEXT PRIMARY KEY, holder TEXT NOT NULL, until INTEGER NOT NULL) STRICT;",
    "CREATE TABLE source_maps (id TEXT PRIMARY KEY, app TEXT NOT NULL, debug_id TEXT NOT NULL, release TEXT NOT NULL, path TEXT NOT NULL, \
         content TEXT NOT NULL, bytes INTEGER NOT NULL, packed_bytes INTEGER NOT NULL, uploaded INTEGER NOT NULL) STRICT; \
     CREATE INDEX source_maps_by_build ON source_maps (app, debug_id); \
     CREATE INDEX source_maps_by_file ON source_maps (app, release, path); \
     CREATE INDEX source_maps_by_content ON source_maps (app, content);",
    "CREATE TABLE dashboards (id TEXT PRIMARY KEY, app TEXT NOT NULL, document TEXT NOT NULL, version INTEGER NOT NULL, \
         changed INTEGER NOT NULL) STRICT; \
     CREATE INDEX dashboards_by_app ON dashboards (app);",
];

/// All or nothing, and by one server at a time.
pub async fn migrate(pool: &AnyPool, backend: Backend) -> Result<(), MetadataError> {
    let known = STEPS.len() as i64;
    let mut transaction = backend.begin_writing(pool).await?;
    let found = backend.version(&mut transaction).await?;
    if found > known {
        return Err(MetadataError::Newer { found, known });
    }
    for (sql, _) in STEPS.iter().zip(1..).filter(|(_, version)| *version > found) {
        let step = sqlx::AssertSqlSafe(backend.step(sql).into_owned());
        sqlx::raw_sql(step).execute(&mut *transaction).await?;
    }
    if found < known {
        backend.note_version(&mut transaction, known).await?;
    }
    Ok(transaction.commit().await?)
}

#[cfg(test)]
mod tests {
    use limen_model::AppId;

    use super::super::place::Place;
    use super::*;
    use crate::sampling::Sampling;

    /// As the first so many steps left it.
    async fn at_version(place: &Place, version: usize, rows: &str) {
        let (pool, backend) = (place.pool().await, place.backend());
        let mut transaction = backend.begin_writing(&pool).await.expect("begun");
        backend.version(&mut transaction).await.expect("none");
        for step in &STEPS[..version] {
            let step = sqlx::AssertSqlSafe(backend.step(step).into_owned());
            sqlx::raw_sql(step).execute(&mut *transaction).await.expect("applied");
        }
        sqlx::raw_sql(sqlx::AssertSqlSafe(rows.to_owned())).execute(&mut *transaction).await.expect("filled");
        backend.note_version(&mut transaction, version as i64).await.expect("noted");
        transaction.commit().await.expect("made");
        pool.close().await;
    }

    #[tokio::test]
    async fn a_file_of_the_first_version_is_brought_forward() {
        let place = Place::file();
        let row = "INSERT INTO apps VALUES ('shop', 'Shop', 'lkp_1', '2026-01-01T00:00:00Z');";
        at_version(&place, 1, row).await;
        let apps = place.open().await.apps().await.expect("read");
        assert_eq!(apps[0].id, AppId::parse("shop").expect("valid"));
        assert_eq!(apps[0].settings.sampling, Sampling::default());
    }

    #[tokio::test]
    async fn what_was_set_in_the_second_version_still_holds() {
        let place = Place::file();
        let row =
            r#"INSERT INTO apps VALUES ('shop', 'Shop', 'lkp_1', '2026-01-01T00:00:00Z', '{"sample_rate":0.25}');"#;
        at_version(&place, 2, row).await;
        let apps = place.open().await.apps().await.expect("read");
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
        "INSERT INTO apps VALUES ('shop', 'Shop', 'lkp_1', '2026-01-01T00:00:00Z'); \
         INSERT INTO keys (id, app, kind, name, lookup, hint, created, enabled) \
             VALUES ('1', 'shop', 'browser', 'first key', 'lkp_1', 'lkp_1', 1767225600, 1); \
         INSERT INTO error_states VALUES ('shop', '00000000000000ab', '{}');",
        "INSERT INTO apps VALUES ('shop', 'Shop', 'lkp_1', '2026-01-01T00:00:00Z'); \
         INSERT INTO keys (id, app, kind, name, lookup, hint, created, enabled) \
             VALUES ('1', 'shop', 'browser', 'first key', 'lkp_1', 'lkp_1', 1767225600, 1); \
         INSERT INTO nodes VALUES ('a', 1, 1);",
        "INSERT INTO apps VALUES ('shop', 'Shop', 'lkp_1', '2026-01-01T00:00:00Z'); \
         INSERT INTO keys (id, app, kind, name, lookup, hint, created, enabled) \
             VALUES ('1', 'shop', 'browser', 'first key', 'lkp_1', 'lkp_1', 1767225600, 1); \
         INSERT INTO source_maps VALUES ('1', 'shop', '', '1.0', '/a.js', 'ab', 2, 1, 1);",
    ];

    #[tokio::test]
    async fn every_earlier_version_is_brought_forward_and_taken_again() {
        assert_eq!(ROWS.len() + 1, STEPS.len(), "add a row of version {}", STEPS.len() - 1);
        let database = Place::database().await;
        for (version, row) in (1..).zip(ROWS) {
            let emptied = "DROP SCHEMA public CASCADE; CREATE SCHEMA public";
            sqlx::raw_sql(emptied).execute(&database.pool().await).await.expect("emptied");
            for place in [&Place::file(), &database] {
                at_version(place, version, row).await;
                for _ in ["brought forward", "opened as it is"] {
                    let metadata = place.open().await;
                    let apps = metadata.apps().await.expect("read");
                    let found: Vec<_> =
                        apps.iter().map(|app| (app.id.as_str(), &*app.name, app.key.as_str())).collect();
                    assert_eq!(found, [("shop", "Shop", "lkp_1")], "version {version}");
                    metadata.close().await;
                }
            }
        }
    }

    #[tokio::test]
    async fn refuses_a_newer_version() {
        for place in Place::both().await {
            let (pool, backend) = (place.pool().await, place.backend());
            let mut transaction = backend.begin_writing(&pool).await.expect("begun");
            backend.version(&mut transaction).await.expect("none");
            backend.note_version(&mut transaction, 99).await.expect("noted");
            transaction.commit().await.expect("kept");
            assert!(matches!(place.try_open().await, Err(MetadataError::Newer { found: 99, .. })));
        }
    }

    #[tokio::test]
    async fn servers_that_start_at_once_migrate_once() {
        for place in Place::both().await {
            let opened = futures_util::future::join_all((0..4).map(|_| place.open())).await;
            let shop = AppId::parse("shop").expect("valid");
            let made = futures_util::future::join_all(opened.iter().map(|metadata| metadata.create_app(&shop))).await;
            assert!(made.iter().all(Result::is_ok), "{made:?}");
            assert_eq!(opened[0].apps().await.expect("read").len(), 1);
        }
    }
}
