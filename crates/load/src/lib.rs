//! A crowd of made-up visitors that reports to any OTLP receiver: sessions of several views as the agent sends them, with
//! the spans of the services behind. The same seed makes the same crowd.

mod curve;
mod error;
mod limits;
mod options;
mod packing;
mod random;
mod records;
mod report;
mod send;
mod session;
mod source;
mod spans;
mod truths;
mod wire;
mod world;

pub use curve::Curve;
pub use error::LoadError;
pub use options::{LoadArguments, LoadOptions, Packing, Request, WireFormat};
pub use report::Report;
pub use send::run;
pub use session::{Counts, Session};
pub use truths::Truths;
pub use wire::{Json, Protobuf, Wire};
pub use world::{World, lcp_median, lcp_sigma};
