//! `limen explain`: asks a running server why a vital got slower, and prints the answer as Markdown.

use std::time::Duration;

use clap::{Arg, ArgMatches, Command};
use hyper::body::Bytes;
use hyper::{Method, header};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::ask::{self, Asked, ask, encoded};
use crate::limits::{ANSWER_WITHIN, EXPLANATION_BYTES_MAX};

pub fn command() -> Command {
    let text = |name: &'static str, help: &'static str| Arg::new(name).long(name).value_name("TEXT").help(help);
    Command::new("explain")
        .about("Asks a running server why a vital got slower, and prints the answer as Markdown")
        .arg(text("metric", "lcp, inp, cls, fcp, ttfb or transition").default_value("lcp"))
        .arg(text("since", "How far back to look: 30m, 2h or 1d").default_value("1h"))
        .arg(text("route", "Only this route"))
        .arg(text("filter", "dimension:value; may be given several times").action(clap::ArgAction::Append))
        .arg(text("app", "Slug of the application; left out, the first one"))
        .arg(text("server", "Host and port of the server").default_value("127.0.0.1:4600"))
}

/// The answer in words, or why there is none.
pub async fn run(arguments: &ArgMatches) -> Result<String, String> {
    let text = |name: &str| arguments.get_one::<String>(name).map(String::as_str);
    let server = ask::server(text("server").unwrap_or_default())?;
    let filters = arguments.get_many::<String>("filter").into_iter().flatten().map(String::as_str);
    let path = path(
        text("metric").unwrap_or_default(),
        text("app"),
        text("route"),
        filters,
        since(text("since").unwrap_or_default())?,
        OffsetDateTime::now_utc(),
    )?;
    let asked = Asked {
        method: Method::GET,
        path: &path,
        headers: &[(header::ACCEPT, "text/markdown")],
        body: Bytes::new(),
        answer_bytes_max: EXPLANATION_BYTES_MAX,
        within: ANSWER_WITHIN,
    };
    let (_, answer) = ask(server, asked).await.map_err(|none| none.to_string())?;
    Ok(answer)
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

    #[tokio::test]
    async fn without_a_server_it_says_how_to_get_one() {
        let matches = command().get_matches_from(["explain", "--server", "127.0.0.1:1"]);
        let error = run(&matches).await.expect_err("nobody listens on port 1");
        assert!(error.contains("limen serve"), "{error}");
    }
}
