//! The shop as others see it: through HTTP, and through the telemetry that it sends.

mod addresses;
mod faults;
mod receiver;
mod running;
mod shopping;
mod tracing;
