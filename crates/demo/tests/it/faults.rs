//! Faults, by their effects: what gets slower or breaks, what does not, and that it ends when they are switched off.

use limen_demo::limits::{CACHE_MISS_TAKES, LOCK_HELD, SLOW_WAY_TAKES};
use serde_json::Value;

use super::receiver::{Received, ReceivedSpan, Receiver};
use super::running::{GERMANY, Running, folder, from_memory, with_postgres};

/// So often something is asked for that must be slow soon.
const ASKED_MAX: usize = 500;

/// The spans of one name, in the order of their start.
fn named<'a>(received: &'a Received, service: &str, name: &str) -> Vec<&'a ReceivedSpan> {
    let mut spans: Vec<&ReceivedSpan> =
        received.spans.iter().filter(|span| span.service == service && span.name == name).collect();
    spans.sort_by_key(|span| span.start_unix_nano);
    spans
}

/// What a span does not spend in those below it, which do not overlap in these tests.
fn own_millis(received: &Received, span: &ReceivedSpan) -> f64 {
    let below = received.spans.iter().filter(|child| child.parent == span.id && child.trace == span.trace);
    span.millis - below.map(|child| child.millis).sum::<f64>()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_region_makes_the_gateway_slow_for_its_countries_and_nothing_else() {
    let receiver = Receiver::start().await;
    let Running { shop, mut customer } = from_memory(&receiver.url).await;
    assert_eq!(customer.switch("wrong-region").await.status(), 200);
    assert_eq!(customer.get("/api/products").await.headers()["x-shop-region"], "ap-southeast");
    let mut customer = customer.from(GERMANY);
    assert_eq!(customer.get("/api/products").await.headers()["x-shop-region"], "eu-central");
    assert_eq!(customer.switch("none").await.status(), 200);
    shop.stop().await.expect("the shop stops");

    let received = receiver.take();
    let asked = named(&received, "gateway", "GET /api/products");
    let both_ways = 2.0 * SLOW_WAY_TAKES.as_secs_f64() * 1e3;
    assert!(own_millis(&received, asked[0]) >= both_ways, "{asked:?}");
    // The German visitor's time has no such way in it.
    assert!(asked[1].millis < asked[0].millis);
    let said: Vec<String> =
        received.spans.iter().flat_map(|span| &span.attributes).map(|said| said.key.clone()).collect();
    assert!(!said.iter().any(|key| key.contains("fault")), "telemetry tells of the fault");
    for inner in named(&received, "inventory", "GET /products") {
        assert!(inner.millis < both_ways, "the service itself is as it was: {inner:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn locked_rows_hold_up_the_one_region_until_they_are_let_go() {
    let receiver = Receiver::start().await;
    let folder = folder();
    let Running { shop, mut customer } = with_postgres(&receiver.url, folder.path()).await;
    assert_eq!(customer.switch("row-lock").await.status(), 200);
    // The rows are locked soon after the switch, and free for a moment now and then.
    let waits = |millis: f64| millis > LOCK_HELD.as_secs_f64() * 1e3 / 2.0;
    let mut longest: f64 = 0.0;
    for _ in 0..ASKED_MAX {
        let begun = std::time::Instant::now();
        assert_eq!(customer.get("/product/5").await.status(), 200);
        longest = longest.max(begun.elapsed().as_secs_f64() * 1e3);
        if waits(longest) {
            break;
        }
    }
    assert!(waits(longest), "{longest} ms");
    assert_eq!(customer.switch("none").await.status(), 200);
    let mut customer = customer.from(GERMANY);
    assert_eq!(customer.get("/product/5").await.status(), 200);
    shop.stop().await.expect("the shop stops");

    let received = receiver.take();
    let counted = named(&received, "inventory", "UPDATE product_views");
    let there = counted.iter().filter(|span| span.region == "ap-southeast");
    let in_database = there.map(|span| span.millis).fold(0.0, f64::max);
    assert!(waits(in_database), "{in_database} of {longest} ms were in the statement");
    assert_eq!(counted.iter().filter(|span| span.region == "eu-central").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_database_there_are_no_rows_to_lock() {
    let receiver = Receiver::start().await;
    let Running { shop, customer } = from_memory(&receiver.url).await;
    let refused = customer.switch("row-lock").await;
    assert_eq!(refused.status(), 409);
    let refusal: Value = refused.json().await.expect("a refusal");
    assert!(refusal["error"]["message"].as_str().is_some_and(|message| message.contains("PostgreSQL")));
    shop.stop().await.expect("the shop stops");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_whoever_runs_the_shop_switches_faults_and_only_to_those_there_are() {
    let receiver = Receiver::start().await;
    let Running { shop, mut customer } = from_memory(&receiver.url).await;
    // A customer comes through a proxy.
    assert_eq!(customer.get("/faults").await.status(), 403);
    let refused = customer.switch("earthquake").await;
    assert_eq!(refused.status(), 400);
    let refusal: Value = refused.json().await.expect("a refusal");
    assert!(refusal["error"]["message"].as_str().is_some_and(|message| message.contains("wrong-region")));
    let page = reqwest::Client::new().get(format!("{}/faults", shop.ready().url)).header("accept", "text/html");
    let page = page.send().await.expect("an answer").text().await.expect("text");
    assert!(page.contains("\"fault\":\"none\"") && page.contains("slow-device"));
    shop.stop().await.expect("the shop stops");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_cache_has_comes_late_and_says_so() {
    let receiver = Receiver::start().await;
    let Running { shop, mut customer } = from_memory(&receiver.url).await;
    let hit = customer.get("/assets/app.js").await;
    assert_eq!(
        (&hit.headers()["server-timing"], hit.headers().get_all("cache-control").iter().count()),
        (&"cdn-cache;desc=HIT".parse().expect("a header"), 1)
    );
    customer.switch("cache-miss").await;
    let begun = std::time::Instant::now();
    let missed = customer.get("/assets/app.js").await;
    assert!(begun.elapsed() >= CACHE_MISS_TAKES);
    assert_eq!(missed.headers()["server-timing"], "cdn-cache;desc=MISS");
    assert_eq!(missed.headers()["cache-control"], "no-store");
    shop.stop().await.expect("the shop stops");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_broken_release_is_another_page_with_another_script() {
    let receiver = Receiver::start().await;
    let Running { shop, mut customer } = from_memory(&receiver.url).await;
    customer.switch("bad-release").await;
    let page = customer.get("/product/5").await.text().await.expect("text");
    assert!(page.contains("data-release=\"1.2.3-next\"") && page.contains("/assets/next/app.js"));
    let script = customer.get("/assets/next/pages/product.js").await.text().await.expect("text");
    assert!(script.contains("offer.price.gross_cents"));
    let sound = customer.get("/assets/pages/product.js").await.text().await.expect("text");
    assert!(!sound.contains("offer.price.gross_cents"));
    shop.stop().await.expect("the shop stops");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_of_the_history_lies_so_many_days_back_in_every_service() {
    let receiver = Receiver::start().await;
    let Running { shop, mut customer } = from_memory(&receiver.url).await;
    customer.get("/product/5").await;
    let page = customer.get_days_ago("/product/5", 2).await.text().await.expect("a page");
    assert!(page.contains("data-environment=\"demo-history\""), "{page}");
    customer.get_days_ago("/product/5", 4_000).await;
    shop.stop().await.expect("the shop stops");

    let received = receiver.take();
    for (service, name) in [("gateway", "GET /product/{id}"), ("inventory", "GET /products/{id}")] {
        let spans = named(&received, service, name);
        let day = 24 * 3_600_000_000_000;
        // What claims to be older than a history goes is of today.
        let ages: Vec<u64> = spans.iter().map(|span| (spans[2].start_unix_nano - span.start_unix_nano) / day).collect();
        // The second visit began after the first of today's, so two days less a moment divide to one or two.
        assert_eq!((spans.len(), ages[1], ages[2]), (3, 0, 0), "{service}");
        assert!((1..=2).contains(&ages[0]), "{service}: {ages:?}");
        let labelled: Vec<bool> = spans.iter().map(|span| span.has("demo.history")).collect();
        assert_eq!(labelled, [true, false, false], "{service}");
    }
}
