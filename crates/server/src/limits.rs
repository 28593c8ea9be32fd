//! Every number that bounds what a stranger can make the server hold or wait for.

use std::time::Duration;

/// A body must have arrived whole within this time of its headers.
pub const BODY_WITHIN: Duration = Duration::from_secs(15);
/// Of a refused body, this much is read and thrown away so that the sender sees the answer …
pub const DISCARD_BYTES_MAX: usize = 16 * 1024 * 1024;
/// … and for no longer than this.
pub const DISCARD_WITHIN: Duration = Duration::from_secs(5);
/// What `Retry-After` says while the engine restarts, in seconds: a restart takes about two.
pub const RETRY_AFTER_ENGINE_SECONDS: u32 = 3;
/// What `Retry-After` says when too much waits to be written, in seconds.
pub const RETRY_AFTER_OVERLOADED_SECONDS: u32 = 1;
/// How long browsers may remember the answer to a preflight; Chromium takes no more than this.
pub const PREFLIGHT_MAX_AGE_SECONDS: u32 = 7200;
/// Requests in progress get this long to end when the server stops.
pub const STOPPED_WITHIN: Duration = Duration::from_secs(10);
/// The status page does not wait longer than this for the store: whoever asks wants to know whether it answers.
pub const FIRST_EVENT_WITHIN: Duration = Duration::from_secs(2);
/// The most that the setting `spool_max` takes: beyond it a missing unit is likelier than such a disk.
pub const SPOOL_BYTES_CEILING: u64 = 1 << 44;

/// Bytes of a body that sets something.
pub const API_BODY_BYTES_MAX: usize = 64 * 1024;
/// Names of events that bring sessions back, and bytes of each: they go out with every answer to an agent.
pub const PROMOTING_EVENTS_MAX: usize = 50;
pub const PROMOTING_NAME_BYTES_MAX: usize = 256;
