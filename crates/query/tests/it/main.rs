//! Every question asked of a real engine, with rows written by the real store.

#[path = "../../../store/tests/it/engine_process.rs"]
mod engine_process;
mod rows;
#[path = "../../../store/tests/it/shards.rs"]
mod shards;

mod apdex;
mod blame;
mod blame_population;
mod breakdown;
mod causes;
mod continuity;
mod coverage;
mod distributions;
mod doctor;
mod errors;
mod explain;
mod first_event;
mod funnel;
mod impact;
mod logs;
mod metric_series;
mod metrics;
mod no_means;
mod origins;
mod releases;
mod requests;
mod rollup;
mod sampling;
mod services;
mod sessions;
mod sql;
mod stored;
mod traces;
mod traffic;
mod vitals;
mod worlds;
