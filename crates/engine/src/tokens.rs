//! Splits a statement into words and signs, so that no clause is looked for inside a text, a name or a comment.

/// A piece of a statement with where it stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'text> {
    pub kind: Kind<'text>,
    pub start: usize,
    pub end: usize,
    /// How many parentheses, brackets and braces are open around it.
    pub depth: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind<'text> {
    /// A bare word or a number: keywords, names.
    Word(&'text str),
    /// Text in quotes of any kind.
    Quoted,
    Sign(char),
}

impl Token<'_> {
    pub fn is(&self, keyword: &str) -> bool {
        matches!(self.kind, Kind::Word(word) if word.eq_ignore_ascii_case(keyword))
    }
}

pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0, depth: 0 }
}

pub struct Tokens<'text> {
    text: &'text str,
    at: usize,
    depth: usize,
}

impl<'text> Iterator for Tokens<'text> {
    type Item = Token<'text>;

    fn next(&mut self) -> Option<Token<'text>> {
        self.skip_space();
        let start = self.at;
        let rest = &self.text[start..];
        let first = rest.chars().next()?;
        let depth = self.depth;
        let (kind, length) = match first {
            '\'' | '"' | '`' => (Kind::Quoted, quoted_length(rest, first)),
            '$' => match heredoc_length(rest) {
                Some(length) => (Kind::Quoted, length),
                None => (Kind::Sign('$'), 1),
            },
            _ if is_word(first) => {
                let length = rest.find(|character| !is_word(character)).unwrap_or(rest.len());
                (Kind::Word(&rest[..length]), length)
            }
            _ => (Kind::Sign(first), first.len_utf8()),
        };
        match first {
            '(' | '[' | '{' => self.depth += 1,
            ')' | ']' | '}' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.at = start + length;
        Some(Token { kind, start, end: self.at, depth })
    }
}

impl Tokens<'_> {
    fn skip_space(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            let length = if trimmed.starts_with("--") || trimmed.starts_with("# ") || trimmed.starts_with("#!") {
                trimmed.find('\n').map_or(trimmed.len(), |end| end + 1)
            } else if trimmed.starts_with("/*") {
                trimmed.find("*/").map_or(trimmed.len(), |end| end + 2)
            } else {
                return;
            };
            self.at += length;
        }
    }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// A quote ends with the same sign, unless it is doubled or stands behind a backslash.
fn quoted_length(text: &str, quote: char) -> usize {
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character == '\\' {
            characters.next();
        } else if character == quote {
            if characters.peek().is_none_or(|(_, next)| *next != quote) {
                return at + quote.len_utf8();
            }
            characters.next();
        }
    }
    text.len()
}

/// `$tag$ anything $tag$`
fn heredoc_length(text: &str) -> Option<usize> {
    let name = text[1..].find(|character| !is_word(character))?;
    if !text[1 + name..].starts_with('$') {
        return None;
    }
    let tag = &text[..name + 2];
    let end = text[tag.len()..].find(tag)?;
    Some(tag.len() + end + tag.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).map(|token| &text[token.start..token.end]).collect()
    }

    #[test]
    fn texts_and_names_are_one_piece_each() {
        assert_eq!(
            words(r"a 'it''s \' FORMAT' `b``c` $x$ ; $x$ d"),
            ["a", r"'it''s \' FORMAT'", "`b``c`", "$x$ ; $x$", "d"]
        );
    }

    #[test]
    fn comments_are_no_pieces() {
        assert_eq!(words("-- one\nselect /* two ; */ 1 # three"), ["select", "1"]);
    }

    #[test]
    fn depth_counts_what_is_open() {
        let depths: Vec<usize> = tokens("a(b[c])d").map(|token| token.depth).collect();
        assert_eq!(depths, [0, 0, 1, 1, 2, 2, 1, 0]);
    }

    #[test]
    fn what_is_never_closed_ends_with_the_text() {
        for text in ["'abc", "/* abc", "-- abc", "`a\\", "$a$ b", "$", "ü€"] {
            assert!(tokens(text).all(|token| token.end <= text.len()), "{text}");
        }
    }
}
