//! The gateway: the shop's public face. It serves the page, picks the region and hands requests on.

mod api;
mod art;
pub mod assets;
mod checkout;
mod document;
pub mod switch;
mod visit;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::faults::Faults;
use crate::peer::Peer;
use crate::way::Directory;
pub use document::Page;

#[derive(Debug, Clone)]
pub struct Gateway {
    /// In the order of [`crate::region::REGIONS`].
    pub regions: Arc<[RegionPeers]>,
    pub page: Arc<Page>,
    pub faults: Arc<Faults>,
    pub directory: Arc<Directory>,
}

/// The services of one region.
#[derive(Debug, Clone)]
pub struct RegionPeers {
    pub name: &'static str,
    pub cart: Arc<Peer>,
    pub inventory: Arc<Peer>,
    pub pricing: Arc<Peer>,
    pub payment: Arc<Peer>,
}

pub fn routes(gateway: Gateway) -> Router {
    Router::new()
        // Documents: each route of the single-page shop can be the first one.
        .route("/", get(document::home))
        .route("/list", get(document::other))
        .route("/product/{id}", get(document::product))
        .route("/cart", get(document::other))
        .route("/checkout", get(document::other))
        .route("/confirmation/{order}", get(document::other))
        // What the page asks for.
        .route("/api/products", get(api::products))
        .route("/api/products/{id}", get(api::product))
        .route("/api/cart", get(api::cart).post(api::add))
        .route("/api/cart/{product}", axum::routing::delete(api::remove))
        .route("/api/checkout", post(checkout::checkout))
        .route("/api/orders/{order}", get(api::order))
        .with_state(gateway)
}
