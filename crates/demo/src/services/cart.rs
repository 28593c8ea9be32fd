//! Cart: what a visitor wants to buy, priced, and the orders that came of it.

use axum::extract::{Path, State};
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::pricing::{Quote, Wanted};
use super::{Shelf, check_quantity};
use crate::failure::Failure;
use crate::store::carts::CartLine;
use crate::store::orders::Order;
use crate::store::products::Line;
use crate::telemetry::call::Call;

pub fn routes(shelf: Shelf) -> Router {
    Router::new()
        .route("/carts/{cart}/lines", get(lines).post(add))
        .route("/carts/{cart}/lines/{product}", delete(remove))
        .route("/carts/{cart}/priced/{country}", get(priced))
        .route("/orders", post(place))
        .route("/orders/{order}", get(order))
        .with_state(shelf)
}

/// A cart as the page shows it. There is no quote for an empty one.
#[derive(Debug, Serialize, Deserialize)]
pub struct PricedCart {
    pub lines: Vec<CartLine>,
    pub quote: Option<Quote>,
}

/// An order about to be written, and the cart that it empties.
#[derive(Debug, Serialize, Deserialize)]
pub struct Placing {
    pub order: Order,
    pub cart: String,
}

async fn lines(
    State(shelf): State<Shelf>,
    call: Call,
    Path(cart): Path<String>,
) -> Result<Json<Vec<CartLine>>, Failure> {
    shelf.store.cart(&call, &cart).await.map(Json)
}

async fn add(
    State(shelf): State<Shelf>,
    call: Call,
    Path(cart): Path<String>,
    Json(line): Json<Line>,
) -> Result<Json<Value>, Failure> {
    check_quantity(&line)?;
    shelf.store.add_to_cart(&call, &cart, line).await?;
    let product = i64::from(line.product);
    call.info(format!("product {product} put into a cart"), [("shop.product.id", product.into())]);
    Ok(Json(json!({ "added": line.quantity })))
}

async fn remove(
    State(shelf): State<Shelf>,
    call: Call,
    Path((cart, product)): Path<(String, i32)>,
) -> Result<Json<Value>, Failure> {
    shelf.store.remove_from_cart(&call, &cart, product).await?;
    Ok(Json(json!({ "removed": product })))
}

async fn priced(
    State(shelf): State<Shelf>,
    call: Call,
    Path((cart, country)): Path<(String, String)>,
) -> Result<Json<PricedCart>, Failure> {
    let lines = shelf.store.cart(&call, &cart).await?;
    let quote = match &shelf.pricing {
        Some(pricing) if !lines.is_empty() => {
            let wanted = Wanted { country, lines: lines.iter().map(|shown| shown.line).collect() };
            Some(pricing.post(&call, "/quotes", "/quotes", &wanted).await?)
        }
        _ => None,
    };
    Ok(Json(PricedCart { lines, quote }))
}

async fn place(State(shelf): State<Shelf>, call: Call, Json(placing): Json<Placing>) -> Result<Json<Order>, Failure> {
    let Placing { order, cart } = placing;
    shelf.store.place_order(&call, &order, &cart).await?;
    call.info(
        format!("order {} placed with {} items", order.id, order.items),
        [
            ("shop.order.id", order.id.clone().into()),
            ("shop.order.total_cents", order.total_cents.into()),
            ("cloud.region", shelf.region.into()),
        ],
    );
    Ok(Json(order))
}

async fn order(State(shelf): State<Shelf>, call: Call, Path(id): Path<String>) -> Result<Json<Order>, Failure> {
    let order = shelf.store.order(&call, &id).await?;
    order.map(Json).ok_or_else(|| Failure::not_found("there is no such order"))
}
