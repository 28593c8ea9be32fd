//! How a command line asks a running server: one request over plain HTTP, its answer or what the API says against it.

use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::{Method, Request, StatusCode, header};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// A request.
pub struct Asked<'a> {
    pub method: Method,
    pub path: &'a str,
    pub headers: &'a [(header::HeaderName, &'a str)],
    pub body: Bytes,
    pub answer_bytes_max: usize,
    pub within: Duration,
}

/// Why there is no answer that helps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoAnswer {
    /// Asking again may help.
    Away(String),
    /// The server said no.
    Refused(StatusCode, String),
}

/// Host and port out of what people write.
pub fn server(text: &str) -> Result<&str, String> {
    if text.starts_with("https://") {
        return Err("only http:// is spoken here: ask the server directly, or through a tunnel".to_owned());
    }
    Ok(text.strip_prefix("http://").unwrap_or(text).trim_end_matches('/'))
}

pub async fn ask(server: &str, asked: Asked<'_>) -> Result<(StatusCode, String), NoAnswer> {
    let within = asked.within;
    let late = |_| NoAnswer::Away(format!("no answer of {server} within {} s", within.as_secs()));
    timeout(within, send(server, asked)).await.map_err(late)?
}

async fn send(server: &str, asked: Asked<'_>) -> Result<(StatusCode, String), NoAnswer> {
    let away = |error: &dyn std::fmt::Display| {
        NoAnswer::Away(format!(
            "no server answers at {server}: {error}; start `limen serve`, or say where it is with --server"
        ))
    };
    let stream = TcpStream::connect(server).await.map_err(|error| away(&error))?;
    let handshake = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = handshake.map_err(|error| away(&error))?;
    tokio::spawn(connection);
    let mut request = Request::builder().method(asked.method).uri(asked.path).header(header::HOST, server);
    for (name, value) in asked.headers {
        request = request.header(name, *value);
    }
    let request = request.body(Full::new(asked.body)).map_err(|error| away(&error))?;
    let response = sender.send_request(request).await.map_err(|error| away(&error))?;
    let status = response.status();
    let body = Limited::new(response.into_body(), asked.answer_bytes_max).collect().await;
    let body = body.map_err(|error| away(&format!("its answer ended early: {error}")))?.to_bytes();
    let body = String::from_utf8_lossy(&body).into_owned();
    if status.is_success() {
        return Ok((status, body));
    }
    let told = refusal(&body).unwrap_or_else(|| format!("{server}: {status}"));
    if status.is_server_error() { Err(NoAnswer::Away(told)) } else { Err(NoAnswer::Refused(status, told)) }
}

/// What the API says in a refusal, and what to do.
fn refusal(body: &str) -> Option<String> {
    let body: serde_json::Value = serde_json::from_str(body).ok()?;
    let part = |name: &str| body["error"][name].as_str();
    Some(format!("{}; {}", part("message")?, part("hint")?))
}

/// Percent-encoding of everything but RFC 3986's unreserved characters.
pub fn encoded(text: &str) -> String {
    let letters = text.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    letters.collect()
}

impl std::fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            NoAnswer::Away(told) | NoAnswer::Refused(_, told) => f.write_str(told),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_what_the_api_says() {
        let body = r#"{"error":{"code":"bad_request","message":"too large","hint":"send less"}}"#;
        assert_eq!(refusal(body).as_deref(), Some("too large; send less"));
        assert_eq!(refusal("<html>"), None);
        assert_eq!(server("http://a:1/"), Ok("a:1"));
        assert!(server("https://a").is_err());
    }
}
