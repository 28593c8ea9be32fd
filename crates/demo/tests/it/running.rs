//! A shop started for one test, and a customer who walks through it.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use limen_demo::faults::Fault;
use limen_demo::{Shop, ShopOptions};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Known to the table of countries: this one is in Singapore.
pub const SINGAPORE: &str = "175.156.10.20";
/// And this one in Germany.
pub const GERMANY: &str = "91.0.10.20";

pub struct Running {
    pub shop: Shop,
    pub customer: Customer,
}

/// Keeps the cookie that names the cart.
pub struct Customer {
    client: Client,
    url: String,
    address: &'static str,
    cookie: Option<String>,
}

/// A folder that the user `postgres` can enter, who runs the database when the tests run as root.
pub fn folder() -> TempDir {
    let open = std::fs::Permissions::from_mode(0o755);
    tempfile::Builder::new().permissions(open).tempdir().expect("a folder")
}

pub fn options(otlp: &str, folder: &Path) -> ShopOptions {
    ShopOptions {
        limen: "http://127.0.0.1:4600".to_owned(),
        otlp: otlp.to_owned(),
        key: Some("the-key".to_owned()),
        listen: ([127, 0, 0, 1], 0).into(),
        service_port: None,
        build_dir: folder.to_owned(),
        no_postgres: false,
        release: "1.2.3".to_owned(),
        broken_release: None,
        fault: Fault::None,
    }
}

/// A shop that answers from memory.
pub async fn from_memory(otlp: &str) -> Running {
    run(&ShopOptions { no_postgres: true, ..options(otlp, Path::new("unused")) }).await
}

/// A shop with a database in `folder`.
pub async fn with_postgres(otlp: &str, folder: &Path) -> Running {
    let running = run(&options(otlp, folder)).await;
    assert!(running.shop.ready().postgres, "these tests need PostgreSQL: install it with `apt-get install postgresql`");
    running
}

async fn run(options: &ShopOptions) -> Running {
    let shop = Shop::start(options).await.expect("the shop starts");
    let url = shop.ready().url;
    Running { shop, customer: Customer { client: Client::new(), url, address: SINGAPORE, cookie: None } }
}

impl Customer {
    pub fn from(mut self, address: &'static str) -> Self {
        self.address = address;
        self
    }

    pub async fn get(&mut self, path: &str) -> Response {
        let request = self.client.get(format!("{}{path}", self.url));
        self.send(request).await
    }

    pub async fn post(&mut self, path: &str, body: Value) -> Response {
        let request = self.client.post(format!("{}{path}", self.url)).json(&body);
        self.send(request).await
    }

    pub async fn post_within(&mut self, traceparent: &str, path: &str, body: Value) -> Response {
        let request = self.client.post(format!("{}{path}", self.url)).header("traceparent", traceparent).json(&body);
        self.send(request).await
    }

    /// As whoever runs the shop does it: not through a proxy.
    pub async fn switch(&self, fault: &str) -> Response {
        let request = self.client.put(format!("{}/faults", self.url)).json(&json!({ "fault": fault }));
        request.send().await.expect("an answer")
    }

    /// A visit of the demo's history.
    pub async fn get_days_ago(&mut self, path: &str, days: u32) -> Response {
        let request = self.client.get(format!("{}{path}", self.url)).header("x-shop-days-behind", days);
        self.send(request).await
    }

    /// Puts two products into the cart.
    pub async fn fill_cart(&mut self) {
        for (product, quantity) in [(31, 1), (5, 2)] {
            let added = self.post("/api/cart", json!({ "product": product, "quantity": quantity })).await;
            assert_eq!(added.status(), 200);
        }
    }

    async fn send(&mut self, mut request: RequestBuilder) -> Response {
        request = request.header("x-forwarded-for", self.address);
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        let response = request.send().await.expect("an answer");
        if let Some(cookie) = response.headers().get("set-cookie") {
            let cookie = cookie.to_str().expect("text").split(';').next().unwrap_or_default();
            self.cookie = Some(cookie.to_owned());
        }
        response
    }
}

pub fn customer_details() -> Value {
    json!({ "name": "Robin Example", "address": "1 Harbour Road" })
}
