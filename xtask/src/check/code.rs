//! Blanks out comments and the insides of strings, so that the checks can count braces and find words in code alone.

/// Languages that differ in what a quote or a slash means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    Rust,
    Script,
}

impl Language {
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending {
            "rs" => Some(Self::Rust),
            "ts" | "js" | "mjs" => Some(Self::Script),
            _ => None,
        }
    }
}

/// The same text, of the same length and lines, with everything that is not code replaced by spaces.
pub fn only(text: &str, language: Language) -> Vec<u8> {
    let mut scan =
        Scan { text: text.as_bytes(), out: Vec::with_capacity(text.len()), at: 0, language, templates: Vec::new() };
    while scan.at < scan.text.len() {
        scan.step();
    }
    scan.out
}

struct Scan<'a> {
    text: &'a [u8],
    out: Vec<u8>,
    at: usize,
    language: Language,
    /// For each `${` we are inside of: how many braces are open in it.
    templates: Vec<usize>,
}

impl Scan<'_> {
    fn step(&mut self) {
        let rest = &self.text[self.at..];
        match rest[0] {
            b'/' if rest.starts_with(b"//") => self.blank(line_end(rest)),
            b'/' if rest.starts_with(b"/*") => self.blank(self.block_comment_end(rest)),
            b'/' if self.language == Language::Script && self.regex_may_begin() => self.blank(regex_end(rest)),
            b'"' => self.blank(quoted_end(rest, b'"')),
            b'r' | b'b' if self.language == Language::Rust && !self.inside_word() => match raw_string_end(rest) {
                Some(end) => self.blank(end),
                None => self.keep(),
            },
            b'\'' if self.language == Language::Rust => match char_end(rest) {
                Some(end) => self.blank(end),
                None => self.keep(),
            },
            b'\'' => self.blank(quoted_end(rest, b'\'')),
            b'`' if self.language == Language::Script => self.template(),
            b'{' | b'}' if !self.templates.is_empty() => self.brace_in_template(),
            _ => self.keep(),
        }
    }

    fn keep(&mut self) {
        self.out.push(self.text[self.at]);
        self.at += 1;
    }

    fn blank(&mut self, length: usize) {
        let end = (self.at + length.max(1)).min(self.text.len());
        self.out.extend(self.text[self.at..end].iter().map(|byte| if *byte == b'\n' { b'\n' } else { b' ' }));
        self.at = end;
    }

    /// From a backtick, or from the end of a `${}`, to the next `${` or the closing backtick.
    fn template(&mut self) {
        let rest = &self.text[self.at..];
        let mut index = 1;
        while index < rest.len() {
            match rest[index] {
                b'\\' => index += 1,
                b'`' => return self.blank(index + 1),
                b'$' if rest.get(index + 1) == Some(&b'{') => {
                    self.templates.push(0);
                    return self.blank(index + 2);
                }
                _ => {}
            }
            index += 1;
        }
        self.blank(rest.len());
    }

    fn brace_in_template(&mut self) {
        let Some(open) = self.templates.last_mut() else { return self.keep() };
        if self.text[self.at] == b'{' {
            *open += 1;
        } else if *open == 0 {
            self.templates.pop();
            return self.template();
        } else {
            *open -= 1;
        }
        self.keep();
    }

    /// Rust's block comments nest, JavaScript's do not.
    fn block_comment_end(&self, rest: &[u8]) -> usize {
        let mut depth = 0;
        let mut index = 0;
        while index + 1 < rest.len() {
            match &rest[index..index + 2] {
                b"/*" if depth == 0 || self.language == Language::Rust => depth += 1,
                b"*/" => depth -= 1,
                _ => {
                    index += 1;
                    continue;
                }
            }
            index += 2;
            if depth == 0 {
                return index;
            }
        }
        rest.len()
    }

    /// A slash begins a regular expression where a value may begin, and divides after a value.
    fn regex_may_begin(&self) -> bool {
        let before = self.out.trim_ascii_end();
        let word = before.rsplit(|byte| !byte.is_ascii_alphanumeric()).next().unwrap_or_default();
        matches!(word, b"return" | b"typeof" | b"case" | b"of")
            || before.last().is_none_or(|byte| b"(,=:[!&|?{};+<>~".contains(byte))
    }

    fn inside_word(&self) -> bool {
        self.out.last().is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
    }
}

