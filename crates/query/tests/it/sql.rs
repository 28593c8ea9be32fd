//! Free questions by the real engine: what reads Limen's own tables is answered, everything else is refused.

use limen_model::enriched::EnrichedBatch;
use limen_query::{QueryError, ScopeError, SqlAnswer, sql, sql_tables};
use serde_json::json;

use crate::engine_process::EngineProcess;
use crate::rows::{MINUTE, batch, exception, view};

async fn engine() -> EngineProcess {
    let views = vec![view("s1", "v1", MINUTE), view("s2", "v2", MINUTE)];
    let events = vec![exception("s1", "v1", 1, MINUTE)];
    EngineProcess::with(&[EnrichedBatch { views, events, ..batch() }]).await
}

async fn ask(engine: &EngineProcess, text: &str) -> Result<SqlAnswer, QueryError> {
    sql(&engine.store, text, 100).await
}

#[tokio::test]
async fn a_select_over_own_tables_is_answered() {
    let engine = engine().await;
    for text in [
        "SELECT browser, count() AS n FROM views GROUP BY browser;",
        "WITH v AS (SELECT * FROM limen.views) SELECT any(browser), count() FROM v -- a comment",
        "SELECT 'Chrome', toUInt64(count()) FROM events AS e RIGHT JOIN views AS v ON e.view_id = v.view_id",
        "SELECT 'Chrome', arrayMap(x -> x ? 2 : 0, [count() > 0])[1] FROM views WHERE session_id IN (SELECT session_id FROM events)",
    ] {
        let answer = ask(&engine, text).await.unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(answer.rows[0][0], "Chrome", "{text}");
        let two = &answer.rows[0][1];
        assert!(*two == json!("2") || *two == json!(2), "{text}: {two}");
    }
    let numbers = ask(&engine, "SELECT number FROM numbers(500)").await.expect("an answer");
    assert_eq!((numbers.rows.len(), numbers.more, numbers.columns[0].r#type.as_str()), (100, true, "UInt64"));
    let tables = sql_tables(&engine.store).await.expect("tables").tables;
    assert!(tables.iter().any(|table| table.name == "views" && table.columns.len() > 40), "{tables:?}");
}

#[tokio::test]
async fn what_is_not_reading_own_tables_is_refused() {
    let engine = engine().await;
    for text in [
        "SELECT file('/etc/passwd')",
        "SELECT (SELECT File('/etc/passwd'))",
        "SELECT * FROM file('/etc/passwd', 'LineAsString')",
        "SELECT * FROM (SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString'))",
        "SELECT * FROM remote('127.0.0.1', 'system', 'one')",
        "SELECT * FROM merge('system', 'settings')",
        "SELECT * FROM `system`.`settings`",
        "SELECT 1 WHERE 'a' IN system.databases",
        "SELECT * FROM erasing",
        "SELECT 1 SETTINGS max_memory_usage = 0",
        "SELECT * FROM (SELECT 1 SETTINGS readonly = 0)",
        "SELECT getSetting('max_memory_usage')",
        "SELECT sleep(3)",
        "SELECT 1 INTO OUTFILE '/tmp/x'",
        "SELECT 1 FORMAT TSV",
        "INSERT INTO erasing VALUES ('a', 'b')",
        "DROP TABLE views",
        "SELECT 1; DROP TABLE views",
        "SELECT 1) FROM (SELECT file('/etc/passwd')",
        "SELECT 1 /*",
        "SYSTEM SHUTDOWN",
        "",
    ] {
        let found = ask(&engine, text).await;
        let refused = matches!(found, Err(QueryError::Scope(ScopeError::Sql { .. } | ScopeError::SqlRefused { .. })));
        assert!(refused, "{text}: {found:?}");
    }
    let long = format!("SELECT '{}'", "x".repeat(100_000));
    assert!(matches!(ask(&engine, &long).await, Err(QueryError::Scope(ScopeError::SqlTooLong { .. }))));
}

#[tokio::test]
async fn what_takes_too_much_ends() {
    let engine = engine().await;
    let hungry = "SELECT groupArray(repeat('x', 1000)) FROM numbers(100000000)";
    let found = ask(&engine, hungry).await;
    assert!(found.is_err(), "{found:?}");
    assert!(ask(&engine, "SELECT 1").await.is_ok(), "the engine goes on");
}
