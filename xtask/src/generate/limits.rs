//! `docs/limits.md`: every bound of every crate with its number, as the files that hold them say it.

use std::fmt::Write;
use std::fs;

use anyhow::{Context, Result, bail, ensure};

use crate::workspace::Workspace;

pub const PAGE: &str = "docs/limits.md";

/// The crates in the order in which data flows, and what a reader knows them by.
const CRATES: &[(&str, &str)] = &[
    ("server", "Requests, connections and what an application may send"),
    ("ingest", "One body"),
    ("enrich", "Columns and times"),
    ("store", "What waits to be written"),
    ("engine", "The engine's process"),
    ("query", "One question"),
];

const BEGINNING: &str = "# Limits\n\n\
    Generated from `crates/*/src/limits.rs` by `cargo xtask generate`: do not edit.\n\n\
    Whatever a stranger can grow has a bound. What an application may send (its origins, its pace, its quotas) is set for each \
    with `PUT /api/v1/admission`; the numbers here hold until then. What a bound takes away is counted by name and can be read \
    at `/api/v1/outcomes`. A name that ends in `MAX` is the most that is taken.\n";

pub fn page(workspace: &Workspace) -> Result<String> {
    let mut page = BEGINNING.to_owned();
    for (name, title) in CRATES {
        let path = format!("crates/{name}/src/limits.rs");
        let source = fs::read_to_string(workspace.path(&path)).with_context(|| format!("could not read {path}"))?;
        let rows = rows(&source);
        ensure!(!rows.is_empty(), "{path} has no limits that this tool can read");
        // Writing to a text cannot fail.
        let _ = write!(page, "\n## {title}\n\n| limit | number | meaning |\n|---|--:|---|\n");
        for Row { name, number, meaning } in rows {
            let _ = writeln!(page, "| `{name}` | {number} | {} |", meaning.replace('|', "\\|"));
        }
    }
    Ok(page)
}

/// Fails when the page is not what the files say.
pub fn page_is_fresh(workspace: &Workspace) -> Result<()> {
    if fs::read_to_string(workspace.path(PAGE)).unwrap_or_default() != page(workspace)? {
        bail!("{PAGE} is stale: run `cargo xtask generate`");
    }
    println!("{PAGE} is up to date");
    Ok(())
}

#[derive(Debug, PartialEq)]
struct Row {
    name: String,
    number: String,
    meaning: String,
}

/// Constants, and fields of the one structure whose constants are a public door and one for services.
fn rows(source: &str) -> Vec<Row> {
    let (mut rows, mut meaning, mut new_meaning): (Vec<Row>, String, bool) = (Vec::new(), String::new(), true);
    for line in source.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("///") {
            if new_meaning {
                meaning.clear();
            }
            meaning = format!("{meaning}{words}").trim().to_owned();
            new_meaning = false;
            continue;
        }
        new_meaning = true;
        let item = line.strip_prefix("pub(crate) ").or_else(|| line.strip_prefix("pub "));
        if let Some((name, number)) = item.and_then(constant) {
            rows.push(Row { name, number, meaning: meaning.clone() });
        } else if let Some((name, _)) = item.and_then(|item| item.trim_end_matches(',').split_once(": "))
            && !name.contains(' ')
        {
            let number = values_of(source, name).join(" / ");
            rows.push(Row { name: name.to_owned(), number, meaning: meaning.clone() });
        }
    }
    rows
}

/// `const NAME: TYPE = VALUE;`, unless its value is a structure.
fn constant(item: &str) -> Option<(String, String)> {
    let (name, rest) = item.strip_prefix("const ")?.split_once(": ")?;
    let value = rest.split_once(" = ")?.1.strip_suffix(';')?;
    Some((name.to_owned(), readable(value)))
}

/// What the constants of a structure give one of its fields.
fn values_of(source: &str, field: &str) -> Vec<String> {
    let given = |line: &str| Some(readable(line.trim().strip_prefix(field)?.strip_prefix(": ")?.strip_suffix(',')?));
    let mut values: Vec<String> = source.lines().filter_map(given).collect();
    values.dedup();
    values
}

/// `64 * 1024` as `64 KiB`, a `Duration` with its unit.
fn readable(value: &str) -> String {
    if let Some((unit, number)) = value.strip_prefix("Duration::from_").and_then(|rest| rest.split_once('(')) {
        let unit = match unit {
            "secs" => "s",
            "millis" => "ms",
            other => other,
        };
        return format!("{} {unit}", readable(number.trim_end_matches(')')));
    }
    let shared = value.replace('_', "").replace(" as u64", "");
    let sized = shared.replace(" * 1024 * 1024 * 1024", " GiB").replace(" * 1024 * 1024", " MiB");
    let sized = sized.replace(" * 1024", " KiB").replace(" * MIB", " MiB").replace(" * KIB", " KiB");
    match sized.as_str() {
        "MIB" => "1 MiB".to_owned(),
        "KIB" => "1 KiB".to_owned(),
        _ => sized.replace('*', "×"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_constants_with_their_units_and_two_of_one_meaning() {
        let source = "//! Limits.\n\nconst KIB: usize = 1024;\n/// Names, and\n/// bytes of each.\npub const NAMES_MAX: usize = 5_000;\n\
                      pub(crate) const NAME_BYTES_MAX: usize = 64 * KIB;\n/// A time.\npub const WITHIN: Duration = Duration::from_secs(5);\n";
        let row = |name: &str, number: &str, meaning: &str| Row {
            name: name.to_owned(),
            number: number.to_owned(),
            meaning: meaning.to_owned(),
        };
        let meaning = "Names, and bytes of each.";
        let expected = [
            row("NAMES_MAX", "5000", meaning),
            row("NAME_BYTES_MAX", "64 KiB", meaning),
            row("WITHIN", "5 s", "A time."),
        ];
        assert_eq!(rows(source), expected);
    }

    #[test]
    fn a_field_has_the_numbers_of_both_doors_or_the_one_they_share() {
        let source = "pub struct Limits {\n    /// Bytes.\n    pub body_bytes_max: usize,\n    /// Levels.\n    pub depth_max: usize,\n}\n\
                      pub const A: Limits = Limits {\n    body_bytes_max: 64 * KIB,\n    depth_max: 8,\n};\n\
                      pub const B: Limits = Limits {\n    body_bytes_max: 4 * MIB,\n    depth_max: 8,\n};\n";
        let numbers: Vec<_> = rows(source).into_iter().map(|row| row.number).collect();
        assert_eq!(numbers, ["64 KiB / 4 MiB", "8"]);
    }

    #[test]
    fn the_limits_of_every_crate_are_found() {
        let workspace = Workspace::find().expect("the tests run inside it");
        let page = page(&workspace).expect("a page");
        for part in ["| `body_bytes_max` | 64 KiB / 4 MiB |", "| `HEAD_WITHIN` | 5 s |", "| `RANGE_DAYS_MAX` | 400 |"] {
            assert!(page.contains(part), "{part}");
        }
    }
}
