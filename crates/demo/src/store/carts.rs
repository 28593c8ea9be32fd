//! Carts: which products a visitor wants, and how many.

use serde::{Deserialize, Serialize};

use super::Store;
use super::products::Line;
use crate::failure::Failure;
use crate::limits::{CART_LINES_MAX, LINE_QUANTITY_MAX};
use crate::postgres::Query;
use crate::telemetry::call::Call;

const LINES: Query = Query {
    operation: "SELECT",
    collection: "cart_lines",
    text: "SELECT c.product_id, c.quantity, p.name, p.category, p.colour FROM cart_lines c \
           JOIN products p ON p.id = c.product_id WHERE c.cart_id = $1 ORDER BY c.added, c.product_id LIMIT 20",
};

const ADD: Query = Query {
    operation: "INSERT",
    collection: "cart_lines",
    text: "INSERT INTO cart_lines (cart_id, product_id, quantity) SELECT $1, p.id, $3 FROM products p WHERE p.id = $2 \
           ON CONFLICT (cart_id, product_id) DO UPDATE SET quantity = LEAST(cart_lines.quantity + $3, $4) \
           RETURNING quantity",
};

const REMOVE: Query = Query {
    operation: "DELETE",
    collection: "cart_lines",
    text: "DELETE FROM cart_lines WHERE cart_id = $1 AND product_id = $2",
};

/// A line of the cart as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartLine {
    #[serde(flatten)]
    pub line: Line,
    pub name: String,
    pub category: String,
    pub colour: String,
}

impl Store {
    pub async fn cart(&self, call: &Call, cart: &str) -> Result<Vec<CartLine>, Failure> {
        match self {
            Self::Postgres(database) => {
                let rows = database.rows(call, &LINES, &[&cart]).await?;
                let shown = rows.iter().map(|row| CartLine {
                    line: Line { product: row.get(0), quantity: row.get(1) },
                    name: row.get(2),
                    category: row.get(3),
                    colour: row.get(4),
                });
                Ok(shown.collect())
            }
            Self::Memory(memory) => {
                let changing = memory.changing();
                let lines = changing.carts.get(cart).into_iter().flatten();
                let shown = lines.filter_map(|line| {
                    let product = memory.products.iter().find(|product| product.id == line.product)?;
                    Some(CartLine {
                        line: *line,
                        name: product.name.clone(),
                        category: product.category.clone(),
                        colour: product.colour.clone(),
                    })
                });
                Ok(shown.collect())
            }
        }
    }

    /// Adds to what is there, up to the most one may have of a product.
    pub async fn add_to_cart(&self, call: &Call, cart: &str, line: Line) -> Result<(), Failure> {
        let lines = self.cart(call, cart).await?;
        let known = lines.iter().any(|present| present.line.product == line.product);
        if !known && lines.len() >= CART_LINES_MAX {
            return Err(Failure::invalid(format!("a cart holds {CART_LINES_MAX} products; remove one first")));
        }
        let Line { product, quantity } = line;
        let unknown = || Failure::not_found(format!("there is no product {product}"));
        match self {
            Self::Postgres(database) => {
                let rows = database.rows(call, &ADD, &[&cart, &product, &quantity, &LINE_QUANTITY_MAX]).await?;
                rows.first().map(drop).ok_or_else(unknown)
            }
            Self::Memory(memory) => {
                if !memory.products.iter().any(|present| present.id == product) {
                    return Err(unknown());
                }
                let mut changing = memory.changing();
                let lines = changing.carts.entry(cart, Default::default);
                match lines.iter_mut().find(|present| present.product == product) {
                    Some(present) => present.quantity = (present.quantity + quantity).min(LINE_QUANTITY_MAX),
                    None => lines.push(line),
                }
                Ok(())
            }
        }
    }

    pub async fn remove_from_cart(&self, call: &Call, cart: &str, product: i32) -> Result<(), Failure> {
        match self {
            Self::Postgres(database) => database.rows(call, &REMOVE, &[&cart, &product]).await.map(drop),
            Self::Memory(memory) => {
                memory.changing().carts.entry(cart, Default::default).retain(|line| line.product != product);
                Ok(())
            }
        }
    }
}
