//! The engine as its users meet it: a process, a socket, and the `clickhouse` crate on the other end.

mod abandoned;
mod crash;
mod inserts;
mod process;
mod questions;
mod start;
