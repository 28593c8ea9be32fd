//! A function fits a screen: 70 lines from its name to its closing brace.

use super::Finding;
use super::code::{self, Language};
use super::sources::Source;

const FUNCTION_LINES_MAX: usize = 70;

pub fn check(source: &Source) -> Vec<Finding> {
    let script;
    let (text, language) = match (source.ending(), Language::of_ending(source.ending())) {
        ("svelte", _) => {
            script = only_script(&source.text);
            (script.as_str(), Language::Script)
        }
        (_, Some(language)) => (source.text.as_str(), language),
        (_, None) => return Vec::new(),
    };
    // A test file of the browser side is one long call with the tests in it.
    if source.is_generated() || source.name().contains(".test.") || source.name().contains(".spec.") {
        return Vec::new();
    }
    let code = code::only(text, language);
    let keyword = if language == Language::Rust { "fn" } else { "function" };
    let mut starts = words(&code, keyword.as_bytes());
    if language == Language::Script {
        starts.extend(arrows(&code));
    }
    starts.into_iter().filter_map(|start| too_long(source, &code, start)).collect()
}

/// The script of a Svelte file on the lines where it stands; markup has quotes that mean nothing.
fn only_script(text: &str) -> String {
    let mut inside = false;
    let mut script = String::with_capacity(text.len());
    for line in text.lines() {
        inside = inside && !line.trim_start().starts_with("</script>");
        script.push_str(if inside { line } else { "" });
        script.push('\n');
        inside = inside || line.trim_start().starts_with("<script");
    }
    script
}

fn too_long(source: &Source, code: &[u8], start: usize) -> Option<Finding> {
    let end = body_end(code, start)?;
    let first = line_of(code, start);
    let lines = line_of(code, end) - first + 1;
    (lines > FUNCTION_LINES_MAX).then(|| {
        let reason = format!("a function of {lines} lines; one that fits a screen has {FUNCTION_LINES_MAX} at most");
        Finding::new(&source.path, first, reason)
    })
}

/// Where a word stands alone.
pub fn words(code: &[u8], word: &[u8]) -> Vec<usize> {
    let part_of_word = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    (0..code.len().saturating_sub(word.len()))
        .filter(|at| code[*at..].starts_with(word))
        .filter(|at| !part_of_word(at.checked_sub(1).and_then(|before| code.get(before))))
        .filter(|at| !part_of_word(code.get(at + word.len())))
        .collect()
}

/// Where `=> {` stands.
fn arrows(code: &[u8]) -> Vec<usize> {
    let opens = |at: &usize| code[at + 2..].trim_ascii_start().first() == Some(&b'{');
    (0..code.len().saturating_sub(1)).filter(|at| code[*at..].starts_with(b"=>")).filter(opens).collect()
}

/// The closing brace of the first brace outside of parentheses; none for a function without a body.
fn body_end(code: &[u8], start: usize) -> Option<usize> {
    let mut inside = 0_usize;
    let mut open = 0_usize;
    for (at, byte) in code.iter().enumerate().skip(start) {
        match byte {
            b'(' | b'[' if open == 0 => inside += 1,
            b')' | b']' if open == 0 => inside = inside.checked_sub(1)?,
            b';' if open == 0 && inside == 0 => return None,
            b'{' if inside == 0 => open += 1,
            b'}' if inside == 0 => {
                open = open.checked_sub(1)?;
                if open == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

pub fn line_of(code: &[u8], at: usize) -> usize {
    1 + code[..at].iter().filter(|byte| **byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_of_finding(path: &str, text: &str) -> Vec<usize> {
        check(&Source::of(path, text)).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn a_rust_function_may_have_70_lines() {
        let function = |inside: usize| format!("//! x\nfn f(a: [u8; 2]) {{\n{}}}\n", "    a();\n".repeat(inside));
        assert!(lines_of_finding("a.rs", &function(68)).is_empty());
        assert_eq!(lines_of_finding("a.rs", &function(69)), [2]);
    }

    #[test]
    fn a_brace_in_a_string_ends_no_function() {
        let text = format!("fn f() {{\n    g(\"}}\");\n{}}}\n", "    a();\n".repeat(70));
        assert_eq!(lines_of_finding("a.rs", &text), [1]);
    }

    #[test]
    fn a_declaration_in_a_trait_has_no_body_to_count() {
        let text = format!("trait T {{\n    fn f();\n{}}}\n", "    // words\n".repeat(80));
        assert!(lines_of_finding("a.rs", &text).is_empty());
    }

    #[test]
    fn functions_and_arrows_of_scripts_are_counted_but_not_in_tests() {
        let body = "  a();\n".repeat(70);
        assert_eq!(lines_of_finding("a.ts", &format!("function f() {{\n{body}}}\n")), [1]);
        assert_eq!(lines_of_finding("a.ts", &format!("\nconst f = () => {{\n{body}}};\n")), [2]);
        let svelte =
            format!("<!-- it's -->\n<script lang=\"ts\">\nfunction f() {{\n{body}}}\n</script>\n<p>don't</p>\n");
        assert_eq!(lines_of_finding("a.svelte", &svelte), [3]);
        assert!(lines_of_finding("a.test.ts", &format!("describe('x', () => {{\n{body}}});\n")).is_empty());
    }
}
