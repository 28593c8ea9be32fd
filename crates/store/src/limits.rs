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
/// With a spool, an insert that has not been answered after this long goes there: exporters wait ten seconds.
pub const SPOOL_AFTER: Duration = Duration::from_secs(5);
/// What an entry of the spool costs beside its texts and rows.
pub const SPOOL_ENTRY_OVERHEAD_BYTES: u64 = 128;
/// The journal of the spool's file is cut back to this size once its content is in the file.
pub const SPOOL_JOURNAL_BYTES_MAX: u64 = 16 * 1024 * 1024;
/// Wait before the first entry is tried again while the engine is away …
pub const REPLAY_WAIT_MIN: Duration = Duration::from_millis(100);
/// … which doubles up to this.
pub const REPLAY_WAIT_MAX: Duration = Duration::from_secs(1);
/// An insert that takes longer is noted, for whoever wants to hear of it …
pub const SLOW_INSERT: Duration = Duration::from_secs(1);
/// … so many of them until they were asked for.
pub const SLOW_INSERTS_MAX: usize = 256;
/// What comes this long after its hour has ended makes the hour's sums be computed again.
pub const ROLLUP_LATENESS: Duration = Duration::from_secs(15 * 60);
/// Views whose sums over all sets of dimensions are computed by one query; of more, over some of the sets at a time.
pub const ROLLUP_VIEWS_AT_ONCE: u64 = 8_000;
/// Memory of that query before it goes on on the disk.
pub const ROLLUP_MEMORY_BYTES_MAX: u64 = 128 * 1024 * 1024;
/// Sessions and traces of one person that are erased together; who has more is no person.
pub const ERASED_SESSIONS_MAX: usize = 50_000;
pub const ERASED_TRACES_MAX: usize = 500_000;
/// The longest name of a cluster.
pub const CLUSTER_NAME_BYTES_MAX: usize = 64;
/// The oldest ClickHouse that a cluster is started on, as major and minor.
pub const CLUSTER_VERSION_MIN: (u32, u32) = (25, 8);
/// Shards remember the tokens of inserts for this long: what the spool held during a long weekend is still known.
pub const CLUSTER_DEDUPLICATION_SECONDS: u64 = 7 * 86_400;
/// An insert fails when most replicas of a shard do not have it after this long, which is before it is given up.
pub const CLUSTER_QUORUM_WAIT: Duration = Duration::from_secs(20);
