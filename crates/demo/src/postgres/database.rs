//! Asking PostgreSQL, with a client span for each statement as database conventions describe it.

use opentelemetry::KeyValue;
use opentelemetry::trace::SpanKind;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Config, GenericClient, Row, Transaction};

use super::pool::{Loan, Pool, Session};
use crate::failure::Failure;
use crate::telemetry::call::Call;

/// One statement of the shop. The text has placeholders only, so it may be reported as it is.
#[derive(Debug, Clone, Copy)]
pub struct Query {
    pub operation: &'static str,
    pub collection: &'static str,
    pub text: &'static str,
}

pub type Parameters<'a> = &'a [&'a (dyn ToSql + Sync)];

#[derive(Debug, Clone)]
pub struct Database {
    pool: Pool,
    port: i64,
}

/// Statements that count together or not at all. Dropped before `commit`, it is rolled back.
pub struct Unit<'a> {
    transaction: Transaction<'a>,
    prepared: &'a mut std::collections::HashMap<&'static str, tokio_postgres::Statement>,
    port: i64,
}

impl Database {
    pub fn new(config: Config) -> Self {
        let port = config.get_ports().first().copied().unwrap_or(5432).into();
        Self { pool: Pool::new(config), port }
    }

    /// One statement on its own.
    pub async fn rows(&self, call: &Call, query: &Query, parameters: Parameters<'_>) -> Result<Vec<Row>, Failure> {
        let mut loan = self.pool.lend().await?;
        let Session { client, prepared } = loan.session();
        ask(call, self.port, client, prepared, query, parameters).await
    }

    pub async fn connection(&self) -> Result<Connection, Failure> {
        Ok(Connection { loan: self.pool.lend().await?, port: self.port })
    }
}

/// A connection kept for a while, to begin a unit on.
pub struct Connection {
    loan: Loan,
    port: i64,
}

impl Connection {
    pub async fn begin(&mut self) -> Result<Unit<'_>, Failure> {
        let port = self.port;
        let Session { client, prepared } = self.loan.session();
        let transaction = client.transaction().await.map_err(|cause| failure(&cause))?;
        Ok(Unit { transaction, prepared, port })
    }
}

impl Unit<'_> {
    pub async fn rows(&mut self, call: &Call, query: &Query, parameters: Parameters<'_>) -> Result<Vec<Row>, Failure> {
        ask(call, self.port, &self.transaction, self.prepared, query, parameters).await
    }

    pub async fn commit(self) -> Result<(), Failure> {
        self.transaction.commit().await.map_err(|cause| failure(&cause))
    }
}

async fn ask<C: GenericClient>(
    call: &Call,
    port: i64,
    client: &C,
    prepared: &mut std::collections::HashMap<&'static str, tokio_postgres::Statement>,
    query: &Query,
    parameters: Parameters<'_>,
) -> Result<Vec<Row>, Failure> {
    let summary = format!("{} {}", query.operation, query.collection);
    let attributes = vec![
        KeyValue::new("db.system.name", "postgresql"),
        KeyValue::new("db.namespace", "postgres"),
        KeyValue::new("db.operation.name", query.operation),
        KeyValue::new("db.collection.name", query.collection),
        KeyValue::new("db.query.text", query.text),
        KeyValue::new("db.query.summary", summary.clone()),
        KeyValue::new("server.address", "127.0.0.1"),
        KeyValue::new("server.port", port),
    ];
    let span = call.child(summary, SpanKind::Client, attributes);
    let answer = prepare_and_run(client, prepared, query, parameters).await;
    if let Err(cause) = &answer {
        let code = cause.code().map_or("connection", |state| state.code()).to_owned();
        span.set(KeyValue::new("db.response.status_code", code.clone()));
        span.fail(code, cause.to_string());
    }
    span.end();
    answer.map_err(|cause| failure(&cause))
}

async fn prepare_and_run<C: GenericClient>(
    client: &C,
    prepared: &mut std::collections::HashMap<&'static str, tokio_postgres::Statement>,
    query: &Query,
    parameters: Parameters<'_>,
) -> Result<Vec<Row>, tokio_postgres::Error> {
    let statement = match prepared.get(query.text) {
        Some(statement) => statement.clone(),
        None => {
            let statement = client.prepare(query.text).await?;
            prepared.insert(query.text, statement.clone());
            statement
        }
    };
    client.query(&statement, parameters).await
}

fn failure(cause: &tokio_postgres::Error) -> Failure {
    tracing::warn!("the shop's PostgreSQL refused a statement: {cause:?}");
    Failure::unavailable("the database did not answer; try again")
}
