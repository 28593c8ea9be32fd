//! The figures by name: each with its kind, its unit and a sentence. Names follow Prometheus's conventions: counters end
//! with `_total`, and units are seconds and bytes.

use self::Kind::{Counter, Gauge, Histogram, Info};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Counter,
    Gauge,
    Histogram,
    /// Always 1: what it says is in its labels.
    Info,
}

/// What a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition {
    pub name: &'static str,
    pub kind: Kind,
    /// Empty for plain numbers of something.
    pub unit: &'static str,
    pub help: &'static str,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Count(u64),
    Number(f64),
    /// `counts` has one more than `bounds`, for what is above the last. No count includes another.
    Histogram {
        bounds: &'static [f64],
        counts: Vec<u64>,
        sum: f64,
    },
}

/// Values of labels are names from lists of ours, or applications, which only the operator makes.
pub type Labels = Vec<(&'static str, String)>;

/// A figure with its values, each under labels of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Family {
    pub definition: Definition,
    pub samples: Vec<(Labels, Value)>,
}

impl Family {
    pub fn of(definition: Definition, samples: impl IntoIterator<Item = (Labels, Value)>) -> Self {
        Self { definition, samples: samples.into_iter().collect() }
    }

    pub fn single(definition: Definition, value: Value) -> Self {
        Self::of(definition, [(Vec::new(), value)])
    }
}

macro_rules! families {
    ($($constant:ident = $kind:ident $name:literal $unit:literal $help:literal;)+) => {
        /// One constant for each figure.
        pub mod families {
            use super::*;

            $(pub const $constant: Definition =
                Definition { name: $name, kind: $kind, unit: $unit, help: $help };)+

            #[cfg(test)]
            pub const ALL: &[Definition] = &[$($constant),+];
        }
    };
}

families! {
    OUTCOMES = Counter "limen_outcomes_total" ""
        "Records and requests by application, signal and what became of them.";
    REQUESTS = Counter "limen_intake_requests_total" "" "Requests that brought telemetry, by the door they came to.";
    BODY_BYTES = Counter "limen_intake_body_bytes_total" "bytes" "Bytes of the bodies that were read whole, as sent.";
    CONNECTIONS = Gauge "limen_open_connections" "" "Connections that are open now, by port.";
    HELD_BYTES = Gauge "limen_intake_held_bytes" "bytes" "Bytes of bodies in memory now, until they are decoded.";
    HELD_LIMIT_BYTES = Gauge "limen_intake_held_limit_bytes" "bytes" "Where further bodies are refused for now.";
    COMMIT_GROUPS = Counter "limen_commit_groups_total" "" "Groups of the group commit by what became of them.";
    COMMIT_ROWS = Counter "limen_commit_rows_total" "" "Rows that the group commit has put into the engine or the spool.";
    COMMIT_SECONDS = Histogram "limen_commit_duration_seconds" "seconds"
        "Time from the start of a group's write to its end, all attempts together.";
    WAITING_BYTES = Gauge "limen_commit_waiting_bytes" "bytes" "Bytes of rows that wait to be written or are on their way.";
    WAITING_LIMIT_BYTES = Gauge "limen_commit_waiting_limit_bytes" "bytes" "Where further rows are refused for now.";
    SPOOL_ENTRIES = Gauge "limen_spool_entries" "" "Inserts that wait on the disk until the engine is back.";
    SPOOL_BYTES = Gauge "limen_spool_bytes" "bytes" "Bytes of these.";
    SPOOL_LIMIT_BYTES = Gauge "limen_spool_limit_bytes" "bytes" "Where the spool takes no more.";
    SPOOL_AGE_SECONDS = Gauge "limen_spool_oldest_entry_age_seconds" "seconds"
        "How long the oldest of them has waited; 0 when there is none.";
    ENGINE_UP = Gauge "limen_engine_up" "" "1 while the engine answers, else 0.";
    ENGINE_RESTARTS = Counter "limen_engine_restarts_total" "" "How often the embedded engine ended and was started again.";
    ENGINE_CPU_SECONDS = Counter "limen_engine_cpu_seconds_total" "seconds"
        "Time on processors of the embedded engine's present process.";
    ENGINE_MEMORY_BYTES = Gauge "limen_engine_resident_memory_bytes" "bytes" "Memory of the embedded engine's process.";
    APPS = Gauge "limen_apps" "" "Applications of this server.";
    BUILD = Info "limen_build_info" "" "The version of the server.";
    START_SECONDS = Gauge "process_start_time_seconds" "seconds" "When the server started, in seconds since 1970.";
    CPU_SECONDS = Counter "process_cpu_seconds_total" "seconds" "Time on processors of the server without the engine.";
    MEMORY_BYTES = Gauge "process_resident_memory_bytes" "bytes" "Memory of the server without the engine.";
    OPEN_FDS = Gauge "process_open_fds" "" "Files and sockets that the server has open.";
    MAX_FDS = Gauge "process_max_fds" "" "How many it may have open.";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// What `promtool check metrics` finds fault with.
    #[test]
    fn names_keep_the_conventions() {
        let mut names = BTreeSet::new();
        for Definition { name, kind, unit, help } in families::ALL {
            assert!(names.insert(*name), "{name} twice");
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{name}");
            assert_eq!(*kind == Counter, name.ends_with("_total"), "{name}");
            assert_eq!(*kind == Info, name.ends_with("_info"), "{name}");
            assert!(["", "seconds", "bytes"].contains(unit), "{name}: base units only");
            assert!(name.trim_end_matches("_total").ends_with(unit), "{name} does not end with {unit}");
            assert!(!["_count", "_sum", "_bucket"].iter().any(|end| name.ends_with(end)), "{name}");
            for word in name.split('_') {
                let wrong = ["counter", "gauge", "histogram", "summary", "ms", "millis", "kb", "kib", "mib", "percent"];
                assert!(!wrong.contains(&word), "{name} holds {word}");
            }
            assert!(help.ends_with('.') && help.len() > 10, "{name} has no sentence");
        }
    }

    #[test]
    fn the_page_for_operators_names_every_figure_with_its_sentence() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/operations.md");
        let page = std::fs::read_to_string(path).expect("the page");
        for Definition { name, help, .. } in families::ALL {
            let row = format!("| `{name}` | {help} |");
            assert!(page.contains(&row), "docs/operations.md lacks this row:\n{row}");
        }
    }
}
