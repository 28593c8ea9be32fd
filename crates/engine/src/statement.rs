//! What a statement asks for, as far as this process must know: how to run it and in which form its answer comes.

use crate::exception::{Exception, code};
use crate::tokens::{Kind, Token, tokens};

#[derive(Debug, PartialEq, Eq)]
pub enum Statement {
    /// A question; when `stream` its answer can be sent block by block.
    Read { format: String, stream: bool },
    /// An insert whose rows follow: `head` is the statement without its format, `data` the first of the rows.
    Insert { head: String, format: String, data: String },
    /// Anything else, run as it is. `sticky` when it changes the session, which other requests must not see.
    Other { sticky: bool },
}

/// Formats whose blocks, put behind one another, are the whole answer. Others have a beginning and an end.
const BLOCKWISE: &[&str] = &[
    "RowBinary",
    "RowBinaryWithNamesAndTypes",
    "Native",
    "TabSeparated",
    "TSV",
    "TabSeparatedRaw",
    "TSVRaw",
    "CSV",
    "JSONEachRow",
    "JSONLines",
    "NDJSON",
    "JSONCompactEachRow",
    "JSONStringsEachRow",
    "Null",
];

/// The format of an answer that asks for none.
pub const FORMAT_DEFAULT: &str = "TabSeparated";

impl Statement {
    pub fn read(text: &str, default_format: Option<&str>) -> Result<Self, Exception> {
        let Some(first) = tokens(text).next() else {
            return Err(Exception::new(code::SYNTAX_ERROR, "SYNTAX_ERROR", "Empty query"));
        };
        if first.is("INSERT") {
            return insert(text);
        }
        let all: Vec<Token<'_>> = tokens(text).collect();
        refuse_second_statement(&all)?;
        let question = first.kind == Kind::Sign('(') || ["SELECT", "WITH", "FROM"].iter().any(|word| first.is(word));
        let about = ["SHOW", "DESCRIBE", "DESC", "EXPLAIN", "EXISTS"].iter().any(|word| first.is(word));
        if question || about {
            let format = format_clause(&all).or(default_format).unwrap_or(FORMAT_DEFAULT).to_owned();
            return Ok(Statement::Read { stream: question && BLOCKWISE.contains(&format.as_str()), format });
        }
        let temporary = first.is("CREATE") && all.iter().take(4).any(|token| token.is("TEMPORARY"));
        Ok(Statement::Other { sticky: temporary || first.is("SET") || first.is("USE") })
    }
}

fn insert(text: &str) -> Result<Statement, Exception> {
    let mut rest = tokens(text);
    while let Some(token) = rest.next() {
        if token.depth > 0 {
            continue;
        }
        if token.is("SELECT") || token.is("WITH") || token.is("VALUES") {
            return inline_or_streamed(text, token);
        }
        if token.is("FORMAT") {
            let Some(Token { kind: Kind::Word(format), end, .. }) = rest.next() else {
                return Err(Exception::new(code::SYNTAX_ERROR, "SYNTAX_ERROR", "FORMAT has no name behind it"));
            };
            return Ok(Statement::Insert {
                head: text[..token.start].to_owned(),
                format: format.to_owned(),
                data: text[end..].trim_start().to_owned(),
            });
        }
    }
    Ok(Statement::Other { sticky: false })
}

/// `VALUES` with nothing behind it announces rows in the body; all else is complete.
fn inline_or_streamed(text: &str, token: Token<'_>) -> Result<Statement, Exception> {
    if token.is("VALUES") && text[token.end..].trim().is_empty() {
        let head = text[..token.start].to_owned();
        return Ok(Statement::Insert { head, format: "Values".to_owned(), data: String::new() });
    }
    let behind: Vec<Token<'_>> = tokens(text).collect();
    refuse_second_statement(&behind)?;
    Ok(Statement::Other { sticky: false })
}

/// The engine would run both and answer with one stream of two results.
fn refuse_second_statement(all: &[Token<'_>]) -> Result<(), Exception> {
    let ends = |token: &Token<'_>| token.kind == Kind::Sign(';');
    let Some(end) = all.iter().position(ends) else { return Ok(()) };
    if all[end..].iter().all(ends) {
        return Ok(());
    }
    Err(Exception::new(code::SYNTAX_ERROR, "SYNTAX_ERROR", "Multi-statements are not allowed: send them one by one"))
}

/// `FORMAT name` at the end or before the settings. A column of that name is no clause, as no name follows it there.
fn format_clause<'text>(all: &[Token<'text>]) -> Option<&'text str> {
    let at = all.iter().rposition(|token| token.depth == 0 && token.is("FORMAT"))?;
    let Kind::Word(name) = all.get(at + 1)?.kind else { return None };
    let behind = all.get(at + 2);
    behind.is_none_or(|token| token.is("SETTINGS") || token.kind == Kind::Sign(';')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Statement {
        Statement::read(text, Some("RowBinary")).expect("a statement")
    }

    fn question(format: &str, stream: bool) -> Statement {
        Statement::Read { format: format.to_owned(), stream }
    }

    #[test]
    fn questions_are_streamed_when_their_format_allows_it() {
        assert_eq!(read("SELECT 1"), question("RowBinary", true));
        assert_eq!(read("-- why\n(select 1) union all (select 2)"), question("RowBinary", true));
        assert_eq!(read("with 1 as x select x format JSON"), question("JSON", false));
        assert_eq!(read("select 1 FORMAT JSONEachRow settings max_threads = 1;"), question("JSONEachRow", true));
        assert_eq!(read("DESCRIBE TABLE t"), question("RowBinary", false));
        assert_eq!(Statement::read("select 1", None), Ok(question("TabSeparated", true)));
    }

    #[test]
    fn the_word_format_elsewhere_is_no_clause() {
        assert_eq!(read("select format from t"), question("RowBinary", true));
        assert_eq!(read("select 'x FORMAT JSON'"), question("RowBinary", true));
        assert_eq!(read("select * from (select 1 format JSON)"), question("RowBinary", true));
    }

    #[test]
    fn an_insert_is_split_from_its_format() {
        let expected = |head: &str, format: &str, data: &str| Statement::Insert {
            head: head.to_owned(),
            format: format.to_owned(),
            data: data.to_owned(),
        };
        assert_eq!(read("INSERT INTO t(a,b) FORMAT RowBinary"), expected("INSERT INTO t(a,b) ", "RowBinary", ""));
        assert_eq!(
            read("INSERT INTO t(`format`) SETTINGS x='FORMAT y' FORMAT CSV\n1,2\n"),
            expected("INSERT INTO t(`format`) SETTINGS x='FORMAT y' ", "CSV", "1,2\n")
        );
        assert_eq!(read("insert into t values"), expected("insert into t ", "Values", ""));
    }

    #[test]
    fn inserts_that_are_complete_run_as_they_are() {
        assert_eq!(read("insert into t values (1, ';')"), Statement::Other { sticky: false });
        assert_eq!(read("insert into t select 1"), Statement::Other { sticky: false });
    }

    #[test]
    fn statements_that_change_the_session_are_marked() {
        assert_eq!(read("SET max_threads = 1"), Statement::Other { sticky: true });
        assert_eq!(read("create or replace temporary table t (a Int8)"), Statement::Other { sticky: true });
        assert_eq!(read("create table t (a Int8)"), Statement::Other { sticky: false });
    }

    #[test]
    fn nothing_and_two_statements_are_refused() {
        for text in ["", " -- only a comment", "select 1; select 2", "drop table a; drop table b"] {
            assert_eq!(Statement::read(text, None).expect_err(text).code, code::SYNTAX_ERROR);
        }
    }
}
