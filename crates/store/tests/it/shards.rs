//! Two shards within one engine. The library cannot listen for other servers, but a cluster whose every address is its own
//! is asked without a connection, in the same two steps as a cluster of machines: each shard answers in part, and who asked
//! puts the parts together. Both shards see the same folder here, so a filter leaves each the rows that belong to it.

use std::path::Path;

use limen_store::{Address, Cluster, Store, cluster_schema, engine};

pub const NAME: &str = "two";

/// Written beside the engine's own settings, which take it in. The Keeper is in memory and serves for making tables.
pub fn configure(engine: &Path) {
    let replica = |host| {
        format!(
            "<shard><internal_replication>true</internal_replication><replica><host>{host}</host><port>9000</port></replica></shard>"
        )
    };
    let folder = engine.join("conf.d");
    std::fs::create_dir_all(&folder).expect("a folder");
    let text = format!(
        "<clickhouse><tcp_port>9000</tcp_port><macros><shard>1</shard><replica>one</replica></macros>\
         <zookeeper><implementation>testkeeper</implementation></zookeeper>\
         <remote_servers><{NAME}>{}{}</{NAME}></remote_servers></clickhouse>",
        replica("127.0.0.1"),
        replica("localhost"),
    );
    std::fs::write(folder.join("cluster.xml"), text).expect("written");
}

pub fn cluster() -> Cluster {
    Cluster::named(NAME).expect("a name")
}

/// What is beyond one engine in a statement of the schema: that others run it too, and that others hold copies.
pub fn on_this_engine(statement: &str) -> String {
    let statement = statement.replace(&format!(" ON CLUSTER `{NAME}`"), "");
    let Some((before, rest)) = statement.split_once("ENGINE = Replicated") else { return statement };
    let (kind, rest) = rest.split_once('(').expect("arguments");
    let (arguments, rest) = rest.split_once(')').expect("an end");
    let arguments = arguments.split(", ").skip(2).collect::<Vec<_>>().join(", ");
    // Both shards write the same table, which would take the second's rows for a repetition of the first's.
    let rest = rest.replace("SETTINGS ", "SETTINGS non_replicated_deduplication_window = 0, ");
    let rest = ["10000", "1000"]
        .iter()
        .fold(rest, |rest, window| rest.replace(&format!(", non_replicated_deduplication_window = {window},"), ","));
    format!("{before}ENGINE = {kind}({arguments}){rest}")
}

/// Makes the tables and opens them as a server does that was started with `--cluster`.
pub async fn open(plain: &Store, address: &Address) -> Store {
    let client = plain.client().clone().with_database("default");
    let mut filters = Vec::new();
    for statement in cluster_schema(&cluster()).expect("all have a form") {
        engine::execute(&client, &on_this_engine(&statement)).await.expect(&statement);
        if let Some((_, distributed)) = statement.split_once("Distributed(") {
            let mut parts = distributed.strip_suffix(')').expect("an end").splitn(4, ", ");
            let (table, sharding) = (parts.nth(2).expect("a table"), parts.next().expect("a sharding"));
            let filter = format!("{sharding} % 2 = shardNum() - 1").replace('\'', "\\'");
            filters.push(format!("'limen_local.{table}': '{filter}'"));
        }
    }
    let store = Store::open_cluster(address, cluster()).expect("a client");
    store
        .with_setting("additional_table_filters", &format!("{{{}}}", filters.join(", ")))
        .with_setting("prefer_localhost_replica", "1")
        .with_setting("insert_quorum", "0")
}
