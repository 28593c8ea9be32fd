//! A mean of a vital hides those who wait longest: questions ask for percentiles and shares only.

use std::fs;
use std::path::{Path, PathBuf};

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The engine's names of means, with and without their many suffixes.
fn asks_for_a_mean(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let mut calls =
        text.split('(').filter_map(|before| before.rsplit(|letter: char| !letter.is_ascii_alphanumeric()).next());
    calls.any(|name| name.starts_with("avg") || name == "mean")
}

#[test]
fn number_37_no_question_asks_for_a_mean() {
    let sql: Vec<PathBuf> = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "sql" || end == "rs"))
        .collect();
    assert!(sql.iter().any(|path| path.ends_with("vitals.sql")), "the questions are elsewhere");
    for path in sql {
        assert!(!asks_for_a_mean(&fs::read_to_string(&path).expect("a text")), "{} asks for a mean", path.display());
    }
    assert!(asks_for_a_mean("SELECT avgWeighted(lcp, weight)") && asks_for_a_mean("select AVG(lcp)"));
}
