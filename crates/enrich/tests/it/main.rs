//! The border of the crate: received batches go in, rows come out.

mod agent;
mod apps;
mod browser;
mod geo;
mod ids;
mod mmdb;
mod redaction;
mod samples;
mod services;
mod sums;
