//! Inventory: what the shop has, and taking it off the shelf.

use axum::extract::{Path, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use opentelemetry::KeyValue;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Shelf, check_lines};
use crate::catalogue::Product;
use crate::failure::Failure;
use crate::store::products::Line;
use crate::telemetry::call::Call;

pub fn routes(shelf: Shelf) -> Router {
    Router::new()
        .route("/products", get(list))
        .route("/products/featured", get(featured))
        .route("/products/{id}", get(product))
        .route("/reservations", post(reserve))
        .with_state(shelf)
}

/// A product and how many there are of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct InStock {
    #[serde(flatten)]
    pub product: Product,
    pub available: i32,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Reservation {
    pub order: String,
    pub lines: Vec<Line>,
}

async fn list(State(shelf): State<Shelf>, call: Call) -> Result<Json<Vec<Product>>, Failure> {
    shelf.store.products(&call).await.map(Json)
}

async fn featured(State(shelf): State<Shelf>, call: Call) -> Result<Json<Product>, Failure> {
    let product = shelf.store.featured(&call).await?;
    product.map(Json).ok_or_else(|| Failure::not_found("nothing is featured"))
}

async fn product(State(shelf): State<Shelf>, call: Call, Path(id): Path<i32>) -> Result<Json<InStock>, Failure> {
    let product = shelf.store.product(&call, id).await?;
    let product = product.ok_or_else(|| Failure::not_found(format!("there is no product {id}")))?;
    shelf.store.count_view(&call, shelf.region, id).await?;
    let available = shelf.store.available(&call, id).await?;
    Ok(Json(InStock { product, available }))
}

async fn reserve(
    State(shelf): State<Shelf>,
    call: Call,
    Json(reservation): Json<Reservation>,
) -> Result<Json<Value>, Failure> {
    check_lines(&reservation.lines)?;
    let left = shelf.store.reserve(&call, &reservation.lines).await?;
    for product in &left {
        let id = i64::from(product.product);
        call.telemetry.stock.record(product.available.into(), &[KeyValue::new("shop.product.id", id)]);
        if product.delivered {
            call.warn(
                format!("stock of product {id} was low, ordered more"),
                [("shop.product.id", id.into()), ("shop.stock.available", i64::from(product.available).into())],
            );
        }
    }
    call.info(
        format!("reserved {} products for order {}", left.len(), reservation.order),
        [("shop.order.id", reservation.order.into())],
    );
    Ok(Json(json!({ "reserved": left.len() })))
}
