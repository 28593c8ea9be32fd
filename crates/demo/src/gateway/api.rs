//! What the page asks for: products, the cart, an order.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Gateway;
use super::visit::Visit;
use crate::catalogue::Product;
use crate::failure::Failure;
use crate::services::cart::PricedCart;
use crate::services::inventory::InStock;
use crate::services::pricing::{Quote, Wanted};
use crate::store::orders::Order;
use crate::store::products::Line;
use crate::telemetry::call::Call;

/// An answer with the visit's headers.
type Answer<T> = Result<(HeaderMap, Json<T>), Failure>;

/// A product with what it costs where the visitor is.
#[derive(Debug, Serialize, Deserialize)]
pub struct Offer {
    #[serde(flatten)]
    pub stock: InStock,
    pub quote: Quote,
}

pub async fn products(State(_): State<Gateway>, visit: Visit, call: Call) -> Answer<Vec<Product>> {
    let products = visit.peers.inventory.get(&call, "/products", "/products").await?;
    Ok((visit.headers(), Json(products)))
}

pub async fn product(State(_): State<Gateway>, visit: Visit, call: Call, Path(id): Path<i32>) -> Answer<Offer> {
    let stock = visit.peers.inventory.get(&call, &format!("/products/{id}"), "/products/{id}").await?;
    let wanted = Wanted { country: visit.country.to_owned(), lines: vec![Line { product: id, quantity: 1 }] };
    let quote = visit.peers.pricing.post(&call, "/quotes", "/quotes", &wanted).await?;
    Ok((visit.headers(), Json(Offer { stock, quote })))
}

pub async fn cart(State(_): State<Gateway>, visit: Visit, call: Call) -> Answer<PricedCart> {
    let path = format!("/carts/{}/priced/{}", visit.cart, visit.country);
    let cart = visit.peers.cart.get(&call, &path, "/carts/{cart}/priced/{country}").await?;
    Ok((visit.headers(), Json(cart)))
}

pub async fn add(State(_): State<Gateway>, visit: Visit, call: Call, Json(line): Json<Line>) -> Answer<Value> {
    let path = format!("/carts/{}/lines", visit.cart);
    let added = visit.peers.cart.post(&call, &path, "/carts/{cart}/lines", &line).await?;
    Ok((visit.headers(), Json(added)))
}

pub async fn remove(State(_): State<Gateway>, visit: Visit, call: Call, Path(product): Path<i32>) -> Answer<Value> {
    let path = format!("/carts/{}/lines/{product}", visit.cart);
    let removed = visit.peers.cart.delete(&call, &path, "/carts/{cart}/lines/{product}").await?;
    Ok((visit.headers(), Json(removed)))
}

pub async fn order(State(_): State<Gateway>, visit: Visit, call: Call, Path(id): Path<String>) -> Answer<Order> {
    if id.len() > 32 || !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Err(Failure::not_found("there is no such order"));
    }
    let order = visit.peers.cart.get(&call, &format!("/orders/{id}"), "/orders/{order}").await?;
    Ok((visit.headers(), Json(order)))
}
