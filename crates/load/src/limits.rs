//! The numbers that bound what one run takes, and those that it waits for.

use std::time::Duration;

/// Routes of the made-up site.
pub const ROUTES_MAX: usize = 10_000;
/// Requests that are under way at the same time.
pub const CONNECTIONS_MAX: usize = 4096;
/// A request that was not answered within this counts as failed and is sent again.
pub const ANSWER_WITHIN: Duration = Duration::from_secs(60);
/// Of an answer, this much is read.
pub const ANSWER_BYTES_MAX: usize = 64 * 1024;
/// Wait before a request is sent again when the receiver does not say how long, doubled each time …
pub const RETRY_WAIT_MIN: Duration = Duration::from_millis(250);
/// … up to this.
pub const RETRY_WAIT_MAX: Duration = Duration::from_secs(10);
/// Pages that a session opens at most.
pub const VIEWS_MAX: usize = 12;
