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
