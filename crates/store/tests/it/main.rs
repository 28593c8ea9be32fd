//! The store against a real engine: every column comes back as it was written, nothing counts twice, and tables of every
//! earlier Limen are brought forward.

mod cluster;
mod engine_process;
mod erasing;
mod filled;
mod migrations;
mod retention;
mod round_trip;
mod shards;
mod twice;
