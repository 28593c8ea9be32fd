//! The name of the function around a line of a source, read from how the source is indented.
//!
//! Maps tell where a place comes from and not what function it is in, and who called a function may know it by another name.
//! Nearly all sources are indented by a program: what encloses a line is the next line above it that stands further left.

/// Lines above a place that are looked at.
const LINES_MAX: u32 = 500;

/// `line` from 0; `read` gives the text of one.
pub fn enclosing<'s>(line: u32, read: impl Fn(u32) -> Option<&'s str>) -> Option<&'s str> {
    let own = read(line)?;
    if let Some(name) = declared(own) {
        return Some(name);
    }
    let mut left = indent(own);
    for above in (line.saturating_sub(LINES_MAX)..line).rev() {
        if left == 0 {
            return None;
        }
        let text = read(above)?;
        // A line of parameters that is closed above, such as `): number {`, belongs to what began before it.
        if text.trim_ascii().is_empty() || indent(text) >= left {
            continue;
        }
        if let Some(name) = declared(text) {
            return Some(name);
        }
        if !text.trim_ascii_start().starts_with([')', '}', ']']) {
            left = indent(text);
        }
    }
    None
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_ascii_start().len()
}

/// The function that begins on a line.
fn declared(line: &str) -> Option<&str> {
    const BEFORE: [&str; 13] = [
        "export ",
        "default ",
        "async ",
        "public ",
        "private ",
        "protected ",
        "static ",
        "override ",
        "readonly ",
        "get ",
        "set ",
        "declare ",
        "abstract ",
    ];
    let mut text = line.trim_ascii();
    while let Some(rest) = BEFORE.iter().find_map(|word| text.strip_prefix(word)) {
        text = rest.trim_ascii_start();
    }
    // A constructor, or the value of a field: browsers name both by the class.
    if let Some(rest) = text.strip_prefix("class ") {
        return named(rest, |_| true);
    }
    if let Some(rest) = text.strip_prefix("function") {
        return named(rest.trim_start_matches(['*', ' ']), |rest| rest.starts_with(['(', '<']));
    }
    if let Some(rest) = ["const ", "let ", "var "].iter().find_map(|word| text.strip_prefix(word)) {
        return named(rest, is_given_function);
    }
    let method = |rest: &str| {
        rest.starts_with(['(', '<']) && rest.ends_with('{') && !rest.contains("=>") && !rest.contains("function")
    };
    named(text.trim_start_matches(['#', '*']), |rest| method(rest) || is_given_function(rest))
}

/// `: Type = (x) => …`, `= async function`, `: (x) => …`
fn is_given_function(rest: &str) -> bool {
    let given = match rest.split_once("= ") {
        Some((_, value)) => value,
        None => match rest.strip_prefix(": ") {
            Some(value) => value,
            None => return false,
        },
    };
    let given = given.strip_prefix("async ").unwrap_or(given);
    given.starts_with("function")
        || (given.starts_with(['(', '<']) && given.contains("=>") && !given.starts_with("(("))
        || given.split_once(" => ").is_some_and(|(name, _)| is_name(name))
}

fn named(text: &str, follows: impl Fn(&str) -> bool) -> Option<&str> {
    const NO_NAMES: [&str; 14] = [
        "if",
        "for",
        "while",
        "switch",
        "catch",
        "return",
        "await",
        "new",
        "typeof",
        "else",
        "do",
        "try",
        "with",
        "constructor",
    ];
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    (is_name(name) && !NO_NAMES.contains(&name) && follows(rest.trim_ascii())).then_some(name)
}

fn is_name(name: &str) -> bool {
    let first = name.chars().next();
    first.is_some_and(|c| !c.is_ascii_digit()) && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$')
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "\
export async function load<T>(
  url: string,
): Promise<T> {
  if (url) {
    throw new Error(url);
  }
}

const short = (x: number): number => x.toFixed();

class Cart {
  pay(): void {
    this.lines.forEach((line) => {
      line.total();
    });
  }
  onClick = async (event: Event) => {
    event.stop();
  };
  constructor() {
    this.pay();
  }
}

items.map((item) => {
  item.drop();
});
";

    fn at(line: u32) -> Option<&'static str> {
        let lines: Vec<&str> = SOURCE.lines().collect();
        enclosing(line - 1, |line| lines.get(line as usize).copied())
    }

    #[test]
    fn a_line_is_in_the_function_that_it_is_indented_under() {
        assert_eq!(at(5), Some("load"));
        assert_eq!(at(9), Some("short"));
        assert_eq!(at(14), Some("pay"));
        assert_eq!(at(18), Some("onClick"));
        assert_eq!(at(21), Some("Cart"));
    }

    #[test]
    fn what_has_no_name_gets_none() {
        assert_eq!(at(26), None);
        assert_eq!(at(25), None);
        assert_eq!(at(999), None);
    }
}
