//! What breaks, for whom, since when? Groups of errors, and one of them with its frames and what came before it.

mod group;
mod list;
mod stack;

use serde::Serialize;
use utoipa::ToSchema;

use crate::Time;

pub use group::{ErrorOccurrence, ErrorShare, ErrorShares, ErrorShown, OneErrorAnswer, error};
pub use list::{ErrorsAnswer, ErrorsAsked, errors};
pub use stack::{ErrorPart, SourceFrame};

/// Errors that are one and the same.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ErrorItem {
    /// 16 hexadecimal digits; the same in every release.
    pub id: String,
    /// `app`, or what is no fault of the application's code: `third_party`, `opaque` for `Script error.`, `extension`.
    pub class: String,
    /// A rule calls it noise.
    pub noise: bool,
    /// Of the newest.
    pub error_type: String,
    /// Of the newest, its first 300 characters.
    pub message: String,
    /// Function and file of the first frame that counts; empty where there is none.
    pub culprit: String,
    /// Errors, as they are stored (not weighted).
    pub n: u64,
    /// Weighted number of errors.
    pub errors: f64,
    /// Weighted number of sessions that met it.
    pub sessions: f64,
    /// Users that met it, of those whom the page has named; not weighted.
    pub users: u64,
    /// Weighted number of those that the page did not catch itself.
    pub unhandled: f64,
    /// When it was first met at all, not in the range alone.
    pub first_seen: Time,
    /// When it was last met in the range.
    pub last_seen: Time,
    /// The release it was first met in; empty when unknown.
    pub first_release: String,
    /// The release it was last met in.
    pub last_release: String,
    /// Weighted number of errors in each step of the range.
    pub trend: Vec<f64>,
    /// Why frames of it have no source, each reason once, of one of its stacks.
    pub unresolved: Vec<String>,
}

/// As people and links write it.
fn id_of(group: u64) -> String {
    format!("{group:016x}")
}
