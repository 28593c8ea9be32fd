//! Prices and what a country adds to them.

use std::collections::HashMap;

use super::Store;
use crate::catalogue::PriceRule;
use crate::failure::Failure;
use crate::postgres::Query;
use crate::telemetry::call::Call;

const PRICES: Query = Query {
    operation: "SELECT",
    collection: "products",
    text: "SELECT id, price_cents FROM products WHERE id = ANY($1)",
};

const RULE: Query = Query {
    operation: "SELECT",
    collection: "price_rules",
    text: "SELECT tax_basis_points, shipping_cents FROM price_rules WHERE country IN ($1, '*') \
           ORDER BY country = '*' LIMIT 1",
};

/// For a country nobody has written down.
const NO_RULE: PriceRule = PriceRule { tax_basis_points: 0, shipping_cents: 0 };

impl Store {
    pub async fn prices(&self, call: &Call, products: &[i32]) -> Result<HashMap<i32, i64>, Failure> {
        match self {
            Self::Postgres(database) => {
                let rows = database.rows(call, &PRICES, &[&products]).await?;
                Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
            }
            Self::Memory(memory) => {
                let wanted = memory.products.iter().filter(|product| products.contains(&product.id));
                Ok(wanted.map(|product| (product.id, product.price_cents)).collect())
            }
        }
    }

    pub async fn price_rule(&self, call: &Call, country: &str) -> Result<PriceRule, Failure> {
        match self {
            Self::Postgres(database) => {
                let rows = database.rows(call, &RULE, &[&country]).await?;
                let rule =
                    rows.first().map(|row| PriceRule { tax_basis_points: row.get(0), shipping_cents: row.get(1) });
                Ok(rule.unwrap_or(NO_RULE))
            }
            Self::Memory(memory) => {
                let rule = memory.rules.get(country).or_else(|| memory.rules.get("*"));
                Ok(rule.copied().unwrap_or(NO_RULE))
            }
        }
    }
}
