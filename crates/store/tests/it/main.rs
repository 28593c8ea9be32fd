//! The store against a real engine: every column comes back as it was written, and nothing counts twice.

mod engine_process;
mod filled;
mod round_trip;
mod twice;
