//! What stays of a name, a file or a message when the next build, another visitor or another record comes.

/// What stands in place of what changes.
const ANY: char = '*';

/// The path of a file without its origin, with hashes of builds, ids and versions replaced: `/assets/index-*.js`.
pub fn file(url: &str) -> String {
    let path = path_of(url);
    let segments: Vec<String> = path.split('/').map(segment).collect();
    segments.join("/")
}

/// Without origin, query and fragment, and without the folders that bundlers write before the names of sources.
pub fn path_of(url: &str) -> &str {
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => url,
    };
    path.split(['?', '#']).next().unwrap_or_default()
}

fn segment(segment: &str) -> String {
    let ending = segment.rfind('.').filter(|at| *at > 0).map_or("", |at| &segment[at..]);
    // The last part of a version is no ending.
    let ending = if is_hash(ending.trim_start_matches('.')) { "" } else { ending };
    let stem = &segment[..segment.len() - ending.len()];
    if is_uuid(stem) {
        return format!("{ANY}{ending}");
    }
    // Vite writes `name-HASH`, and its hash of 8 may hold dashes itself.
    if let Some((at, hash)) = stem.char_indices().rev().nth(7).and_then(|(at, _)| Some((at, stem.get(at..)?)))
        && at > 1
        && matches!(stem.as_bytes()[at - 1], b'-' | b'.' | b'_')
        && is_hash(hash)
    {
        return format!("{}{ANY}{ending}", &stem[..at]);
    }
    let mut shaped = String::with_capacity(segment.len());
    for part in stem.split_inclusive(['.', '-', '_', '~', '@']) {
        let word = part.trim_end_matches(['.', '-', '_', '~', '@']);
        if is_hash(word) || is_version(word) {
            shaped.push(ANY)
        } else {
            shaped.push_str(word)
        }
        shaped.push_str(&part[word.len()..]);
    }
    // The parts of a version are one thing that changes.
    while let Some(at) = shaped.find("*-*").or_else(|| shaped.find("*.*")) {
        shaped.replace_range(at..at + 3, "*");
    }
    shaped + ending
}

fn is_uuid(word: &str) -> bool {
    let dash = |at: usize| matches!(at, 8 | 13 | 18 | 23);
    word.len() == 36 && word.bytes().enumerate().all(|(at, b)| if dash(at) { b == b'-' } else { b.is_ascii_hexdigit() })
}

/// A number, a hexadecimal number, or letters and digits mixed as no word is.
fn is_hash(word: &str) -> bool {
    let count = |test: fn(&char) -> bool| word.chars().filter(test).count();
    let digits = count(char::is_ascii_digit);
    let hexadecimal = word.len() >= 6 && digits > 0 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let upper = count(char::is_ascii_uppercase);
    let lower = count(char::is_ascii_lowercase);
    let turns = word.as_bytes().windows(2).filter(|two| two[0].is_ascii_lowercase() && two[1].is_ascii_uppercase());
    let mixed =
        word.len() >= 8 && plain && lower + upper > 0 && (digits > 0 && upper > 0 || digits > 1 || turns.count() > 1);
    hexadecimal || mixed || (!word.is_empty() && digits == word.len())
}

fn is_version(word: &str) -> bool {
    word.strip_prefix('v').is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A message without what differs from visitor to visitor: numbers, ids, addresses, and names that a minifier gave.
pub fn message(text: &str) -> String {
    let mut shaped = String::with_capacity(text.len());
    let first = text.lines().next().unwrap_or_default();
    for piece in
        first.split_inclusive(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';' | '\'' | '"' | '`'))
    {
        let word = piece.trim_end_matches(|c: char| c.is_whitespace() || "(),;'\"`".contains(c));
        if is_address(word) {
            shaped.push(ANY)
        } else {
            push_words(word, &mut shaped)
        }
        shaped.push_str(&piece[word.len()..]);
    }
    without_minified(shaped)
}

fn is_address(word: &str) -> bool {
    word.contains("://") || (word.contains('@') && word.contains('.')) || (word.starts_with('/') && word.len() > 1)
}

fn push_words(word: &str, shaped: &mut String) {
    for part in word.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let core = part.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !core.is_empty() && (core.bytes().any(|byte| byte.is_ascii_digit()) && !is_known(core)) {
            if !shaped.ends_with("*-") && !shaped.ends_with("*.") {
                shaped.push(ANY);
            } else {
                // Parts of one id.
                shaped.pop();
            }
        } else {
            shaped.push_str(core);
        }
        shaped.push_str(&part[core.len()..]);
    }
}