fn line_end(rest: &[u8]) -> usize {
    rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())
}

fn quoted_end(rest: &[u8], quote: u8) -> usize {
    let mut index = 1;
    while index < rest.len() {
        match rest[index] {
            b'\\' => index += 1,
            byte if byte == quote => return index + 1,
            _ => {}
        }
        index += 1;
    }
    rest.len()
}

/// A regular expression ends at a slash that is neither escaped nor in a class, and never past its line.
fn regex_end(rest: &[u8]) -> usize {
    let mut in_class = false;
    let mut index = 1;
    while index < rest.len() {
        match rest[index] {
            b'\\' => index += 1,
            b'[' => in_class = true,
            b']' => in_class = false,
            b'/' if !in_class => return index + 1,
            b'\n' => return index,
            _ => {}
        }
        index += 1;
    }
    rest.len()
}

/// `r"..."`, `r#"..."#`, `b"..."`, `br#"..."#`; not names such as `r#type`.
fn raw_string_end(rest: &[u8]) -> Option<usize> {
    let prefix = rest.iter().take_while(|byte| matches!(byte, b'r' | b'b')).count();
    let raw = rest[..prefix].contains(&b'r');
    let hashes = rest[prefix..].iter().take_while(|byte| **byte == b'#').count();
    let open = prefix + hashes;
    if prefix > 2 || rest.get(open) != Some(&b'"') {
        return None;
    }
    if !raw {
        return Some(open + quoted_end(&rest[open..], b'"'));
    }
    let close: Vec<u8> = [b"\"".as_slice(), &b"#".repeat(hashes)].concat();
    let found = rest[open + 1..].windows(close.len()).position(|window| window == close)?;
    Some(open + 1 + found + close.len())
}

/// A character such as `'a'` or `'\n'`; a lifetime is none.
fn char_end(rest: &[u8]) -> Option<usize> {
    if rest.get(1) == Some(&b'\\') {
        return Some(2 + rest[2..].iter().skip(1).position(|byte| *byte == b'\'')? + 2);
    }
    let length = std::str::from_utf8(&rest[1..rest.len().min(5)])
        .or_else(|error| std::str::from_utf8(&rest[1..1 + error.valid_up_to()]))
        .ok()?
        .chars()
        .next()?
        .len_utf8();
    (rest.get(1 + length) == Some(&b'\'')).then_some(length + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: Language, text: &str, expected: &str) {
        assert_eq!(String::from_utf8_lossy(&only(text, language)), expected);
    }

    #[test]
    fn rust_strings_characters_and_comments_are_blanked_and_lifetimes_are_not() {
        check(Language::Rust, r#"f("{", '{') // {"#, "f(   ,    )     ");
        check(Language::Rust, "a /* { /* } */ { */ b", "a                   b");
        check(Language::Rust, "fn f<'a>(x: &'a str)", "fn f<'a>(x: &'a str)");
        check(Language::Rust, r##"let r = r#"}"{"#; x"##, "let r =         ; x");
        check(Language::Rust, r"['\'', '\\', '{']", "[    ,     ,    ]");
    }

    #[test]
    fn script_templates_keep_the_code_inside_them() {
        check(Language::Script, "`{${a({})}}` + b", "    a({})    + b");
        check(Language::Script, "x = '{' + y", "x =     + y");
    }

    #[test]
    fn a_regular_expression_is_blanked_and_a_division_is_not() {
        check(Language::Script, "s.replace(/[{'\"]/g, x)", "s.replace(       g, x)");
        check(Language::Script, "a / b / c", "a / b / c");
    }
}
