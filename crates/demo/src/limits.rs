//! Every limit of the shop, with its number.

use std::time::Duration;

/// Largest body that any of the services reads.
pub const BODY_MAX_BYTES: usize = 16 * 1024;

/// Most kinds of products in one cart.
pub const CART_LINES_MAX: usize = 20;

/// Most pieces of one product in one cart.
pub const LINE_QUANTITY_MAX: i32 = 10;

/// Longest text a visitor may send in one field.
pub const FIELD_MAX_CHARS: usize = 120;

/// Carts and orders kept when there is no database; the oldest leave first.
pub const MEMORY_ENTRIES_MAX: usize = 2_000;

/// Connections to PostgreSQL of one service.
pub const POOL_CONNECTIONS_MAX: usize = 4;

/// How long a request waits for a connection before it is refused.
pub const POOL_WAIT_MAX: Duration = Duration::from_secs(5);

/// How long one service waits for another.
pub const PEER_WAIT_MAX: Duration = Duration::from_secs(10);

/// How long one delivery of telemetry may take, as long as the SDKs allow by default.
pub const EXPORT_WAIT_MAX: Duration = Duration::from_secs(10);

/// How often spans and logs leave.
pub const EXPORT_EVERY: Duration = Duration::from_secs(2);

/// How often metrics leave.
pub const METRICS_EVERY: Duration = Duration::from_secs(10);

/// How long open requests may take to end after the shop was asked to stop.
pub const STOP_WAIT_MAX: Duration = Duration::from_secs(3);

/// Below this many pieces the inventory says so and orders more, so that a demo never sells out.
pub const STOCK_LOW: i32 = 5;

/// How many pieces arrive then, and how many there are at first.
pub const STOCK_DELIVERY: i32 = 60;

/// How long the gateway waits for its directory of regions before it goes by its own table.
pub const DIRECTORY_WAIT_MAX: Duration = Duration::from_secs(3);

/// Longest line of that directory.
pub const DIRECTORY_LINE_MAX_BYTES: u64 = 64;

/// Connections to the directory, and through the slow way to it, at the same time.
pub const WAY_CONNECTIONS_MAX: usize = 256;

/// Bytes that the slow way takes in at once, and how many such pieces are under way in one direction.
pub const WAY_CHUNK_BYTES: usize = 4 * 1024;
pub const WAY_CHUNKS_MAX: usize = 16;

/// How long the slow way takes in each direction: about as far as once around the world.
pub const SLOW_WAY_TAKES: Duration = Duration::from_millis(250);

/// How long the rows of a region stay locked at a time while rows are locked, and the pause between.
pub const LOCK_HELD: Duration = Duration::from_millis(2_000);
pub const LOCK_PAUSE: Duration = Duration::from_millis(20);

/// How long the other host's script lets pages wait.
pub const THIRD_PARTY_TAKES: Duration = Duration::from_millis(700);

/// How long an asset takes that is in no cache.
pub const CACHE_MISS_TAKES: Duration = Duration::from_millis(400);

/// What pricing keeps of each request while it leaks, and the most that it keeps.
pub const LEAK_BYTES_STEP: usize = 256 * 1024;
pub const LEAK_BYTES_MAX: usize = 64 * 1024 * 1024;

/// How many days back a visit of the demo's history may lie.
pub const DAYS_BEHIND_MAX: u32 = 30;
