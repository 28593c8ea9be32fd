//! The page itself: one document for all routes, with its first content already in it.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Html;
use serde_json::{Value, json};

use super::Gateway;
use super::visit::Visit;
use crate::telemetry::call::Call;

const TEMPLATE: &str = include_str!("../../web/index.html");
const HERO: &str = include_str!("../../web/hero.html");

/// The template with all in place that is the same for every visitor.
#[derive(Debug)]
pub struct Page {
    template: String,
}

impl Page {
    pub fn new(limen: &str, key: Option<&str>, release: &str) -> Self {
        let script = key.map(|key| {
            format!(
                "<script async src=\"{}/limen.js\" data-key=\"{}\" data-service=\"shop-web\" data-release=\"{}\" \
                 data-environment=\"demo\"></script>",
                escaped(limen.trim_end_matches('/')),
                escaped(key),
                escaped(release)
            )
        });
        Self { template: TEMPLATE.replace("<!--limen-->", &script.unwrap_or_default()) }
    }

    /// `hero` is markup of ours; `first` is what the page would otherwise have to ask for.
    fn filled(&self, hero: &str, first: &Value) -> String {
        // Inside a script element only `<` could end it early.
        let first = first.to_string().replace('<', "\\u003c");
        self.template.replace("<!--hero-->", hero).replace("<!--first-->", &first)
    }
}

type Document = (HeaderMap, Html<String>);

/// The home page comes with its hero, so that the largest paint waits for no script.
pub async fn home(State(gateway): State<Gateway>, visit: Visit, call: Call) -> Document {
    let featured = featured(&visit, &call).await;
    let hero = match featured["name"].as_str() {
        Some(name) => HERO.replace("<!--name-->", &escaped(name)).replace("<!--id-->", &featured["id"].to_string()),
        None => String::new(),
    };
    document(&gateway, &visit, &hero, &json!({ "featured": featured }))
}

pub async fn product(State(gateway): State<Gateway>, visit: Visit, call: Call, Path(id): Path<String>) -> Document {
    let first = match id.parse::<i32>() {
        Ok(id) => {
            let found = visit.peers.inventory.get(&call, &format!("/products/{id}"), "/products/{id}").await;
            json!({ "product": found.unwrap_or(Value::Null) })
        }
        Err(_) => Value::Null,
    };
    document(&gateway, &visit, "", &first)
}

pub async fn other(State(gateway): State<Gateway>, visit: Visit, call: Call) -> Document {
    let first = json!({ "featured": featured(&visit, &call).await });
    document(&gateway, &visit, "", &first)
}

/// The page is worth serving without it: whoever came sees the rest of the shop.
async fn featured(visit: &Visit, call: &Call) -> Value {
    let found = visit.peers.inventory.get(call, "/products/featured", "/products/featured").await;
    found.unwrap_or_else(|refusal| {
        call.warn(format!("page served without its featured product: {}", refusal.message), []);
        Value::Null
    })
}

fn document(gateway: &Gateway, visit: &Visit, hero: &str, first: &Value) -> Document {
    let mut headers = visit.headers();
    // A stored document would replay the trace id of another visit.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    (headers, Html(gateway.page.filled(hero, first)))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carries_the_script_of_limen_only_with_a_key() {
        let with = Page::new("http://127.0.0.1:4600/", Some("k\"1"), "1.2.3").filled("", &Value::Null);
        assert!(with.contains("<script async src=\"http://127.0.0.1:4600/limen.js\" data-key=\"k&quot;1\""));
        assert!(with.contains("data-service=\"shop-web\" data-release=\"1.2.3\" data-environment=\"demo\""));
        let without = Page::new("http://127.0.0.1:4600", None, "1.2.3").filled("", &Value::Null);
        assert!(!without.contains("limen.js"));
    }

    #[test]
    fn keeps_data_from_ending_its_script_element() {
        let page = Page::new("", None, "").filled("", &json!({ "name": "</script><b>" }));
        assert!(page.contains("\\u003c/script>"));
    }
}
