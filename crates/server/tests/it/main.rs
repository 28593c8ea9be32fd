//! The server from outside: its API without a socket, its doors and its starts as a real process.

mod addresses;
mod admission;
mod api;
mod backup;
mod burst;
mod clickhouse;
mod durability;
mod elsewhere;
mod faults;
mod generated;
mod grpc;
mod intake;
mod load;
mod metrics;
mod own_telemetry;
mod records;
mod redaction;
mod remote_write;
mod rules;
mod sampling;
mod serving;
mod slow;
mod spool;
mod starting;
mod sums;
mod usage;
