//! Every number that bounds what waits between a request and the disk.

use std::time::Duration;

/// A group is written when it has this many rows …
pub const GROUP_ROWS_MAX: usize = 20_000;
/// … or this many bytes …
pub const GROUP_BYTES_MAX: usize = 8 * 1024 * 1024;
/// … or when its first batch has waited this long.
pub const GROUP_WAIT: Duration = Duration::from_millis(250);
/// Groups being written at the same time: one travels while the engine works on the other.
pub const GROUPS_IN_FLIGHT: usize = 2;
/// Bytes that may wait or be on their way in all; above it new batches are refused.
pub const WAITING_BYTES_MAX: usize = 64 * 1024 * 1024;
/// How often an insert is tried again with the same token before the batch is handed back.
pub const INSERT_ATTEMPTS: u32 = 3;
/// Wait before the next attempt.
pub const INSERT_RETRY_WAIT: Duration = Duration::from_millis(200);
/// After this long without an answer an insert counts as failed.
pub const INSERT_TIMEOUT: Duration = Duration::from_secs(30);
