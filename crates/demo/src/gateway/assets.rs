//! Files of the page, compiled into the program, and the drawn pictures of the products.

use std::sync::{Arc, LazyLock};

use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, middleware};
use serde::Deserialize;

use super::art;
use crate::catalogue;
use crate::error::Error;
use crate::faults::{Fault, Faults};
use crate::limits::CACHE_MISS_TAKES;

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Long enough for a visit, short enough that a rebuilt shop is seen soon.
const CACHING: (HeaderName, &str) = (header::CACHE_CONTROL, "public, max-age=60");

/// A folder of its own, so that no browser has anything of the broken release in its cache.
pub const BROKEN_RELEASE: &str = "next/";

/// Its script when it was built, which has all others in it.
const BUILT: &str = "app.js";

/// What was right, and what the broken release made of it: nothing sends a price like that. Its build reads the same file.
static CHANGE: LazyLock<Change> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../release/broken.json")).unwrap_or_default());

#[derive(Debug, Default, Deserialize)]
struct Change {
    right: String,
    broken: String,
}

/// The script of the broken release as it was built into a folder. Its map stays there: it was uploaded.
pub fn built(folder: &std::path::Path) -> Result<Bytes, Error> {
    let path = folder.join(BUILT);
    std::fs::read(&path).map(Bytes::from).map_err(|source| Error::Broken { path, source })
}

/// Without a built script the broken release is served as its source.
pub fn routes(faults: Arc<Faults>, broken: Option<Bytes>) -> Router {
    Router::new()
        .route("/assets/{*name}", get(async move |Path(name): Path<String>| asset(&name, broken.as_ref())))
        .route("/pictures/{picture}", get(picture))
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
        .layer(middleware::from_fn_with_state(faults, through_cache))
}

fn asset(name: &str, broken: Option<&Bytes>) -> Response {
    let wanted = name.strip_prefix(BROKEN_RELEASE);
    if let (Some(BUILT), Some(script)) = (wanted, broken) {
        return ([(header::CONTENT_TYPE, SCRIPT), CACHING], script.clone()).into_response();
    }
    match file(wanted.unwrap_or(name)) {
        Some((kind, bytes)) if wanted == Some("pages/product.js") => {
            let broken = String::from_utf8_lossy(bytes).replace(&CHANGE.right, &CHANGE.broken);
            ([(header::CONTENT_TYPE, kind), CACHING], broken).into_response()
        }
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
        "sale.js" => (SCRIPT, include_bytes!("../../web/sale.js")),
        "highlight.js" => (SCRIPT, include_bytes!("../../web/highlight.js")),
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

/// What a cache in front of the shop would say of itself, and what it would take when it has lost everything.
async fn through_cache(State(faults): State<Arc<Faults>>, request: Request, next: Next) -> Response {
    let missed = faults.is(Fault::CacheMiss);
    if missed {
        tokio::time::sleep(CACHE_MISS_TAKES).await;
    }
    let mut response = next.run(request).await;
    let said = if missed { "cdn-cache;desc=MISS" } else { "cdn-cache;desc=HIT" };
    response.headers_mut().insert("server-timing", HeaderValue::from_static(said));
    if missed {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

async fn picture(Path(picture): Path<String>) -> Response {
    let id = picture.strip_suffix(".svg").and_then(|id| id.parse::<i32>().ok());
    match id.and_then(|id| catalogue::products().into_iter().find(|product| product.id == id)) {
        Some(product) => ([(header::CONTENT_TYPE, "image/svg+xml"), CACHING], art::drawn(&product)).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_broken_release_differs_where_a_product_is_drawn() {
        let (_, script) = file("pages/product.js").expect("the page of a product");
        assert_eq!(String::from_utf8_lossy(script).matches(&CHANGE.right).count(), 1);
        assert_ne!(CHANGE.right, CHANGE.broken);
    }
}
