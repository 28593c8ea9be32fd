//! Settings: one list of keys, read from file, environment and flags, refused when unknown, checked before anything starts.

mod keys;
mod sources;
#[cfg(test)]
mod tests;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use limen_enrich::AddressPolicy;
use limen_model::{AppId, IngestKey};
use limen_store::{Address, Cluster};

use crate::limits::SPOOL_BYTES_CEILING;
pub use keys::{KEYS, Key};
pub use sources::{SettingsError, Source, Written, load};

/// What the user wrote, understood. There is no field here that was not checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    pub server: ServerSettings,
    pub engine: EngineSettings,
    pub enrich: EnrichSettings,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ServerSettings {
    /// UI, API, agent script and the intake for browsers.
    pub listen: SocketAddr,
    /// OTLP/HTTP.
    pub otlp_listen: SocketAddr,
    /// OTLP/gRPC, if it is wanted.
    pub grpc: Option<SocketAddr>,
    pub data: PathBuf,
    /// Where the metadata is, if not in the data folder.
    pub metadata: Option<DatabaseUrl>,
    /// What the spool may hold; with 0 there is none.
    pub spool_bytes_max: u64,
    /// Host names under which the UI and the API may be asked for, beside loopback names.
    pub allowed_hosts: Vec<String>,
    pub first_app: AppId,
    /// Where the server reports about itself, if it does.
    pub self_telemetry: Option<SelfTelemetry>,
    pub self_telemetry_every: Duration,
}

/// The address of a PostgreSQL. There may be a password in it, so it cannot be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(pub String);

impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("postgres://…")
    }
}

/// A receiver of the server's own telemetry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SelfTelemetry {
    /// This server, as the application `limen`.
    Own,
    /// Another one, by its authority, with the key that it wants.
    At { authority: String, key: Option<IngestKey> },
}

#[derive(Debug, Clone, PartialEq)]
pub struct EngineSettings {
    /// A ClickHouse server, instead of the embedded engine.
    pub clickhouse: Option<Address>,
    /// The tables are spread over that server's cluster.
    pub cluster: Option<Cluster>,
    pub library: Option<PathBuf>,
    pub connections: usize,
    pub memory_max_bytes: u64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct EnrichSettings {
    pub geoip_file: Option<PathBuf>,
    pub geoip_attribution: Option<String>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// What is kept of the addresses of senders.
    pub addresses: AddressPolicy,
}

impl Settings {
    /// Reads what was written; the first thing that makes no sense ends it, with where it was written.
    pub fn check(written: &Written) -> Result<Self, SettingsError> {
        let settings = Self {
            server: ServerSettings {
                listen: written.parse("server.listen", "an address and port, such as 127.0.0.1:4600")?,
                otlp_listen: written.parse("server.otlp_listen", "an address and port, such as 127.0.0.1:4318")?,
                grpc: written.parse_with(
                    "server.grpc",
                    "an address and port, such as 127.0.0.1:4317, or off",
                    |text| {
                        if text == "off" { Some(None) } else { text.parse().ok().map(Some) }
                    },
                )?,
                data: written.text("server.data").into(),
                metadata: written.optional("server.metadata").map(DatabaseUrl),
                spool_bytes_max: written.parse_with(
                    "server.spool_max",
                    "a size such as 512MiB or 1GiB, or 0",
                    bytes,
                )?,
                allowed_hosts: written.list("server.allowed_hosts"),
                first_app: written
                    .parse_with("server.first_app", "1 to 64 of a-z, 0-9, - and _", |text| AppId::parse(text).ok())?,
                self_telemetry: written.parse_with(
                    "server.self_telemetry",
                    "self, or an address of OTLP over HTTP such as http://KEY@host:4318",
                    self_telemetry,
                )?,
                self_telemetry_every: written.parse_with(
                    "server.self_telemetry_every",
                    "whole seconds from 1s to 3600s",
                    |text| {
                        let seconds = text.strip_suffix('s')?.parse().ok().filter(|n| (1..=3600).contains(n))?;
                        Some(Duration::from_secs(seconds))
                    },
                )?,
            },
            engine: EngineSettings {
                clickhouse: written.optional("engine.clickhouse").map(Address::Url),
                cluster: written.parse_with(
                    "engine.cluster",
                    "the name of a cluster, and only together with engine.clickhouse",
                    |name| match name {
                        "" => Some(None),
                        name => written.optional("engine.clickhouse").and(Cluster::named(name).ok()).map(Some),
                    },
                )?,
                library: written.optional("engine.library").map(PathBuf::from),
                connections: written.parse_with("engine.connections", "a number from 2 to 64", |text| {
                    text.parse().ok().filter(|count| (2..=64).contains(count))
                })?,
                memory_max_bytes: written.parse_with(
                    "engine.memory_max_mib",
                    "a number of MiB, 512 or more",
                    |text| text.parse().ok().filter(|mib: &u64| (512..1 << 30).contains(mib)).map(|mib| mib << 20),
                )?,
            },
            enrich: EnrichSettings {
                geoip_file: written.optional("enrich.geoip_file").map(PathBuf::from),
                geoip_attribution: written.optional("enrich.geoip_attribution"),
                trusted_proxies: written.parse_list(
                    "enrich.trusted_proxies",
                    "addresses or networks, such as 10.0.0.0/8",
                    network,
                )?,
                addresses: written.parse_with("enrich.addresses", "drop, truncate or hash", AddressPolicy::parse)?,
            },
        };
        Ok(settings)
    }

    /// Whether only this machine can reach the server, as long as there is no sign-in.
    pub fn local_only(&self) -> bool {
        let ServerSettings { listen, otlp_listen, grpc, .. } = &self.server;
        [Some(listen), Some(otlp_listen), grpc.as_ref()].into_iter().flatten().all(|address| address.ip().is_loopback())
    }
}

/// A network; an address on its own is the network that holds nothing else.
fn network(text: &str) -> Option<IpNet> {
    text.parse::<IpNet>().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
}

fn self_telemetry(text: &str) -> Option<Option<SelfTelemetry>> {
    match text {
        "" => return Some(None),
        "self" => return Some(Some(SelfTelemetry::Own)),
        _ => {}
    }
    let rest = text.strip_prefix("http://")?.trim_end_matches('/');
    let (key, authority) = rest.rsplit_once('@').map_or((None, rest), |(key, authority)| (Some(key), authority));
    let key = key.map(IngestKey::parse).transpose().ok()?;
    let authority = authority.parse::<axum::http::uri::Authority>().ok()?;
    Some(Some(SelfTelemetry::At { authority: authority.to_string(), key }))
}

/// A size as a person writes it: a whole number with KiB, MiB, GiB or nothing after it.
fn bytes(text: &str) -> Option<u64> {
    let digits = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let shift = match unit.trim() {
        "" => 0,
        "KiB" => 10,
        "MiB" => 20,
        "GiB" => 30,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(1 << shift).filter(|bytes| *bytes <= SPOOL_BYTES_CEILING)
}
