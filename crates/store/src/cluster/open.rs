//! Looks at a cluster before the tables are made, so that what is missing is said in words and not by the first insert.

use clickhouse::Client;

use super::Cluster;
use crate::StoreError;
use crate::limits::CLUSTER_VERSION_MIN;

/// Says what keeps the servers of the cluster from holding the tables.
pub(crate) async fn check(client: &Client, cluster: &Cluster) -> Result<(), StoreError> {
    let name = cluster.name();
    let sql = "SELECT toString(cluster) FROM system.clusters GROUP BY cluster ORDER BY cluster";
    let known: Vec<String> = client.query(sql).fetch_all().await?;
    if !known.iter().any(|known| known == name) {
        return Err(StoreError::ClusterUnknown { name: name.to_owned(), known: known.join(", ") });
    }
    // As `clusterAllReplicas` counts, every server is a shard of its own.
    let sql = format!("SELECT DISTINCT _shard_num, version() FROM clusterAllReplicas(`{name}`, system.one)");
    let versions: Vec<(u32, String)> = client.query(&sql).fetch_all().await?;
    if let Some((server, version)) = versions.iter().find(|(_, version)| parsed(version) < CLUSTER_VERSION_MIN) {
        let (major, minor) = CLUSTER_VERSION_MIN;
        return Err(StoreError::ClusterVersion { server: *server, version: version.clone(), major, minor });
    }
    let sql = format!(
        "SELECT DISTINCT _shard_num, toString(macro) FROM clusterAllReplicas(`{name}`, system.macros) WHERE macro IN ('shard', 'replica')"
    );
    let macros: Vec<(u32, String)> = client.query(&sql).fetch_all().await?;
    for (server, _) in versions {
        for wanted in ["shard", "replica"] {
            if !macros.iter().any(|(of, found)| *of == server && found == wanted) {
                return Err(StoreError::ClusterMacro { server, wanted });
            }
        }
    }
    Ok(())
}

/// `26.7.2.1` -> (26, 7); what is no version is older than all.
fn parsed(version: &str) -> (u32, u32) {
    let mut numbers = version.split('.').map_while(|number| number.parse().ok());
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert!(parsed("25.10.1.2") > parsed("25.8.3"));
        assert_eq!(parsed("altinity"), (0, 0));
    }
}
