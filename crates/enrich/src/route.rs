//! Route templates: `/product/4711/reviews` becomes `/product/:id/reviews`, so that a page is one row and not one
//! per product. Linear in the length of the path.

use std::borrow::Cow;

use limen_model::Text;

use crate::limits::{ROUTE_SEGMENT_BYTES_MAX, ROUTE_SEGMENTS_MAX};
use crate::url;

/// The template of a URL's path.
pub(crate) fn of_url<'a>(url: &Text<'a>) -> Text<'a> {
    match url {
        Cow::Borrowed(url) => template(url::path(url)),
        Cow::Owned(url) => Cow::Owned(template(url::path(url)).into_owned()),
    }
}

/// The template of a path; empty when there is no path.
pub(crate) fn template(path: &str) -> Cow<'_, str> {
    if path.is_empty() || path == "/" {
        return Cow::Borrowed(path);
    }
    let mut template = String::new();
    // What follows `;` belongs to one session or one choice: `/cart;jsessionid=…`.
    let segments = path.split('/').map(|segment| segment.split(';').next().unwrap_or_default());
    for (at, segment) in segments.filter(|segment| !segment.is_empty()).enumerate() {
        template.push('/');
        if at == ROUTE_SEGMENTS_MAX {
            template.push('*');
            break;
        }
        template.push_str(if is_variable(segment) { ":id" } else { segment });
    }
    if template.is_empty() {
        template.push('/');
    }
    if template == path { Cow::Borrowed(path) } else { Cow::Owned(template) }
}

/// Whether a segment names one thing of many rather than a kind of page.
fn is_variable(segment: &str) -> bool {
    if segment.starts_with(':') {
        return segment.len() > ROUTE_SEGMENT_BYTES_MAX;
    }
    if segment.len() > ROUTE_SEGMENT_BYTES_MAX
        || segment.contains('@')
        || segment.contains("%40")
        || segment.contains("[redacted:")
    {
        return true;
    }
    let parts = || segment.split(['-', '_', '.', '~', ',', ':']).filter(|part| !part.is_empty());
    let all_numbers = parts().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    (all_numbers && parts().next().is_some()) || parts().any(is_variable_part) || is_uuid(segment)
}

fn is_variable_part(part: &str) -> bool {
    let bytes = part.as_bytes();
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    if digits == 0 {
        return false;
    }
    let letters = bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let capitals = bytes.iter().filter(|byte| byte.is_ascii_uppercase()).count();
    let longest_number = bytes.split(|byte| !byte.is_ascii_digit()).map(<[u8]>::len).max().unwrap_or(0);
    let is_hex = bytes.iter().all(u8::is_ascii_hexdigit);
    // `2024` between words, `order12345`, `3f2a9c1b`, `dQw4w9WgXcQ`, and long tokens of any making.
    (digits == bytes.len() && digits >= 4)
        || longest_number >= 5
        || (is_hex && bytes.len() >= 8)
        || (bytes.len() >= 10 && capitals > 0 && capitals < letters)
        || (bytes.len() >= 16 && digits >= 3)
}

/// Most uuids are seen by their parts; one whose parts are all letters is seen by its shape.
fn is_uuid(segment: &str) -> bool {
    segment.len() == 36
        && segment.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(path: &str, expected: &str) {
        assert_eq!(template(path), expected, "{path}");
    }

    #[test]
    fn words_stay() {
        for path in
            ["/", "/cart", "/en-US/help", "/api/v2/orders", "/top-10", "/h264", "/page2", "/über/uns", "/index.html"]
        {
            check(path, path);
            assert!(matches!(template(path), Cow::Borrowed(_)), "{path}");
        }
    }

    #[test]
    fn numbers_and_dates_become_id() {
        check("/product/4711", "/product/:id");
        check("/product/7/reviews/-3", "/product/:id/reviews/:id");
        check("/blog/2024-01-02/news", "/blog/:id/news");
        check("/order12345", "/:id");
        check("/shoes-red-98765", "/:id");
    }

    #[test]
    fn uuids_hashes_and_tokens_become_id() {
        check("/u/550e8400-e29b-41d4-a716-446655440000", "/u/:id");
        check("/u/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", "/u/:id");
        check("/commit/3f2a9c1b", "/commit/:id");
        check("/assets/app.3f2a9c1b77.js", "/assets/:id");
        check("/watch/dQw4w9WgXcQ", "/watch/:id");
        check("/s/eyjhbgcioijiuzi1niisinr5cci6", "/s/:id");
        check(&format!("/x/{}", "y".repeat(65)), "/x/:id");
    }

    #[test]
    fn addresses_of_people_become_id() {
        check("/user/jo@shop.example", "/user/:id");
        check("/user/jo%40shop.example", "/user/:id");
    }

    #[test]
    fn slashes_are_put_in_order_and_parameters_go() {
        check("/cart/", "/cart");
        check("//cart//now", "/cart/now");
        check("///", "/");
        check("/cart;jsessionid=1A2B/now", "/cart/now");
        check("/;/0", "/:id");
    }

    #[test]
    fn a_path_that_goes_on_and_on_is_cut() {
        check("/a/a/a/a/a/a/a/a/a/a/a/a/a/a", "/a/a/a/a/a/a/a/a/a/a/a/a/*");
    }

    #[test]
    fn a_template_stays_as_it_is() {
        check("/product/:id/:size", "/product/:id/:size");
    }

    proptest! {
        #[test]
        fn templating_twice_changes_nothing_and_the_length_is_bounded(path in "(/[a-zA-Z0-9:;%@._~-]{0,80}){0,20}/?") {
            let once = template(&path).into_owned();
            prop_assert_eq!(&*template(&once), &once);
            prop_assert!(once.len() <= ROUTE_SEGMENTS_MAX * (ROUTE_SEGMENT_BYTES_MAX + 1) + 2);
        }

        #[test]
        fn any_text_has_a_template(path in any::<String>()) {
            template(&path);
        }
    }
}
