//! Files of the page, compiled into the program, and the drawn pictures of the products.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::art;
use crate::catalogue;

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Long enough for a visit, short enough that a rebuilt shop is seen soon.
const CACHING: (HeaderName, &str) = (header::CACHE_CONTROL, "public, max-age=60");

pub fn routes() -> Router {
    Router::new()
        .route("/assets/{*name}", get(asset))
        .route("/pictures/{picture}", get(picture))
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
}

async fn asset(Path(name): Path<String>) -> Response {
    match file(&name) {
        Some((kind, bytes)) => ([(header::CONTENT_TYPE, kind), CACHING], bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn file(name: &str) -> Option<(&'static str, &'static [u8])> {
    Some(match name {
        "shop.css" => ("text/css; charset=utf-8", include_bytes!("../../web/shop.css")),
        "hero.jpg" => ("image/jpeg", include_bytes!("../../web/hero.jpg")),
        "app.js" => (SCRIPT, include_bytes!("../../web/app.js")),
        "api.js" => (SCRIPT, include_bytes!("../../web/api.js")),
        "dom.js" => (SCRIPT, include_bytes!("../../web/dom.js")),
        "card.js" => (SCRIPT, include_bytes!("../../web/card.js")),
        "size_guide.js" => (SCRIPT, include_bytes!("../../web/size_guide.js")),
        "pages/home.js" => (SCRIPT, include_bytes!("../../web/pages/home.js")),
        "pages/list.js" => (SCRIPT, include_bytes!("../../web/pages/list.js")),
        "pages/product.js" => (SCRIPT, include_bytes!("../../web/pages/product.js")),
        "pages/cart.js" => (SCRIPT, include_bytes!("../../web/pages/cart.js")),
        "pages/checkout.js" => (SCRIPT, include_bytes!("../../web/pages/checkout.js")),
        "pages/confirmation.js" => (SCRIPT, include_bytes!("../../web/pages/confirmation.js")),
        _ => return None,
    })
}

async fn picture(Path(picture): Path<String>) -> Response {
    let id = picture.strip_suffix(".svg").and_then(|id| id.parse::<i32>().ok());
    match id.and_then(|id| catalogue::products().into_iter().find(|product| product.id == id)) {
        Some(product) => ([(header::CONTENT_TYPE, "image/svg+xml"), CACHING], art::drawn(&product)).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
