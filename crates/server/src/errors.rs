//! Errors as work: which group each stack belongs to, what people decided about a group, and when it comes back.

mod grouper;
mod maps;
mod returning;
mod rules;
mod state;

pub use grouper::Grouper;
pub use maps::{FoundMap, MapSource, WantedMap};
pub use rules::{ErrorRule, ErrorRules};
pub use state::{ErrorState, ErrorStatus, GroupStates, Until};

/// As the API and the metadata write it.
pub fn group_name(group: u64) -> String {
    format!("{group:016x}")
}

/// Reads it back; nothing for what is none.
pub fn group_named(name: &str) -> Option<u64> {
    let digits = (1..=16).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    digits.then(|| u64::from_str_radix(name, 16).ok()).flatten().filter(|group| *group != 0)
}
