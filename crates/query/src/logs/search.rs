//! What one may ask logs for: words, fields with values, levels, each of them negated or not.
//!
//! `timeout level>=warn service:cart -http.route:/health "could not connect" trace:4bf9…`

use std::fmt::Write as _;

use clickhouse::query::Query;
use limen_model::{SpanId, TraceId};

use super::Level;
use crate::ScopeError;
use crate::limits::{SEARCH_BYTES_MAX, SEARCH_TERMS_MAX};
use crate::scope::clipped;

/// A checked search. All its terms must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogSearch {
    terms: Vec<Term>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    negated: bool,
    test: Test,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Test {
    /// Somewhere in the line, whatever its case.
    Word(String),
    /// From one level to another, both included.
    Levels(Level, Level),
    /// A column of the table.
    Column(&'static str, Pattern),
    Trace(TraceId),
    Span(SpanId),
    /// An attribute of the line or of its resource.
    Attribute(String, Pattern),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Pattern {
    Exactly(String),
    StartsWith(String),
    Anything,
}

/// The fields that have columns of their own, by the names that people type.
const COLUMNS: [(&str, &str); 10] = [
    ("service", "service"),
    ("service.name", "service"),
    ("release", "release"),
    ("service.version", "release"),
    ("environment", "environment"),
    ("deployment.environment.name", "environment"),
    ("event", "event_name"),
    ("scope", "scope_name"),
    ("session", "session_id"),
    ("session.id", "session_id"),
];

impl LogSearch {
    pub fn parse(text: &str) -> Result<Self, ScopeError> {
        if text.len() > SEARCH_BYTES_MAX {
            return Err(ScopeError::SearchTooLong { max: SEARCH_BYTES_MAX });
        }
        let mut terms = Vec::new();
        for piece in pieces(text)? {
            terms.push(Term::parse(&piece)?);
        }
        if terms.len() > SEARCH_TERMS_MAX {
            return Err(ScopeError::SearchTerms { count: terms.len(), max: SEARCH_TERMS_MAX });
        }
        Ok(Self { terms })
    }

    /// The conditions on `logs`. What was typed comes in by `bind` alone.
    pub(super) fn conditions(&self) -> String {
        let mut sql = String::new();
        for (number, term) in self.terms.iter().enumerate() {
            let not = if term.negated { "NOT " } else { "" };
            // Writing to a `String` cannot fail.
            let _ = write!(sql, "\n    AND {not}({})", term.test.condition(number));
        }
        sql
    }

    pub(super) fn bind(&self, query: Query) -> Query {
        self.terms.iter().enumerate().fold(query, |query, (number, term)| term.test.bind(number, query))
    }
}

impl Term {
    fn parse(piece: &Piece) -> Result<Self, ScopeError> {
        let test = match &piece.field {
            None => Test::Word(piece.value.clone()),
            Some((name, operator)) => Test::of_field(name, operator, &piece.value, piece.quoted)?,
        };
        Ok(Self { negated: piece.negated, test })
    }
}

impl Test {
    fn of_field(name: &str, operator: &str, value: &str, quoted: bool) -> Result<Self, ScopeError> {
        let refused = |hint| ScopeError::Search { value: clipped(&format!("{name}{operator}{value}")), hint };
        if matches!(name, "level" | "severity") {
            let level = Level::parse(value)
                .ok_or_else(|| refused("levels are trace, debug, info, warn, error, fatal and unset"))?;
            return Ok(match operator {
                ">=" => Test::Levels(level, Level::Fatal),
                "<=" => Test::Levels(Level::Trace, level),
                _ => Test::Levels(level, level),
            });
        }
        if operator != ":" {
            return Err(refused("only levels can be compared, such as level>=warn"));
        }
        match name {
            "trace" | "trace_id" => Ok(Test::Trace(
                TraceId::from_hex(value).ok().ok_or_else(|| refused("a trace id is 32 hexadecimal digits"))?,
            )),
            "span" | "span_id" => Ok(Test::Span(
                SpanId::from_hex(value).ok().ok_or_else(|| refused("a span id is 16 hexadecimal digits"))?,
            )),
            name => {
                let pattern = Pattern::parse(value, quoted);
                let column = COLUMNS.iter().find(|(known, _)| *known == name);
                Ok(column.map_or_else(
                    || Test::Attribute(name.to_owned(), pattern.clone()),
                    |(_, column)| Test::Column(column, pattern.clone()),
                ))
            }
        }
    }

    fn condition(&self, number: usize) -> String {
        let value = format!("{{term_{number}:String}}");
        let key = format!("{{field_{number}:String}}");
        match self {
            Test::Word(_) => {
                format!(
                    "positionCaseInsensitiveUTF8(body, {value}) > 0 OR positionCaseInsensitiveUTF8(event_name, {value}) > 0"
                )
            }
            Test::Levels(low, high) => {
                format!("severity_number BETWEEN {} AND {}", low.numbers().start(), high.numbers().end())
            }
            Test::Column(column, pattern) => pattern.condition(column, &value),
            Test::Trace(_) => format!("trace_id = unhex({value})"),
            Test::Span(_) => format!("span_id = unhex({value})"),
            Test::Attribute(_, Pattern::Anything) => {
                format!("mapContains(attributes, {key}) OR mapContains(resource, {key})")
            }
            Test::Attribute(_, pattern) => format!(
                "{} OR {}",
                pattern.condition(&format!("attributes[{key}]"), &value),
                pattern.condition(&format!("resource[{key}]"), &value)
            ),
        }
    }

    fn bind(&self, number: usize, query: Query) -> Query {
        let term = format!("term_{number}");
        match self {
            Test::Levels(..) => query,
            Test::Word(word) => query.param(&term, word),
            Test::Column(_, pattern) => pattern.bind(&term, query),
            Test::Trace(id) => query.param(&term, id.to_string()),
            Test::Span(id) => query.param(&term, id.to_string()),
            Test::Attribute(key, pattern) => pattern.bind(&term, query.param(&format!("field_{number}"), key)),
        }
    }
}

impl Pattern {
    /// A star at the end stands for any end; in quotes it is a star.
    fn parse(value: &str, quoted: bool) -> Self {
        match value.strip_suffix('*') {
            Some("") if !quoted => Pattern::Anything,
            Some(start) if !quoted => Pattern::StartsWith(start.to_owned()),
            _ => Pattern::Exactly(value.to_owned()),
        }
    }

    fn condition(&self, of: &str, value: &str) -> String {
        match self {
            Pattern::Exactly(_) => format!("{of} = {value}"),
            Pattern::StartsWith(_) => format!("startsWith({of}, {value})"),
            Pattern::Anything => format!("{of} != ''"),
        }
    }

    fn bind(&self, name: &str, query: Query) -> Query {
        match self {
            Pattern::Exactly(text) | Pattern::StartsWith(text) => query.param(name, text),
            Pattern::Anything => query,
        }
    }
}

/// One term as it was typed.
#[derive(Debug, PartialEq, Eq)]
struct Piece {
    negated: bool,
    field: Option<(String, String)>,
    value: String,
    quoted: bool,
}

/// Cuts a text at its blanks; what stands in quotes is one value. `\"` is a quote inside of them.
fn pieces(text: &str) -> Result<Vec<Piece>, ScopeError> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (negated, after) = match rest.strip_prefix('-') {
            Some(after) if after.chars().next().is_some_and(|next| !next.is_whitespace()) => (true, after),
            _ => (false, rest),
        };
        let (field, after) = field_at(after);
        let (value, quoted, after) = value_at(after)?;
        if !value.is_empty() || quoted || field.is_some() {
            found.push(Piece { negated, field, value, quoted });
        }
        rest = after.trim_start();
    }
    Ok(found)
}

