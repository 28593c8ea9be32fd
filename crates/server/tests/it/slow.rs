//! Clients that never finish, against the server as it is started: both ports let go of them.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::serving::{PATIENCE, Serving};

/// Sends this, then nothing more, and returns what came before the other side closed.
async fn stall(url: &str, beginning: String) -> String {
    let address = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await.expect("connected");
    stream.write_all(beginning.as_bytes()).await.expect("sent");
    let mut said = Vec::new();
    let _ = timeout(PATIENCE, stream.read_to_end(&mut said)).await.expect("it is closed");
    String::from_utf8(said).expect("text")
}

#[tokio::test]
async fn half_a_request_is_let_go_on_both_ports_and_the_others_are_served() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let head = || "POST /v1/logs HTTP/1.1\r\nHost: a\r\n".to_owned();
    let body = format!(
        "POST /v1/logs HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nlimen-key: {}\r\n\
         Connection: close\r\nContent-Length: 100\r\n\r\n{{\"resourceLogs\":",
        server.key
    );
    let (main, otlp, body, served) = tokio::join!(
        stall(&server.url, head()),
        stall(&server.otlp, head()),
        stall(&server.otlp, body),
        server.ask("/status"),
    );
    assert_eq!((main.as_str(), otlp.as_str()), ("", ""), "half a head gets no answer");
    assert!(body.starts_with("HTTP/1.1 408") && body.contains("had not arrived"), "{body}");
    assert_eq!(served["engine"]["state"], "ready");
    assert_eq!(server.outcome("body_incomplete").await, 1);
    server.stop();
}
