//! The border of the crate: bodies go in, batches or refusals come out.

mod generate;
mod hostile;
mod json;
mod limits;
mod parity;
mod records;
mod remote_write;
