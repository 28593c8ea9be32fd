//! A file does one thing; past 400 lines it does two.

use super::Finding;
use super::sources::Source;

const FILE_LINES_MAX: usize = 400;
const ENDINGS: &[&str] = &["rs", "ts", "svelte", "mjs", "js", "css", "py", "sql"];

pub fn check(source: &Source) -> Vec<Finding> {
    let lines = source.text.lines().count();
    if lines <= FILE_LINES_MAX || source.is_generated() || !ENDINGS.contains(&source.ending()) {
        return Vec::new();
    }
    let reason =
        format!("{lines} lines; a file does one thing and has {FILE_LINES_MAX} at most: split it by what it does");
    vec![Finding::new(&source.path, lines, reason)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_400_lines_is_the_longest() {
        assert!(check(&Source::of("a.rs", &"\n".repeat(400))).is_empty());
        assert_eq!(check(&Source::of("a.rs", &"\n".repeat(401))).len(), 1);
        assert!(check(&Source::of("snapshots/a.rs", &"\n".repeat(401))).is_empty());
    }
}
