//! Every question asked of a real engine, with rows written by the real store.

mod engine_process;
mod rows;

mod breakdown;
mod first_event;
mod sessions;
mod traces;
mod traffic;
mod vitals;