/// Names with a digit that are words of the field.
fn is_known(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "utf8"
            | "utf16"
            | "base64"
            | "http2"
            | "http3"
            | "h1"
            | "h2"
            | "h3"
            | "i18n"
            | "a11y"
            | "e2e"
            | "oauth2"
            | "sha256"
            | "es6"
    )
}

/// `t is not a function` is `e is not a function` in the next build.
fn without_minified(text: String) -> String {
    const ENDS: [&str; 5] = [" is not a ", " is not an ", " is not defined", " is not iterable", " is undefined"];
    let Some(at) = ENDS.iter().filter_map(|end| text.find(end)).min() else { return text };
    let subject = &text[..at];
    let begin = subject.rfind(' ').map_or(0, |space| space + 1);
    let name = &subject[begin..];
    let root = name.split(['.', '[', '(']).next().unwrap_or_default();
    if root.is_empty() || root.chars().count() > 2 {
        return text;
    }
    format!("{}{ANY}{}{}", &subject[..begin], &name[root.len()..], &text[at..])
}

/// The name of a function without what runtimes put around it.
pub fn function(name: &str) -> &str {
    let name = name.split(" [as ").next().unwrap_or_default();
    let name = name.strip_prefix("async ").unwrap_or(name);
    let name = name.strip_prefix("new ").unwrap_or(name);
    // Firefox writes the path to a function: `outer/inner/<`.
    let name = name.trim_end_matches(['<', '/']).rsplit('/').next().unwrap_or_default();
    let name = name.rsplit('.').next().unwrap_or_default();
    if matches!(name, "<anonymous>" | "anonymous" | "eval" | "?") { "" } else { name }
}

/// A name that a minifier may have given, which says nothing in the next build.
pub fn is_minified(name: &str) -> bool {
    name.chars().count() <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_of_builds_ids_and_versions_are_replaced_and_words_are_not() {
        for (url, shape) in [
            ("https://shop.example/assets/index-BxY1z_2A.js", "/assets/index-*.js"),
            ("https://shop.example/assets/index-DkXqWzRt.js?v=3", "/assets/index-*.js"),
            ("https://cdn.example/static/js/main.3f2a9b1c.chunk.js", "/static/js/main.*.chunk.js"),
            ("https://cdn.example/static/js/2.3f2a9b1c.chunk.js", "/static/js/*.chunk.js"),
            ("/_next/static/chunks/pages/checkout-0a1b2c3d4e5f6071.js", "/_next/static/chunks/pages/checkout-*.js"),
            ("/builds/123e4567-e89b-12d3-a456-426614174000/app.js", "/builds/*/app.js"),
            ("/v2/app.js", "/*/app.js"),
            ("/1.24.3/app.min.js", "/*/app.min.js"),
            ("/src/components/UserTable.svelte", "/src/components/UserTable.svelte"),
            ("/src/checkout-confirmation.ts", "/src/checkout-confirmation.ts"),
            ("/src/oauth2.ts", "/src/oauth2.ts"),
            ("src/payments.ts", "src/payments.ts"),
            ("", ""),
        ] {
            assert_eq!(file(url), shape, "{url}");
        }
    }

    #[test]
    fn messages_keep_their_words() {
        for (text, shape) in [
            ("no user 17 in cart 123e4567-e89b-12d3-a456-426614174000", "no user * in cart *"),
            (
                "Cannot read properties of undefined (reading 'price')",
                "Cannot read properties of undefined (reading 'price')",
            ),
            ("t is not a function", "* is not a function"),
            ("e.t.load is not a function", "*.t.load is not a function"),
            ("checkout is not defined", "checkout is not defined"),
            ("Failed to fetch https://api.example/v1/users/9?x=1", "Failed to fetch *"),
            ("mail to ann@example.org failed", "mail to * failed"),
            ("Loading chunk 4711 failed.\nmore", "Loading chunk * failed."),
            ("ResourceError: img /pictures/9.png", "ResourceError: img *"),
        ] {
            assert_eq!(message(text), shape);
        }
    }

    #[test]
    fn functions_lose_what_runtimes_put_around_them() {
        for (name, shape) in [
            ("Object.load [as onClick]", "load"),
            ("new Cart", "Cart"),
            ("outer/inner/<", "inner"),
            ("<anonymous>", ""),
            ("com.example.Cart.pay", "pay"),
        ] {
            assert_eq!(function(name), shape);
        }
    }
}
