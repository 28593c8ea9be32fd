//! URLs without what may be secret: credentials, the values of the query, fragments that are data.
//!
//! The agent has done the same before it sent; other senders have not.

use std::borrow::Cow;

use limen_model::Text;

/// The URL with credentials and query values removed; the names of the query stay: `/search?q=&page=`.
pub(crate) fn strip(url: Text<'_>) -> Text<'_> {
    if url.starts_with("data:") {
        return Cow::Borrowed("data:");
    }
    if !url.contains(['?', '#', '@']) {
        return url;
    }
    let mut stripped = String::with_capacity(url.len());
    push_stripped(&url, &mut stripped);
    if stripped == *url { url } else { Cow::Owned(stripped) }
}

/// A query string on its own, without its values.
pub(crate) fn strip_query(query: Text<'_>) -> Text<'_> {
    let mut stripped = String::with_capacity(query.len());
    push_names(&query, &mut stripped);
    if stripped == *query { query } else { Cow::Owned(stripped) }
}

/// A text in which URLs stand, such as a stack trace: each is stripped, the positions behind them stay.
pub(crate) fn strip_within(text: Text<'_>) -> Text<'_> {
    if !text.contains("://") || !text.contains(['?', '#', '@']) {
        return text;
    }
    let mut stripped = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(at) = rest.find("://") {
        let (before, tail) = rest.split_at(at);
        let ends_url = |c: char| c.is_whitespace() || "\"'`()<>,|".contains(c);
        let (url, after) = tail.split_at(tail.find(ends_url).unwrap_or(tail.len()));
        let (url, position) = url.split_at(url.len() - position_length(url));
        stripped.push_str(before);
        push_stripped(url, &mut stripped);
        stripped.push_str(position);
        rest = after;
    }
    stripped.push_str(rest);
    if stripped == *text { text } else { Cow::Owned(stripped) }
}

/// The path of a URL or of a reference that starts with its path; empty when there is none.
pub(crate) fn path(url: &str) -> &str {
    let from_path = match url.split_once("://") {
        Some((scheme, rest)) if !scheme.contains(['/', '?', '#']) => {
            &rest[rest.find(['/', '?', '#']).unwrap_or(rest.len())..]
        }
        _ => url,
    };
    let path = &from_path[..from_path.find(['?', '#']).unwrap_or(from_path.len())];
    if path.starts_with('/') { path } else { "" }
}

fn push_stripped(url: &str, out: &mut String) {
    let (url, fragment) = url.split_once('#').unwrap_or((url, ""));
    let (place, query) = url.split_once('?').map_or((url, None), |(place, query)| (place, Some(query)));
    match place.split_once("://") {
        Some((scheme, rest)) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            out.push_str(scheme);
            out.push_str("://");
            out.push_str(authority.rsplit_once('@').map_or(authority, |(_, host)| host));
            out.push_str(path);
        }
        None => out.push_str(place),
    }
    if let Some(query) = query {
        out.push('?');
        push_names(query, out);
    }
    // A fragment is an anchor or the route of a page that routes by it; with `=` it is data, often a token.
    let fragment = fragment.split('?').next().unwrap_or_default();
    if !fragment.is_empty() && !fragment.contains(['=', '&']) {
        out.push('#');
        out.push_str(fragment);
    }
}

fn push_names(query: &str, out: &mut String) {
    for (at, pair) in query.split('&').enumerate() {
        if at > 0 {
            out.push('&');
        }
        match pair.split_once('=') {
            Some((name, _)) => {
                out.push_str(name);
                out.push('=');
            }
            None => out.push_str(pair),
        }
    }
}

/// How many bytes at the end are `:line` or `:line:column`.
fn position_length(url: &str) -> usize {
    let number = |text: &str| {
        let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
        let colon = digits > 0 && text.as_bytes()[..text.len() - digits].ends_with(b":");
        if colon { digits + 1 } else { 0 }
    };
    let last = number(url);
    last + if last > 0 { number(&url[..url.len() - last]) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expected: &str) {
        assert_eq!(strip(url.into()), expected);
        assert_eq!(strip(expected.into()), expected, "a stripped URL stays as it is");
    }

    #[test]
    fn query_values_go_and_names_stay() {
        check("https://shop.example/search?q=shoes&page=2", "https://shop.example/search?q=&page=");
        check("/cart?token=abc#top", "/cart?token=#top");
        check("https://shop.example/a?flag", "https://shop.example/a?flag");
    }

    #[test]
    fn credentials_go() {
        check("https://user:secret@shop.example:8443/a", "https://shop.example:8443/a");
        check("https://shop.example/@name", "https://shop.example/@name");
    }

    #[test]
    fn a_fragment_with_data_goes_and_an_anchor_or_route_stays() {
        check("https://shop.example/#access_token=abc&x=1", "https://shop.example/");
        check("https://shop.example/#/product/7?q=1", "https://shop.example/#/product/7");
        check("https://shop.example/faq#returns", "https://shop.example/faq#returns");
        check("data:image/png;base64,AAAA", "data:");
    }

    #[test]
    fn a_url_without_secrets_is_not_copied() {
        assert!(matches!(strip("https://shop.example/cart".into()), Cow::Borrowed(_)));
        assert!(matches!(strip("https://shop.example/faq#top".into()), Cow::Borrowed(_)));
    }

    #[test]
    fn stack_frames_keep_their_positions() {
        let stack =
            "Error: no\n    at pay (https://shop.example/app.js?v=9&key=s:10:5)\n    at https://cdn.example/x.js:1:2";
        let expected =
            "Error: no\n    at pay (https://shop.example/app.js?v=&key=:10:5)\n    at https://cdn.example/x.js:1:2";
        assert_eq!(strip_within(stack.into()), expected);
        assert_eq!(
            strip_within("pay@https://shop.example/app.js?v=9:10:5".into()),
            "pay@https://shop.example/app.js?v=:10:5"
        );
        assert_eq!(strip_within("is it? mail@shop.example".into()), "is it? mail@shop.example");
    }

    #[test]
    fn finds_the_path() {
        for (url, expected) in [
            ("https://shop.example/a/b?x=1#y", "/a/b"),
            ("https://shop.example", ""),
            ("https://shop.example?x=/1", ""),
            ("/a?u=http://b/c", "/a"),
            ("about:blank", ""),
            ("", ""),
        ] {
            assert_eq!(path(url), expected, "{url}");
        }
    }
}
