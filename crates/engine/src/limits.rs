//! Every number that bounds what the engine's process holds, waits for or accepts.

use std::time::Duration;

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// Bytes of a statement, with the data written inside it; rows of an insert are streamed and have no such limit.
pub const STATEMENT_BYTES_MAX: usize = 16 * MIB;
/// Requests that may wait for a connection to the database; one more is refused with the engine's own code 202.
pub const WAITING_MAX: usize = 1024;
/// Blocks of a result, or pieces of an insert, that wait between the database's thread and the socket.
pub const PIECES_WAITING_MAX: usize = 2;
/// Bytes of an error message that is sent after rows: it must reach the client in one read to be understood.
pub const LATE_MESSAGE_BYTES_MAX: usize = 4 * KIB;
/// Bytes of a unix socket's path with its closing zero, by the platform's `sockaddr_un`.
pub const SOCKET_PATH_BYTES_MAX: usize = if cfg!(target_os = "linux") { 108 } else { 104 };
/// Time for running requests to end by themselves when the engine stops.
pub const STOP_REQUESTS_WITHIN: Duration = Duration::from_secs(8);
/// Time for the database's connections to come back after their requests were ended.
pub const STOP_CONNECTIONS_WITHIN: Duration = Duration::from_secs(8);
/// How often the end of an abandoned query is asked for: the first time may come before the query is listed.
pub const KILL_AGAIN_AFTER: Duration = Duration::from_millis(100);
/// Connections that any engine has at least, so that a short question never waits for one long one.
pub const CONNECTIONS_MIN: usize = 2;
/// Threads that merge parts in the background; the machine has the requests to answer too.
pub const MERGE_THREADS: usize = 2;
/// Threads for what the engine does on a timer.
pub const SCHEDULE_THREADS: usize = 4;
/// Inserts whose tokens each table remembers, so that the same insert sent again is ignored.
pub const TOKENS_REMEMBERED: usize = 10_000;
/// Bytes of rows, unpacked, from which a part has a file for each column. Below, making and deleting the hundred files of a
/// part that is soon merged again costs more than reading a few columns from one file.
pub const WIDE_PART_BYTES_MIN: usize = 128 * MIB;
/// How long merged-away parts stay: as long as a file system may take to have the merged one on disk.
pub const OLD_PARTS_LIFETIME: Duration = Duration::from_secs(60);
/// Bytes of the caches for the positions of rows and for indexes, each, at most.
pub const CACHE_BYTES_MAX: u64 = 128 * MIB as u64;
