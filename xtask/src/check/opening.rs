//! Every file opens with a comment that says what it is for, so that nobody has to read on to find out.

use super::Finding;
use super::sources::Source;

/// How the first line begins, by ending. What is not listed (Markdown, JSON, TOML) says it in another way.
const OPENINGS: &[(&str, &[&str])] = &[
    ("rs", &["//! "]),
    ("ts", &["// ", "/** "]),
    ("mjs", &["// ", "/** "]),
    ("js", &["// ", "/** "]),
    ("svelte", &["<!-- ", "<!--"]),
    ("css", &["/* "]),
    ("sql", &["-- "]),
    ("py", &["# ", "\"\"\""]),
    ("sh", &["# "]),
];

pub fn check(source: &Source) -> Vec<Finding> {
    let Some((_, openings)) = OPENINGS.iter().find(|(ending, _)| *ending == source.ending()) else { return Vec::new() };
    if source.is_generated() {
        return Vec::new();
    }
    let mut lines = source.text.lines().enumerate();
    let mut first = lines.next();
    if first.is_some_and(|(_, line)| line.starts_with("#!/")) {
        first = lines.next();
    }
    let (number, line) = first.unwrap_or((0, ""));
    if openings.iter().any(|opening| line.starts_with(opening)) {
        return Vec::new();
    }
    let reason =
        format!("the first line must say what the file is for, in one sentence after `{}`", openings[0].trim());
    vec![Finding::new(&source.path, number + 1, reason)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_an_opening_sentence_is_found() {
        assert_eq!(check(&Source::of("a.rs", "use std::fs;\n")).len(), 1);
        assert_eq!(check(&Source::of("a.ts", "")).len(), 1);
        assert!(check(&Source::of("a.rs", "//! Counts.\n")).is_empty());
        assert!(check(&Source::of("a.mjs", "#!/usr/bin/env node\n// Counts.\n")).is_empty());
    }

    #[test]
    fn data_needs_no_opening_sentence() {
        assert!(check(&Source::of("package.json", "{}")).is_empty());
    }
}