/// `name:`, `name>=` or `name<=` before a value. An address such as `https://…` is a word.
fn field_at(text: &str) -> (Option<(String, String)>, &str) {
    let length = text.find(|c: char| !(c.is_alphanumeric() || "._-/".contains(c))).unwrap_or(text.len());
    let (name, after) = text.split_at(length);
    let operator = [":", ">=", "<="].into_iter().find(|operator| after.starts_with(operator));
    match operator {
        Some(operator) if !name.is_empty() && !after.starts_with("://") => {
            let value = &after[operator.len()..];
            // Nothing behind it: somebody is looking for a text that ends in a colon.
            if value.chars().next().is_some_and(|first| !first.is_whitespace()) {
                return (Some((name.to_owned(), operator.to_owned())), value);
            }
            (None, text)
        }
        _ => (None, text),
    }
}

fn value_at(text: &str) -> Result<(String, bool, &str), ScopeError> {
    let Some(inside) = text.strip_prefix('"') else {
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        return Ok((text[..end].to_owned(), false, &text[end..]));
    };
    let mut value = String::new();
    let mut letters = inside.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Ok((value, true, &inside[at + 1..])),
            '\\' => value.extend(letters.next().map(|(_, next)| next)),
            other => value.push(other),
        }
    }
    Err(ScopeError::Search { value: clipped(text), hint: "close the quotation with a second \"" })
}

#[cfg(test)]
mod tests;
