//! E-mail addresses, and users with passwords in URLs: both are seen by their `@`.

use limen_model::redaction::Secret;

use super::scan::{Found, begins_escaped};

/// Endings of files, which are no ends of addresses: `icon@vendor.js`.
const FILE_ENDINGS: [&str; 16] =
    ["js", "mjs", "cjs", "ts", "jsx", "tsx", "css", "map", "json", "html", "png", "jpg", "jpeg", "gif", "svg", "webp"];

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    // Where the last one ended: nothing before it is looked at again, so hostile texts cost no more than others.
    let mut floor = 0;
    for (at, sign) in text.match_indices(['@', '%']) {
        let encoded = sign == "%";
        if at < floor || (encoded && !text[at..].starts_with("%40")) {
            continue;
        }
        let after = at + if encoded { 3 } else { 1 };
        let one = credentials(text, floor, at).filter(|_| !encoded).or_else(|| email(text, floor, at, after));
        floor = after;
        if let Some(one) = one {
            floor = floor.max(one.end);
            found.push(one);
        }
    }
}

/// `user:password` in `scheme://user:password@host`.
fn credentials(text: &str, floor: usize, at: usize) -> Option<Found> {
    let start = floor + text[floor..at].rfind("://")? + 3;
    let told = &text[start..at];
    let whole = !told.is_empty() && !told.contains(|c: char| c.is_whitespace() || "/\"'<>`".contains(c));
    (whole && told != Secret::Credentials.mark()).then_some(Found { start, end: at, secret: Secret::Credentials })
}

fn email(text: &str, floor: usize, at: usize, after: usize) -> Option<Found> {
    let is_local = |c: char| is_letter(c) || "._%+-".contains(c);
    let local = text[floor..at].char_indices().rev().take_while(|(_, c)| is_local(*c)).last();
    let mut start = floor + local?.0;
    if at - start > 1 && begins_escaped(text.as_bytes(), start) {
        start += 1;
    }
    let end = after + domain_length(&text[after..])?;
    Some(Found { start, end, secret: Secret::Email })
}

/// The bytes of the domain up to its last label that can be the last.
fn domain_length(text: &str) -> Option<usize> {
    let length = text.find(|c: char| !is_letter(c) && c != '.' && c != '-').unwrap_or(text.len());
    let domain = &text[..length];
    let is_number = |label: Option<&str>| label.is_some_and(|label| label.bytes().all(|byte| byte.is_ascii_digit()));
    let mut labels = domain.split('.');
    // A version, or a picture for dense screens: `react@18.2.0`, `logo@2x.png`.
    if is_number(labels.next()) && is_number(labels.next()) || is_density(domain) {
        return None;
    }
    let mut end = None;
    let mut at = 0;
    for label in domain.split('.') {
        if label.is_empty() {
            break;
        }
        at += label.len();
        if at > label.len() && is_last_label(label) {
            end = Some(at);
        }
        at += 1;
    }
    end
}

fn is_last_label(label: &str) -> bool {
    let letters = label.chars().all(char::is_alphabetic) && label.chars().nth(1).is_some();
    (letters || label.starts_with("xn--")) && !FILE_ENDINGS.contains(&label)
}

fn is_density(domain: &str) -> bool {
    domain.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').starts_with("x.") && !domain.starts_with('x')
}

/// Letters of scripts that put spaces between words; in others a whole sentence would belong to the address.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || (c.is_alphabetic() && c < '\u{800}')
}
