//! Checkout: the one request that touches every service.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use opentelemetry::KeyValue;
use serde::Deserialize;
use serde_json::Value;

use super::Gateway;
use super::visit::Visit;
use crate::failure::Failure;
use crate::limits::FIELD_MAX_CHARS;
use crate::services::cart::Placing;
use crate::services::inventory::Reservation;
use crate::services::payment::{Authorisation, Authorised};
use crate::services::pricing::{Quote, Wanted};
use crate::store::carts::CartLine;
use crate::store::orders::Order;
use crate::telemetry::call::Call;

/// Who the parcel is for. The shop sends none, so nobody keeps it.
#[derive(Debug, Deserialize)]
pub struct Customer {
    name: String,
    address: String,
}

pub async fn checkout(
    State(_): State<Gateway>,
    visit: Visit,
    call: Call,
    Json(customer): Json<Customer>,
) -> Result<(HeaderMap, Json<Order>), Failure> {
    check(&customer)?;
    let lines = read_cart(&visit, &call).await?;
    let order = format!("LM-{}", crate::random::hex::<5>().map_err(|cause| Failure::internal(cause.to_string()))?);
    reserve(&visit, &call, &order, &lines).await?;
    let quote = price(&visit, &call, &lines).await?;
    pay(&visit, &call, &order, quote.total_cents).await?;
    let placed = place(&visit, &call, order, &lines, quote.total_cents).await?;
    Ok((visit.headers(), Json(placed)))
}

fn check(customer: &Customer) -> Result<(), Failure> {
    for (field, text) in [("name", &customer.name), ("address", &customer.address)] {
        if text.trim().is_empty() || text.chars().count() > FIELD_MAX_CHARS {
            return Err(Failure::invalid(format!("fill in the {field} with at most {FIELD_MAX_CHARS} characters")));
        }
    }
    Ok(())
}

async fn read_cart(visit: &Visit, call: &Call) -> Result<Vec<CartLine>, Failure> {
    let path = format!("/carts/{}/lines", visit.cart);
    let lines: Vec<CartLine> = visit.peers.cart.get(call, &path, "/carts/{cart}/lines").await?;
    if lines.is_empty() {
        return Err(Failure::new(StatusCode::CONFLICT, "cart_empty", "put something into the cart first"));
    }
    Ok(lines)
}

async fn reserve(visit: &Visit, call: &Call, order: &str, lines: &[CartLine]) -> Result<(), Failure> {
    let reservation = Reservation { order: order.to_owned(), lines: lines.iter().map(|shown| shown.line).collect() };
    let _: Value = visit.peers.inventory.post(call, "/reservations", "/reservations", &reservation).await?;
    Ok(())
}

async fn price(visit: &Visit, call: &Call, lines: &[CartLine]) -> Result<Quote, Failure> {
    let wanted = Wanted { country: visit.country.to_owned(), lines: lines.iter().map(|shown| shown.line).collect() };
    visit.peers.pricing.post(call, "/quotes", "/quotes", &wanted).await
}

async fn pay(visit: &Visit, call: &Call, order: &str, amount_cents: i64) -> Result<(), Failure> {
    let wanted = Authorisation { order: order.to_owned(), amount_cents, country: visit.country.to_owned() };
    let _: Authorised = visit.peers.payment.post(call, "/authorisations", "/authorisations", &wanted).await?;
    Ok(())
}

async fn place(visit: &Visit, call: &Call, id: String, lines: &[CartLine], total_cents: i64) -> Result<Order, Failure> {
    let order = Order {
        id,
        country: visit.country.to_owned(),
        region: visit.peers.name.to_owned(),
        items: lines.iter().map(|shown| shown.line.quantity).sum(),
        total_cents,
    };
    let placing = Placing { order, cart: visit.cart.clone() };
    let order: Order = visit.peers.cart.post(call, "/orders", "/orders", &placing).await?;
    let labels = [KeyValue::new("cloud.region", visit.peers.name), KeyValue::new("shop.country", visit.country)];
    call.telemetry.orders.add(1, &labels);
    call.info(
        format!("checkout of order {} finished", order.id),
        [("shop.order.id", order.id.clone().into()), ("shop.order.total_cents", total_cents.into())],
    );
    Ok(order)
}
