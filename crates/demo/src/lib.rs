//! The demo shop: a gateway and four services in each of two regions, one PostgreSQL, all reporting by OpenTelemetry.
//!
//! It knows nothing of Limen but where telemetry goes: whatever Limen shows of it, it would show of any other shop.

pub mod error;
pub mod limits;
pub mod options;
pub mod shop;

mod catalogue;
mod failure;
pub mod faults;
mod gateway;
mod peer;
pub mod postgres;
mod random;
pub mod region;
mod service;
mod services;
mod store;
mod telemetry;
mod way;

pub use error::Error;
pub use options::ShopOptions;
pub use shop::Shop;
