//! The page itself: one document for all routes, with its first content already in it.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Html;
use serde_json::{Value, json};

use super::Gateway;
use super::assets::BROKEN_RELEASE;
use super::visit::Visit;
use crate::faults::{Fault, third_party};
use crate::telemetry::call::Call;

const TEMPLATE: &str = include_str!("../../web/index.html");
const HERO: &str = include_str!("../../web/hero.html");
const TODAY: &str = "data-environment=\"demo\"";
/// Visits that are made up to be of earlier days say so, in the dimension that everything can be filtered by.
const HISTORY: &str = "data-environment=\"demo-history\"";

/// The template with all in place that is the same for every visitor.
#[derive(Debug)]
pub struct Page {
    template: String,
    /// The same page as its broken release.
    broken: String,
    third_party_port: u16,
}

impl Page {
    pub fn new(limen: &str, key: Option<&str>, release: &str, third_party_port: u16) -> Self {
        let of_release = |release: &str| {
            let script = key.map(|key| agent(limen, key, release)).unwrap_or_default();
            TEMPLATE.replace("<!--limen-->", &script)
        };
        let broken = of_release(&format!("{release}-next"))
            .replace("/assets/app.js", &format!("/assets/{BROKEN_RELEASE}app.js"));
        Self { template: of_release(release), broken, third_party_port }
    }

    /// `hero` is markup of ours; `first` is what the page would otherwise have to ask for.
    fn filled(&self, hero: &str, first: &Value, fault: Fault) -> String {
        let template = if fault == Fault::BadRelease { &self.broken } else { &self.template };
        let further = match fault {
            Fault::ThirdParty => third_party::element(self.third_party_port),
            Fault::SlowDevice => module("highlight.js"),
            Fault::LayoutShift => module("sale.js"),
            _ => String::new(),
        };
        // Inside a script element only `<` could end it early.
        let first = first.to_string().replace('<', "\\u003c");
        template.replace("<!--further-->", &further).replace("<!--hero-->", hero).replace("<!--first-->", &first)
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
    document(&gateway, &visit, &call, &hero, &json!({ "featured": featured }))
}

pub async fn product(State(gateway): State<Gateway>, visit: Visit, call: Call, Path(id): Path<String>) -> Document {
    let first = match id.parse::<i32>() {
        Ok(id) => {
            let found = visit.peers.inventory.get(&call, &format!("/products/{id}"), "/products/{id}").await;
            json!({ "product": found.unwrap_or(Value::Null) })
        }
        Err(_) => Value::Null,
    };
    document(&gateway, &visit, &call, "", &first)
}

pub async fn other(State(gateway): State<Gateway>, visit: Visit, call: Call) -> Document {
    let first = json!({ "featured": featured(&visit, &call).await });
    document(&gateway, &visit, &call, "", &first)
}

/// The page is worth serving without it: whoever came sees the rest of the shop.
async fn featured(visit: &Visit, call: &Call) -> Value {
    let found = visit.peers.inventory.get(call, "/products/featured", "/products/featured").await;
    found.unwrap_or_else(|refusal| {
        call.warn(format!("page served without its featured product: {}", refusal.message), []);
        Value::Null
    })
}

fn document(gateway: &Gateway, visit: &Visit, call: &Call, hero: &str, first: &Value) -> Document {
    let mut headers = visit.headers();
    // From the next request on the browser says how good its network is.
    headers.insert("accept-ch", HeaderValue::from_static("ECT"));
    // A stored document would replay the trace id of another visit.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let page = gateway.page.filled(hero, first, gateway.faults.current());
    (headers, Html(if call.days_behind > 0 { page.replacen(TODAY, HISTORY, 1) } else { page }))
}

fn agent(limen: &str, key: &str, release: &str) -> String {
    format!(
        "<script async src=\"{}/limen.js\" data-key=\"{}\" data-service=\"shop-web\" data-release=\"{}\" \
         {TODAY}></script>",
        escaped(limen.trim_end_matches('/')),
        escaped(key),
        escaped(release)
    )
}

fn module(name: &str) -> String {
    format!("<script type=\"module\" src=\"/assets/{name}\"></script>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(key: Option<&str>, fault: Fault) -> String {
        Page::new("http://127.0.0.1:4600/", key, "1.2.3", 9_000).filled("", &Value::Null, fault)
    }

    #[test]
    fn carries_the_script_of_limen_only_with_a_key() {
        let with = page(Some("k\"1"), Fault::None);
        assert!(with.contains("<script async src=\"http://127.0.0.1:4600/limen.js\" data-key=\"k&quot;1\""));
        assert!(with.contains("data-service=\"shop-web\" data-release=\"1.2.3\" data-environment=\"demo\""));
        assert!(!page(None, Fault::None).contains("limen.js"));
    }

    #[test]
    fn keeps_data_from_ending_its_script_element() {
        let page = Page::new("", None, "", 1).filled("", &json!({ "name": "</script><b>" }), Fault::None);
        assert!(page.contains("\\u003c/script>"));
    }

    #[test]
    fn a_fault_of_the_page_is_in_its_document_and_only_while_it_is_on() {
        for (fault, mark) in [
            (Fault::ThirdParty, "<script src=\"http://localhost:9000/tag.js\"></script>"),
            (Fault::SlowDevice, "/assets/highlight.js"),
            (Fault::LayoutShift, "/assets/sale.js"),
            (Fault::BadRelease, "/assets/next/app.js"),
            (Fault::BadRelease, "data-release=\"1.2.3-next\""),
        ] {
            assert!(page(Some("k"), fault).contains(mark), "{fault:?}");
            assert!(!page(Some("k"), Fault::None).contains(mark), "{fault:?}");
        }
    }
}
