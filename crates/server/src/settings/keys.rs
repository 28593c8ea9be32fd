//! The one list of settings: the flags, the environment variables, the file's keys and the reference page come from it.

/// One setting. Its flag is `--` and the last part of the key with dashes, its variable `LIMEN_` and the whole key.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// `section.name`, as in the file.
    pub path: &'static str,
    /// What holds when nothing is written; empty means "not set".
    pub default: &'static str,
    /// For the help and the reference page.
    pub meaning: &'static str,
}

impl Key {
    /// `server.otlp_listen` -> `otlp-listen`.
    pub fn flag(&self) -> String {
        let (_, name) = self.path.split_once('.').unwrap_or(("", self.path));
        name.replace('_', "-")
    }

    /// `server.otlp_listen` -> `LIMEN_SERVER_OTLP_LISTEN`.
    pub fn variable(&self) -> String {
        format!("LIMEN_{}", self.path.replace('.', "_").to_uppercase())
    }
}

pub const KEYS: &[Key] = &[
    Key {
        path: "server.listen",
        default: "127.0.0.1:4600",
        meaning: "Address of the UI, the API, the agent script and the intake for browsers. There is no sign-in yet: \
                  anyone who can reach this address can read everything.",
    },
    Key { path: "server.otlp_listen", default: "127.0.0.1:4318", meaning: "Address of OTLP over HTTP." },
    Key { path: "server.grpc", default: "127.0.0.1:4317", meaning: "Address of OTLP over gRPC; off for none." },
    Key { path: "server.data", default: "limen-data", meaning: "Folder for all data; made when it is missing." },
    Key {
        path: "server.metadata",
        default: "",
        meaning: "A PostgreSQL database for applications, keys, settings and erasures, which several servers may share, as \
                  postgres://user:password@host:5432/database; not set, a file in the data folder.",
    },
    Key {
        path: "server.allowed_hosts",
        default: "",
        meaning: "Host names, separated by commas, under which the UI and API answer beside localhost and the address \
                  they listen on. Needed behind a proxy.",
    },
    Key {
        path: "server.spool_max",
        default: "1GiB",
        meaning: "How much is kept on the disk of this server while the engine is away, such as 512MiB; what comes then \
                  is acknowledged and written later. 0 refuses it instead.",
    },
    Key {
        path: "server.self_telemetry",
        default: "",
        meaning: "Where the server reports about itself over OTLP: self for an application limen of its own, or \
                  http://KEY@host:4318; not set, nowhere.",
    },
    Key {
        path: "server.self_telemetry_every",
        default: "30s",
        meaning: "How often it does, in whole seconds such as 30s.",
    },
    Key { path: "server.first_app", default: "my-app", meaning: "Name of the application that the first start makes." },
    Key {
        path: "engine.clickhouse",
        default: "",
        meaning: "A ClickHouse server to use instead of the embedded engine, as http://user:password@host:8123.",
    },
    Key {
        path: "engine.cluster",
        default: "",
        meaning: "Name of a cluster of that ClickHouse server, over whose shards and replicas the tables are spread; \
                  see docs/cluster.md.",
    },
    Key {
        path: "engine.library",
        default: "",
        meaning: "File of the engine library, libchdb; looked for beside the binary and in engine-library/ when not set.",
    },
    Key { path: "engine.connections", default: "8", meaning: "Queries the embedded engine works on at the same time." },
    Key {
        path: "engine.memory_max_mib",
        default: "2048",
        meaning: "Memory the embedded engine may plan with, in MiB; it can use about a third more.",
    },
    Key {
        path: "enrich.geoip_file",
        default: "",
        meaning: "GeoIP file in MaxMind format with countries; without one the country is unknown.",
    },
    Key {
        path: "enrich.geoip_attribution",
        default: "",
        meaning: "Whom the licence of that file wants named, where the file does not say so itself; shown in the UI.",
    },
    Key {
        path: "enrich.trusted_proxies",
        default: "",
        meaning: "Addresses or networks, separated by commas, of proxies whose X-Forwarded-For is believed.",
    },
    Key {
        path: "enrich.addresses",
        default: "drop",
        meaning: "What views keep of the address they came from: drop for nothing, truncate for its network (/24 or /48), \
                  hash for a name that holds for one day.",
    },
];

pub fn find(path: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.path == path)
}
