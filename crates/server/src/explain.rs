//! `limen explain`: asks a running server why a vital got slower, and prints the answer as Markdown.

use std::time::Duration;

use clap::{Arg, ArgMatches, Command};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::body::Bytes;
use hyper::{Request, header};
use hyper_util::rt::TokioIo;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio::net::TcpStream;

use crate::limits::EXPLANATION_BYTES_MAX;

pub fn command() -> Command {
    let text = |name: &'static str, help: &'static str| Arg::new(name).long(name).value_name("TEXT").help(help);
    Command::new("explain")
        .about("Asks a running server why a vital got slower, and prints the answer as Markdown")
        .arg(text("metric", "lcp, inp, cls, fcp or ttfb").default_value("lcp"))
        .arg(text("since", "How far back to look: 30m, 2h or 1d").default_value("1h"))
        .arg(text("route", "Only this route"))
        .arg(text("filter", "dimension:value; may be given several times").action(clap::ArgAction::Append))
        .arg(text("app", "Slug of the application; left out, the first one"))
        .arg(text("server", "Host and port of the server").default_value("127.0.0.1:4600"))
}

/// The answer in words, or why there is none.
pub async fn run(arguments: &ArgMatches) -> Result<String, String> {
    let text = |name: &str| arguments.get_one::<String>(name).map(String::as_str);
    let server = text("server").unwrap_or_default();
    let server = server.strip_prefix("http://").unwrap_or(server).trim_end_matches('/');
    let filters = arguments.get_many::<String>("filter").into_iter().flatten().map(String::as_str);
    let path = path(
        text("metric").unwrap_or_default(),
        text("app"),
        text("route"),
        filters,
        since(text("since").unwrap_or_default())?,
        OffsetDateTime::now_utc(),
    )?;
    let away = |error: &dyn std::fmt::Display| {
        format!("no server answers at {server}: {error}; start `limen serve`, or say where it is with --server")
    };
    let stream = TcpStream::connect(server).await.map_err(|error| away(&error))?;
    let handshake = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = handshake.map_err(|error| away(&error))?;
    tokio::spawn(connection);
    let request = Request::get(path)
        .header(header::HOST, server)
        .header(header::ACCEPT, "text/markdown")
        .body(Empty::<Bytes>::new())
        .map_err(|error| error.to_string())?;
    let response = sender.send_request(request).await.map_err(|error| away(&error))?;
    let status = response.status();
    let body = Limited::new(response.into_body(), EXPLANATION_BYTES_MAX).collect().await;
    let body = body.map_err(|error| format!("the answer of {server} ended early: {error}"))?.to_bytes();
    let body = String::from_utf8_lossy(&body).into_owned();
    if status.is_success() { Ok(body) } else { Err(refusal(&body).unwrap_or_else(|| format!("{server}: {status}"))) }
}

/// What the API says in a refusal, and what to do.
fn refusal(body: &str) -> Option<String> {
    let body: serde_json::Value = serde_json::from_str(body).ok()?;
    let part = |name: &str| body["error"][name].as_str();
    Some(format!("{}; {}", part("message")?, part("hint")?))
}

fn since(text: &str) -> Result<Duration, String> {
    let refused = || format!("`{text}` is not a time span; write 30m, 2h or 1d");
    let unit = text.chars().last().ok_or_else(refused)?;
    let seconds = match unit {
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => return Err(refused()),
    };
    let count: u64 = text[..text.len() - unit.len_utf8()].parse().map_err(|_| refused())?;
    // A year and more is refused by the server; here only nothing may overflow.
    count
        .checked_mul(seconds)
        .filter(|total| (60..=1 << 32).contains(total))
        .map(Duration::from_secs)
        .ok_or_else(refused)
}

fn path<'a>(
    metric: &str,
    app: Option<&str>,
    route: Option<&str>,
    filters: impl Iterator<Item = &'a str>,
    since: Duration,
    now: OffsetDateTime,
) -> Result<String, String> {
    let written = |instant: OffsetDateTime| instant.format(&Rfc3339).map_err(|error| error.to_string());
    let mut path = format!("/api/v1/explain?metric={}", encoded(metric));
    let mut add = |name: &str, value: &str| path.extend(["&", name, "=", &encoded(value)]);
    add("from", &written(now - since)?);
    add("to", &written(now)?);
    if let Some(app) = app {
        add("app", app);
    }
    if let Some(route) = route {
        add("filter", &format!("route:{route}"));
    }
    filters.for_each(|filter| add("filter", filter));
    Ok(path)
}

/// Percent-encoding of everything but RFC 3986's unreserved characters.
fn encoded(text: &str) -> String {
    let letters = text.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    letters.collect()
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn the_question_is_written_with_everything_encoded() {
        let now = datetime!(2026-03-01 12:00 UTC);
        let path = path("lcp", None, Some("/a&b ü"), ["country:SG"].into_iter(), Duration::from_secs(7200), now);
        assert_eq!(
            path.expect("a path"),
            "/api/v1/explain?metric=lcp&from=2026-03-01T10%3A00%3A00Z&to=2026-03-01T12%3A00%3A00Z\
             &filter=route%3A%2Fa%26b%20%C3%BC&filter=country%3ASG"
        );
    }

    #[test]
    fn spans_of_time_are_read_and_others_refused() {
        assert_eq!(since("2h"), Ok(Duration::from_secs(7200)));
        assert_eq!(since("30m"), Ok(Duration::from_secs(1800)));
        for text in ["", "h", "2", "-1h", "2w", "0m", "99999999999999999999d", "18446744073709551615d", "2ü"] {
            assert!(since(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_refusal_says_what_to_do() {
        let body = r#"{"error":{"code":"bad_request","message":"there is no metric `x`","hint":"use lcp"}}"#;
        assert_eq!(refusal(body).as_deref(), Some("there is no metric `x`; use lcp"));
        assert_eq!(refusal("<html>"), None);
    }

    #[tokio::test]
    async fn without_a_server_it_says_how_to_get_one() {
        let matches = command().get_matches_from(["explain", "--server", "127.0.0.1:1"]);
        let error = run(&matches).await.expect_err("nobody listens on port 1");
        assert!(error.contains("limen serve"), "{error}");
    }
}
