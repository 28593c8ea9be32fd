//! Buying something, with a database and without.

use limen_demo::{Error, Shop};
use serde_json::{Value, json};

use super::receiver::Receiver;
use super::running::{Running, customer_details, folder, from_memory, options, with_postgres};

async fn check_purchase(running: Running) {
    let Running { shop, mut customer } = running;
    customer.fill_cart().await;
    let cart: Value = customer.get("/api/cart").await.json().await.expect("a cart");
    assert_eq!(cart["lines"][0]["name"], "Skerry coast boots");
    // One pair of boots and two rain shells, 9 % tax in Singapore, and shipping.
    let subtotal = 16_500 + 2 * 20_300;
    assert_eq!(cart["quote"]["total_cents"], subtotal + subtotal * 9 / 100 + 900);

    let placed = customer.post("/api/checkout", customer_details()).await;
    assert_eq!(placed.status(), 200);
    let order: Value = placed.json().await.expect("an order");
    assert_eq!(
        (&order["items"], &order["region"], &order["country"]),
        (&json!(3), &json!("ap-southeast"), &json!("SG"))
    );

    let id = order["id"].as_str().expect("an id");
    let again: Value = customer.get(&format!("/api/orders/{id}")).await.json().await.expect("an order");
    assert_eq!(again, order);
    let emptied: Value = customer.get("/api/cart").await.json().await.expect("a cart");
    assert_eq!(emptied["lines"], json!([]));
    let product: Value = customer.get("/api/products/5").await.json().await.expect("a product");
    assert_eq!(product["available"], 58);
    shop.stop().await.expect("the shop stops");
}

#[tokio::test(flavor = "multi_thread")]
async fn sells_from_memory_when_there_is_no_database() {
    let receiver = Receiver::start().await;
    check_purchase(from_memory(&receiver.url).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sells_from_a_postgresql_of_its_own() {
    let receiver = Receiver::start().await;
    let folder = folder();
    check_purchase(with_postgres(&receiver.url, folder.path()).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn finds_its_orders_again_after_a_restart_that_found_a_dead_database() {
    let receiver = Receiver::start().await;
    let folder = folder();
    let Running { shop, mut customer } = with_postgres(&receiver.url, folder.path()).await;
    customer.fill_cart().await;
    let order: Value = customer.post("/api/checkout", customer_details()).await.json().await.expect("an order");
    shop.stop().await.expect("the shop stops");
    // A killed database leaves such a file; process 1 is not PostgreSQL and must be left alone.
    std::fs::write(folder.path().join("shop-postgres/data/postmaster.pid"), "1\n/nowhere\n1600000000\n1\n")
        .expect("a file");

    let Running { shop, mut customer } = with_postgres(&receiver.url, folder.path()).await;
    let path = format!("/api/orders/{}", order["id"].as_str().expect("an id"));
    let found: Value = customer.get(&path).await.json().await.expect("an order");
    assert_eq!(found, order);
    shop.stop().await.expect("the shop stops");
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_what_makes_no_sense_with_a_sentence() {
    let receiver = Receiver::start().await;
    let Running { shop, mut customer } = from_memory(&receiver.url).await;
    let empty = customer.post("/api/checkout", customer_details()).await;
    assert_eq!(empty.status(), 409);
    let refusal: Value = empty.json().await.expect("a refusal");
    assert_eq!(refusal["error"]["code"], "cart_empty");
    let many = customer.post("/api/cart", json!({ "product": 5, "quantity": 11 })).await;
    assert_eq!(many.status(), 400);
    let unknown = customer.post("/api/cart", json!({ "product": 6_000, "quantity": 1 })).await;
    assert_eq!(unknown.status(), 404);
    let nameless = customer.post("/api/checkout", json!({ "name": " ", "address": "here" })).await;
    assert_eq!(nameless.status(), 400);
    shop.stop().await.expect("the shop stops");
}

#[tokio::test(flavor = "multi_thread")]
async fn says_which_port_is_taken_and_how_to_choose_another() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let mut options = options("http://127.0.0.1:9", std::path::Path::new("unused"));
    options.listen = taken.local_addr().expect("an address");
    let refused = Shop::start(&options).await.expect_err("the port is taken");
    assert!(matches!(refused, Error::Listen { .. }));
    assert!(refused.to_string().contains("--listen"), "{refused}");
}
