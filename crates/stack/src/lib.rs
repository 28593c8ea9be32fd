//! Stack traces: reads what runtimes wrote, finds the source behind it, and says which errors are one and the same.
//!
//! This crate reads no file and asks nobody: texts and maps go in, frames and groups come out.

mod class;
mod enclosing;
mod frame;
mod group;
mod key;
mod limits;
mod map;
mod parse;
mod rules;
mod shape;
mod site;
mod source;

pub use class::{Class, Party};
pub use frame::{Frame, Part, Trace};
pub use group::{Group, GroupedBy, group};
pub use key::key;
pub use limits::{CAUSES_MAX, CONTEXT_LINES, FRAMES_MAX, MAP_BYTES_MAX, RULES_MAX};
pub use map::{MapFault, Position, SourceMap};
pub use rules::{ErrorRule, ErrorRules, Verdict};
pub use shape::path_of;
pub use source::{Resolved, Unresolved};
