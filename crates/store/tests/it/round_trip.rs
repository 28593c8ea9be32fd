//! What is written comes back, column by column.

use limen_model::AppId;
use limen_model::enriched::{EnrichedBatch, Event, MetricPoint};
use limen_store::{EncodedBatch, Store, Table, engine};

use crate::engine_process::EngineProcess;
use crate::filled;

/// The rows of a table as a person reads them, ids as hexadecimal digits.
async fn read(store: &Store, table: Table) -> serde_json::Value {
    let sql = format!(
        "SELECT * REPLACE ({}) FROM {} FORMAT JSONEachRow",
        match table {
            Table::Views => "hex(trace_id) AS trace_id",
            Table::Spans =>
                "hex(trace_id) AS trace_id, hex(span_id) AS span_id, hex(parent_span_id) AS parent_span_id, \
                 arrayMap(id -> hex(id), link_trace_ids) AS link_trace_ids, \
                 arrayMap(id -> hex(id), link_span_ids) AS link_span_ids",
            Table::Events | Table::Logs => "hex(trace_id) AS trace_id, hex(span_id) AS span_id",
            Table::Metrics =>
                "arrayMap(id -> hex(id), exemplar_trace_ids) AS exemplar_trace_ids, \
                 arrayMap(id -> hex(id), exemplar_span_ids) AS exemplar_span_ids",
        },
        table.name()
    );
    let mut cursor = store.client().query(&sql).fetch_bytes("JSONEachRow").expect("a query");
    let bytes = cursor.collect().await.expect("rows");
    serde_json::from_slice(&bytes).expect("one row")
}

#[tokio::test]
async fn every_column_of_every_table_comes_back_as_it_was_written() {
    let engine = EngineProcess::with(&[filled::batch()]).await;
    for table in Table::ALL {
        insta::assert_json_snapshot!(table.name(), read(&engine.store, table).await);
    }
}

/// More different texts than numbers of one byte and of two can tell apart, and lists of every length down to none.
fn many(app: &str) -> EnrichedBatch<'static> {
    let mut batch = EnrichedBatch { app: AppId::parse(app).expect("valid"), ..filled::batch() };
    let (event, point) = (batch.events.remove(0), batch.metrics.remove(0));
    batch.events = (0..70_000)
        .map(|number: u64| Event {
            event_id: number,
            name: format!("name {}", number % 3).into(),
            label: format!("label {}", number % 300).into(),
            target: format!("target {number}").into(),
            value: number.is_multiple_of(2).then_some(number as f64),
            ..event.clone()
        })
        .collect();
    batch.metrics = (0..50)
        .map(|number| {
            let mut point = MetricPoint { series: number, ..point.clone() };
            point.bounds.truncate(number as usize % 3);
            point.exemplars.truncate(number as usize % 2);
            point.attributes.0.truncate(number as usize % 4);
            point
        })
        .collect();
    batch
}

#[tokio::test]
async fn rows_that_go_as_columns_are_the_rows_that_go_as_rows() {
    let process = EngineProcess::start().await;
    let client = process.store.client();
    for (table, rows) in EncodedBatch::encode(&many("rows")).into_tables() {
        engine::insert(client, &table.insert_statement(), "rows", rows.bytes.into()).await.expect("inserted");
    }
    for (table, rows) in EncodedBatch::encode(&many("columns")).into_tables() {
        let (statement, block) = table.columns_of(&table.insert_statement(), &rows.bytes).expect("whole rows");
        assert!(statement.ends_with("FORMAT Native"), "{statement}");
        engine::insert(client, &statement, "columns", block.into()).await.expect("inserted");
    }
    for table in Table::ALL {
        let sql = format!(
            "SELECT app, count(), sum(cityHash64(formatRow('TSV', * EXCEPT app))) FROM {} GROUP BY app ORDER BY app",
            table.name()
        );
        let found: Vec<(String, u64, u64)> = client.query(&sql).fetch_all().await.expect("sums");
        assert_eq!((found[0].0.as_str(), found[1].0.as_str()), ("columns", "rows"));
        assert_eq!((found[0].1, found[0].2), (found[1].1, found[1].2), "{}", table.name());
    }
}
