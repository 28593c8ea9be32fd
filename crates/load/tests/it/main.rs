//! What the crowd sends, read back by the server's own decoder.

mod distribution;
mod sending;
mod shape;
