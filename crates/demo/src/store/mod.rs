//! What the services keep: in PostgreSQL, or in memory where there is none.

pub mod carts;
pub mod memory;
pub mod orders;
pub mod payments;
pub mod prices;
pub mod products;

use std::sync::Arc;

use crate::postgres::Database;
use memory::Memory;

#[derive(Debug, Clone)]
pub enum Store {
    Postgres(Database),
    /// The same for all services, as the database is.
    Memory(Arc<Memory>),
}
