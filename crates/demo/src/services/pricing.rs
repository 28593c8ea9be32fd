//! Pricing: what a list of products costs in a country.

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use super::{Shelf, check_lines};
use crate::catalogue::PriceRule;
use crate::failure::Failure;
use crate::faults::Fault;
use crate::store::products::Line;
use crate::telemetry::call::Call;

pub fn routes(shelf: Shelf) -> Router {
    Router::new().route("/quotes", post(quote)).with_state(shelf)
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Wanted {
    /// ISO code, or `*` when nobody knows.
    pub country: String,
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    pub lines: Vec<QuotedLine>,
    pub subtotal_cents: i64,
    pub tax_cents: i64,
    pub shipping_cents: i64,
    pub total_cents: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotedLine {
    #[serde(flatten)]
    pub line: Line,
    pub unit_cents: i64,
    pub line_cents: i64,
}

async fn quote(State(shelf): State<Shelf>, call: Call, Json(wanted): Json<Wanted>) -> Result<Json<Quote>, Failure> {
    check_lines(&wanted.lines)?;
    match shelf.faults.is(Fault::MemoryLeak) {
        true => drop(shelf.leak.grow()),
        false => shelf.leak.free(),
    }
    let products: Vec<i32> = wanted.lines.iter().map(|line| line.product).collect();
    let prices = shelf.store.prices(&call, &products).await?;
    let rule = shelf.store.price_rule(&call, &wanted.country).await?;
    let priced = wanted.lines.iter().map(|line| {
        let unit_cents = prices.get(&line.product).copied();
        let unit_cents =
            unit_cents.ok_or_else(|| Failure::not_found(format!("there is no product {}", line.product)))?;
        Ok(QuotedLine { line: *line, unit_cents, line_cents: unit_cents * i64::from(line.quantity) })
    });
    Ok(Json(total(priced.collect::<Result<_, Failure>>()?, rule)))
}

fn total(lines: Vec<QuotedLine>, rule: PriceRule) -> Quote {
    let subtotal_cents: i64 = lines.iter().map(|line| line.line_cents).sum();
    // Half a cent rounds up, as tax offices like it.
    let tax_cents = (subtotal_cents * i64::from(rule.tax_basis_points) + 5_000) / 10_000;
    let shipping_cents = rule.shipping_cents;
    Quote { lines, subtotal_cents, tax_cents, shipping_cents, total_cents: subtotal_cents + tax_cents + shipping_cents }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_tax_of_the_country_rounded_to_the_cent_and_shipping() {
        let line = QuotedLine { line: Line { product: 1, quantity: 1 }, unit_cents: 1_005, line_cents: 1_005 };
        let quote = total(vec![line], PriceRule { tax_basis_points: 1_900, shipping_cents: 490 });
        assert_eq!((quote.tax_cents, quote.total_cents), (191, 1_005 + 191 + 490));
    }
}
