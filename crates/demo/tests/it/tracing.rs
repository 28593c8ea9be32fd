//! What the shop tells a receiver of telemetry about itself.

use super::receiver::{Received, Receiver};
use super::running::{GERMANY, Running, customer_details, folder, from_memory, with_postgres};

const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const BROWSER_SPAN: &str = "b7ad6b7169203331";

#[tokio::test(flavor = "multi_thread")]
async fn continues_the_browsers_trace_through_payment_and_inventory_to_the_database() {
    let receiver = Receiver::start().await;
    let folder = folder();
    let Running { shop, mut customer } = with_postgres(&receiver.url, folder.path()).await;
    customer.fill_cart().await;
    let parent = format!("00-{TRACE}-{BROWSER_SPAN}-01");
    let placed = customer.post_within(&parent, "/api/checkout", customer_details()).await;
    assert_eq!(placed.status(), 200);
    shop.stop().await.expect("the shop stops");

    let received = receiver.take();
    let trace = received.trace(TRACE);
    let root = trace.iter().find(|span| span.parent == BROWSER_SPAN).expect("the gateway's span");
    assert_eq!((root.service.as_str(), root.name.as_str()), ("gateway", "POST /api/checkout"));
    assert_eq!(root.text("http.route"), "/api/checkout");
    assert_eq!(root.text("http.response.status_code"), "200");
    check_statement(&received, "INSERT payments", &["gateway", "payment"]);
    check_statement(&received, "UPDATE stock", &["gateway", "inventory"]);
    check_statement(&received, "SELECT price_rules", &["gateway", "pricing"]);
    check_statement(&received, "INSERT orders", &["gateway", "cart"]);
    for (service, body) in [("payment", "payment authorised"), ("cart", "order LM-"), ("inventory", "reserved 2")] {
        let told =
            received.logs.iter().any(|log| log.service == service && log.trace == TRACE && log.body.starts_with(body));
        assert!(told, "{service} says {body:?} within the trace: {:?}", received.logs);
    }
    for metric in ["http.server.request.duration", "shop.orders", "shop.stock.available"] {
        assert!(received.metrics.iter().any(|name| name == metric), "{metric} in {:?}", received.metrics);
    }
    assert!(received.keys.iter().all(|key| key == "the-key"));
}

fn check_statement(received: &Received, name: &str, services: &[&str]) {
    let trace = received.trace(TRACE);
    let span = trace.iter().find(|span| span.name == name).expect(name);
    assert_eq!(span.path(&trace), services, "{name}");
    assert_eq!(span.text("db.system.name"), "postgresql");
    assert_eq!(span.text("server.address"), "127.0.0.1");
    assert!(span.text("db.query.text").contains("$1"), "{name} has placeholders, not values");
}

#[tokio::test(flavor = "multi_thread")]
async fn names_in_the_document_the_span_that_served_it_down_to_the_database() {
    let receiver = Receiver::start().await;
    let folder = folder();
    let Running { shop, mut customer } = with_postgres(&receiver.url, folder.path()).await;
    let document = customer.get("/").await;
    let header = |name: &str| document.headers()[name].to_str().expect("text").to_owned();
    assert_eq!((header("cache-control"), header("timing-allow-origin")), ("no-store".to_owned(), "*".to_owned()));
    let timing = header("server-timing");
    let text = document.text().await.expect("a document");
    assert!(text.contains("See the Petrel rain shell"));
    assert!(text.contains("data-key=\"the-key\" data-service=\"shop-web\" data-release=\"1.2.3\""));
    shop.stop().await.expect("the shop stops");

    let parts: Vec<&str> = timing.split(['"', '-']).collect();
    let [name, "00", trace_id, span_id, "01", ""] = parts[..] else { panic!("unexpected form: {timing}") };
    assert_eq!(name, "traceparent;desc=");
    let trace = receiver.take().trace(trace_id);
    let served = trace.iter().find(|span| span.id == span_id).expect("the gateway's span");
    assert_eq!((served.service.as_str(), served.name.as_str()), ("gateway", "GET /"));
    let statement = trace.iter().find(|span| span.name == "SELECT products").expect("a statement");
    assert_eq!(statement.path(&trace), ["gateway", "inventory"]);
}

async fn check_region(address: &'static str, region: &str) {
    let receiver = Receiver::start().await;
    let Running { shop, customer } = from_memory(&receiver.url).await;
    let answer = customer.from(address).get("/api/products").await;
    assert_eq!(answer.headers()["x-shop-region"], region);
    assert!(answer.headers().contains_key("server-timing"));
    shop.stop().await.expect("the shop stops");
    let received = receiver.take();
    let regions: Vec<&str> =
        received.spans.iter().filter(|span| span.service == "inventory").map(|span| span.region.as_str()).collect();
    assert_eq!(regions, [region]);
}

#[tokio::test(flavor = "multi_thread")]
async fn serves_asia_from_its_own_region() {
    check_region(super::running::SINGAPORE, "ap-southeast").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn serves_germany_from_europe() {
    check_region(GERMANY, "eu-central").await;
}
