//! A source map, read within bounds: from a place in a script to the place in its source.

use sourcemap::DecodedMap;
use thiserror::Error;

use crate::enclosing::enclosing;
use crate::limits::{CONTEXT_LINE_CHARS_MAX, CONTEXT_LINES, FUNCTION_BYTES_MAX, MAP_BYTES_MAX};

/// A map that was read.
pub struct SourceMap(DecodedMap);

/// Why a map cannot be used.
#[derive(Debug, Error)]
pub enum MapFault {
    #[error("the source map has {0} bytes, and {MAP_BYTES_MAX} are read at most")]
    TooLarge(usize),
    #[error("this is no source map that can be read: {0}")]
    Damaged(String),
}

/// A place in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// Path of the source as the bundler wrote it, without its own prefixes.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in UTF-16 units.
    pub column: u32,
    /// The function around it, where the map or the look of the source tells.
    pub scope: Option<String>,
    /// Whether the map says that people need not look at it.
    pub ignored: bool,
    /// Lines of the source around it, with the number of the first.
    pub context: Option<(u32, Vec<String>)>,
}

impl SourceMap {
    pub fn read(bytes: &[u8]) -> Result<Self, MapFault> {
        if bytes.len() > MAP_BYTES_MAX {
            return Err(MapFault::TooLarge(bytes.len()));
        }
        let map = sourcemap::decode_slice(bytes).map_err(|error| MapFault::Damaged(error.to_string()))?;
        let map = match map {
            // Sections are looked up one in another; flat is quicker, and shows at once what is wrong with one.
            DecodedMap::Index(index) => {
                DecodedMap::Regular(index.flatten().map_err(|error| MapFault::Damaged(error.to_string()))?)
            }
            other => other,
        };
        Ok(SourceMap(map))
    }

    /// `line` and `column` from 1, as stack traces count; nothing if no mapping of that line stands at or before it.
    pub fn find(&self, line: u32, column: u32) -> Option<Position> {
        let (line, column) = (line.checked_sub(1)?, column.saturating_sub(1));
        let token = self.0.lookup_token(line, column).filter(|token| token.get_dst_line() == line)?;
        let source = token.get_source()?;
        let (at_line, at_column) = token.get_src();
        let scope = match &self.0 {
            DecodedMap::Hermes(hermes) => hermes.get_scope_for_token(token).map(short),
            _ => None,
        };
        Some(Position {
            file: tidy(source).to_owned(),
            line: at_line.saturating_add(1),
            column: at_column.saturating_add(1),
            scope: scope.or_else(|| token.get_source_view().and_then(|view| scope_of(view, at_line))),
            ignored: token.sourcemap().ignore_list().any(|id| *id == token.get_src_id()),
            context: token.get_source_view().and_then(|view| context(view, at_line)),
        })
    }
}

fn scope_of(view: &sourcemap::SourceView, line: u32) -> Option<String> {
    enclosing(line, |line| view.get_line(line)).map(short)
}

fn context(view: &sourcemap::SourceView, line: u32) -> Option<(u32, Vec<String>)> {
    view.get_line(line)?;
    let first = line.saturating_sub(CONTEXT_LINES);
    let lines = (first..=line.saturating_add(CONTEXT_LINES)).map_while(|at| view.get_line(at));
    let lines = lines.map(|text| text.chars().take(CONTEXT_LINE_CHARS_MAX).collect());
    Some((first + 1, lines.collect()))
}

fn short(name: &str) -> String {
    name.chars().take(FUNCTION_BYTES_MAX / 4).collect()
}

/// Bundlers write `webpack://shop/./src/a.ts`, `../../src/a.ts` or `/@fs/src/a.ts` for one and the same file.
fn tidy(source: &str) -> &str {
    let path = match source.split_once("://") {
        Some((scheme, rest)) if !scheme.starts_with("http") => rest.split_once('/').map_or(rest, |(_, path)| path),
        Some((_, rest)) => rest.find('/').map_or(rest, |at| &rest[at + 1..]),
        None => source,
    };
    let path = path.split('?').next().unwrap_or_default();
    let mut path = path.trim_start_matches("/@fs/");
    while let Some(rest) = ["./", "../", "/", "\0"].iter().find_map(|start| path.strip_prefix(start)) {
        path = rest;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_source_has_one_name_whatever_built_it() {
        for name in
            ["webpack://shop/./src/a.ts", "../../src/a.ts", "src/a.ts", "/src/a.ts?x", "https://h.example/src/a.ts"]
        {
            assert_eq!(tidy(name), "src/a.ts", "{name}");
        }
    }

    const MAP: &[u8] = br#"{"version":3,"sources":["src/a.ts"],"sourcesContent":["one\ntwo\nthree"],"names":["pay"],"mappings":"AACAA,SAASC"}"#;

    #[test]
    fn a_place_is_found_with_its_lines() {
        let map = SourceMap::read(&br#"{"version":3,"sources":["src/a.ts"],"sourcesContent":["one\ntwo\nthree"],"names":["pay"],"mappings":"AACAA"}"#[..]).expect("a map");
        let found = map.find(1, 40).expect("found");
        assert_eq!((found.file.as_str(), found.line, found.column), ("src/a.ts", 2, 1));
        assert_eq!(found.context, Some((1, vec!["one".to_owned(), "two".to_owned(), "three".to_owned()])));
        assert_eq!(map.find(2, 1), None, "no mapping of that line");
        assert_eq!(map.find(0, 0), None);
    }

    #[test]
    fn what_is_no_map_is_refused() {
        assert!(SourceMap::read(MAP).is_err(), "a name that is not there");
        for text in ["", "[]", "{}", r#"{"version":3}"#, r#"{"version":3,"sources":[],"names":[],"mappings":"!!"}"#] {
            if let Ok(map) = SourceMap::read(text.as_bytes()) {
                assert_eq!(map.find(1, 1), None, "{text}");
            }
        }
    }
}
