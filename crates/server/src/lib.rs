//! The server: HTTP, settings, the engine's supervisor, and the wiring of the stages.

mod admission;
pub mod api;
mod app_settings;
mod assets;
mod backup;
pub mod cli;
mod connections;
mod directory;
mod error;
mod geo;
mod hosts;
pub mod intake;
pub mod limits;
mod metadata;
mod outcomes;
mod pipeline;
mod rollups;
mod router;
mod rules;
mod sampling;
mod serve;
pub mod settings;
mod status;
mod supervisor;
pub mod telemetry;
mod usage;
