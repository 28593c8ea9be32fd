//! What senders do with the answers of a receiver.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use clap::Parser;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use limen_load::{LoadArguments, Report, run};
use tokio::net::TcpListener;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    arguments: LoadArguments,
}

type Reply = (u16, Option<&'static str>, &'static str);
const TAKEN: Reply = (200, None, "{}");

/// A receiver that gives these answers one after the other, and takes everything after them.
async fn receiver(replies: &'static [Reply]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("bound");
    let asked = Arc::new(AtomicUsize::new(0));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let asked = Arc::clone(&asked);
            let service = service_fn(move |request: Request<Incoming>| {
                let asked = Arc::clone(&asked);
                async move {
                    request.into_body().collect().await?;
                    let reply = replies.get(asked.fetch_add(1, Ordering::Relaxed)).unwrap_or(&TAKEN);
                    Ok::<_, hyper::Error>(respond(reply))
                }
            });
            tokio::spawn(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        }
    });
    format!("http://{address}")
}

fn respond((status, retry_after, body): &Reply) -> Response<Full<Bytes>> {
    let mut response = Response::builder().status(*status).header("content-type", "application/json");
    if let Some(seconds) = retry_after {
        response = response.header("retry-after", *seconds);
    }
    response.body(Full::from(*body)).expect("a valid answer")
}

async fn load(to: &str, more: &str) -> Report {
    let words = format!("load --to {to} --seed 3 --connections 1 {more}");
    let line = Line::try_parse_from(words.split_whitespace()).expect("valid");
    run(line.arguments.check().expect("valid")).await
}

#[tokio::test]
async fn a_request_is_sent_again_until_it_is_taken() {
    let replies = &[(503, Some("0"), ""), (429, Some("0"), ""), TAKEN];
    let report = load(&receiver(replies).await, "--total 200").await;
    assert!(report.all_acknowledged(), "{report}");
    assert_eq!((report.retries, report.by_status[&503], report.by_status[&429]), (2, 1, 1));
    assert_eq!(report.by_status[&200], report.requests);
}

#[tokio::test]
async fn what_is_refused_for_good_is_not_sent_again() {
    let replies = &[(400, None, ""), TAKEN];
    let report = load(&receiver(replies).await, "--total 200").await;
    assert_eq!((report.retries, report.by_status[&400]), (0, 1));
    assert_eq!(report.accepted + report.lost, report.made.events());
    assert!(report.lost > 0 && !report.all_acknowledged());
}

#[tokio::test]
async fn records_that_the_receiver_did_not_keep_are_told() {
    let replies = &[(200, None, r#"{"partialSuccess":{"rejectedLogRecords":"2"}}"#), TAKEN];
    let report = load(&receiver(replies).await, "--total 200").await;
    assert_eq!((report.rejected, report.accepted), (2, report.made.events() - 2));
    assert!(!report.all_acknowledged());
}

#[tokio::test]
async fn a_receiver_that_is_not_there_is_given_up() {
    let gone = TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("bound");
    let report = load(&format!("http://{gone}"), "--total 1 --patience 1s").await;
    assert_eq!((report.accepted, report.lost), (0, report.made.events()));
    assert!(report.by_status[&0] >= report.requests, "{report}");
}

#[tokio::test]
async fn the_total_is_reached_by_whole_sessions() {
    let to = receiver(&[]).await;
    let (few, many) = (load(&to, "--total 1").await, load(&to, "--total 5000 --request session").await);
    assert_eq!(few.sessions, 1);
    assert!(many.made.events() >= 5000 && many.all_acknowledged(), "{many}");
    assert!(many.requests <= 2 * many.sessions);
}
