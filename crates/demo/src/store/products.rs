//! Products and how many of each there are.

use serde::{Deserialize, Serialize};
use tokio_postgres::Row;

use super::Store;
use crate::catalogue::Product;
use crate::failure::Failure;
use crate::limits::{STOCK_DELIVERY, STOCK_LOW};
use crate::postgres::Query;
use crate::telemetry::call::Call;

const ALL: Query = Query {
    operation: "SELECT",
    collection: "products",
    text: "SELECT id, name, category, colour, fit, description, price_cents, featured FROM products ORDER BY id",
};

const ONE: Query = Query {
    operation: "SELECT",
    collection: "products",
    text: "SELECT id, name, category, colour, fit, description, price_cents, featured FROM products WHERE id = $1",
};

const FEATURED: Query = Query {
    operation: "SELECT",
    collection: "products",
    text: "SELECT id, name, category, colour, fit, description, price_cents, featured FROM products \
           WHERE featured ORDER BY id LIMIT 1",
};

const AVAILABLE: Query =
    Query { operation: "SELECT", collection: "stock", text: "SELECT available FROM stock WHERE product_id = $1" };

const COUNT: Query = Query {
    operation: "UPDATE",
    collection: "product_views",
    text: "UPDATE product_views SET seen = seen + 1 WHERE region = $1 AND product_id = $2",
};

const LOCK: Query = Query {
    operation: "SELECT",
    collection: "stock",
    text: "SELECT available FROM stock WHERE product_id = $1 FOR UPDATE",
};

const TAKE: Query =
    Query { operation: "UPDATE", collection: "stock", text: "UPDATE stock SET available = $2 WHERE product_id = $1" };

/// So many pieces of one product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub product: i32,
    pub quantity: i32,
}

/// What a reservation left on the shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    pub product: i32,
    pub available: i32,
    pub delivered: bool,
}

impl Store {
    pub async fn products(&self, call: &Call) -> Result<Vec<Product>, Failure> {
        match self {
            Self::Postgres(database) => Ok(database.rows(call, &ALL, &[]).await?.iter().map(product).collect()),
            Self::Memory(memory) => Ok(memory.products.clone()),
        }
    }

    pub async fn product(&self, call: &Call, id: i32) -> Result<Option<Product>, Failure> {
        match self {
            Self::Postgres(database) => Ok(database.rows(call, &ONE, &[&id]).await?.first().map(product)),
            Self::Memory(memory) => Ok(memory.products.iter().find(|product| product.id == id).cloned()),
        }
    }

    pub async fn featured(&self, call: &Call) -> Result<Option<Product>, Failure> {
        match self {
            Self::Postgres(database) => Ok(database.rows(call, &FEATURED, &[]).await?.first().map(product)),
            Self::Memory(memory) => Ok(memory.products.iter().find(|product| product.featured).cloned()),
        }
    }

    pub async fn available(&self, call: &Call, id: i32) -> Result<i32, Failure> {
        match self {
            Self::Postgres(database) => {
                Ok(database.rows(call, &AVAILABLE, &[&id]).await?.first().map_or(0, |row| row.get(0)))
            }
            Self::Memory(memory) => Ok(memory.changing().stock.get(&id).copied().unwrap_or(0)),
        }
    }

    /// Which products are looked at where; memory has no use for it.
    pub async fn count_view(&self, call: &Call, region: &str, id: i32) -> Result<(), Failure> {
        match self {
            Self::Postgres(database) => database.rows(call, &COUNT, &[&region, &id]).await.map(drop),
            Self::Memory(_) => Ok(()),
        }
    }

    /// Takes all lines or none.
    pub async fn reserve(&self, call: &Call, lines: &[Line]) -> Result<Vec<Left>, Failure> {
        let mut lines = lines.to_vec();
        // Everyone locks rows in the same order, so that two orders never wait for each other.
        lines.sort_by_key(|line| line.product);
        match self {
            Self::Postgres(database) => {
                let mut connection = database.connection().await?;
                let mut unit = connection.begin().await?;
                let mut left = Vec::with_capacity(lines.len());
                for line in &lines {
                    let rows = unit.rows(call, &LOCK, &[&line.product]).await?;
                    let taken = take(line, rows.first().map(|row| row.get(0)))?;
                    unit.rows(call, &TAKE, &[&line.product, &taken.available]).await?;
                    left.push(taken);
                }
                unit.commit().await?;
                Ok(left)
            }
            Self::Memory(memory) => {
                let mut changing = memory.changing();
                let left: Vec<Left> = lines
                    .iter()
                    .map(|line| take(line, changing.stock.get(&line.product).copied()))
                    .collect::<Result<_, _>>()?;
                for taken in &left {
                    changing.stock.insert(taken.product, taken.available);
                }
                Ok(left)
            }
        }
    }
}

fn take(line: &Line, available: Option<i32>) -> Result<Left, Failure> {
    let Some(available) = available else {
        return Err(Failure::not_found(format!("there is no product {}", line.product)));
    };
    let rest = available - line.quantity;
    if rest < 0 {
        let message = format!("only {available} of product {} are left", line.product);
        return Err(Failure::new(axum::http::StatusCode::CONFLICT, "out_of_stock", message));
    }
    let delivered = rest < STOCK_LOW;
    let available = if delivered { rest + STOCK_DELIVERY } else { rest };
    Ok(Left { product: line.product, available, delivered })
}

fn product(row: &Row) -> Product {
    Product {
        id: row.get(0),
        name: row.get(1),
        category: row.get(2),
        colour: row.get(3),
        fit: row.get(4),
        description: row.get(5),
        price_cents: row.get(6),
        featured: row.get(7),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_more_than_there_is() {
        let refusal = take(&Line { product: 7, quantity: 4 }, Some(3)).expect_err("too many");
        assert_eq!(refusal.code, "out_of_stock");
    }

    #[test]
    fn orders_more_when_the_shelf_is_nearly_empty() {
        let left = take(&Line { product: 7, quantity: 2 }, Some(STOCK_LOW + 1)).expect("enough");
        assert_eq!(left, Left { product: 7, available: STOCK_LOW - 1 + STOCK_DELIVERY, delivered: true });
    }
}
