//! Orders that were placed.

use serde::{Deserialize, Serialize};

use super::Store;
use crate::failure::Failure;
use crate::postgres::Query;
use crate::telemetry::call::Call;

const PLACE: Query = Query {
    operation: "INSERT",
    collection: "orders",
    text: "INSERT INTO orders (id, country, region, items, total_cents) VALUES ($1, $2, $3, $4, $5)",
};

const EMPTY_CART: Query =
    Query { operation: "DELETE", collection: "cart_lines", text: "DELETE FROM cart_lines WHERE cart_id = $1" };

const FIND: Query = Query {
    operation: "SELECT",
    collection: "orders",
    text: "SELECT id, country, region, items, total_cents FROM orders WHERE id = $1",
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub id: String,
    pub country: String,
    pub region: String,
    pub items: i32,
    pub total_cents: i64,
}

impl Store {
    /// Writes the order and empties the cart, both or neither.
    pub async fn place_order(&self, call: &Call, order: &Order, cart: &str) -> Result<(), Failure> {
        match self {
            Self::Postgres(database) => {
                let mut connection = database.connection().await?;
                let mut unit = connection.begin().await?;
                let Order { id, country, region, items, total_cents } = order;
                unit.rows(call, &PLACE, &[id, country, region, items, total_cents]).await?;
                unit.rows(call, &EMPTY_CART, &[&cart]).await?;
                unit.commit().await
            }
            Self::Memory(memory) => {
                let mut changing = memory.changing();
                changing.orders.entry(&order.id, || order.clone());
                changing.carts.entry(cart, Default::default).clear();
                Ok(())
            }
        }
    }

    pub async fn order(&self, call: &Call, id: &str) -> Result<Option<Order>, Failure> {
        match self {
            Self::Postgres(database) => {
                let rows = database.rows(call, &FIND, &[&id]).await?;
                Ok(rows.first().map(|row| Order {
                    id: row.get(0),
                    country: row.get(1),
                    region: row.get(2),
                    items: row.get(3),
                    total_cents: row.get(4),
                }))
            }
            Self::Memory(memory) => Ok(memory.changing().orders.get(id).cloned()),
        }
    }
}
