//! Another host's script: the shop's pages ask for it only while the fault is on, and it lets them wait.

use axum::Router;
use axum::http::header;
use axum::routing::get;

use crate::limits::THIRD_PARTY_TAKES;

const TAG: &str = "// A tag of somebody else, who is in no hurry.\ndocument.documentElement.dataset.tagged = 'yes';\n";

pub fn routes() -> Router {
    Router::new().route("/tag.js", get(tag))
}

async fn tag() -> ([(header::HeaderName, &'static str); 2], &'static str) {
    tokio::time::sleep(THIRD_PARTY_TAKES).await;
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], TAG)
}

/// `localhost` is the same machine and another host than the shop's, as far as a browser can tell.
pub fn element(port: u16) -> String {
    format!("<script src=\"http://localhost:{port}/tag.js\"></script>")
}
