//! What is written comes back, column by column.

use limen_store::{Store, Table};

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
