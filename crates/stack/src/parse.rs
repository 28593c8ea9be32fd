//! Reads the text of a stack trace: Chrome and Node, Firefox, Safari, Hermes, and the JVM, each line by its own look.
//!
//! No runtime standardises it. V8 writes `at function (file:line:column)`, Firefox and Safari `function@file:line:column`,
//! Hermes `at function (address at file:line:column)`, the JVM `at package.Class.method(File.java:line)`.

use crate::frame::{Frame, Part, Trace};
use crate::limits::{CAUSES_MAX, FRAMES_MAX, FUNCTION_BYTES_MAX, LINE_BYTES_MAX};

const CAUSE: &str = "Caused by: ";

impl<'a> Trace<'a> {
    /// Reads any text; what is no frame is left out.
    pub fn parse(text: &'a str) -> Self {
        let mut parts = vec![Part::default()];
        let mut head_end = 0;
        let mut head_begin = 0;
        let mut at = 0;
        for whole in text.split_inclusive('\n') {
            let line = whole.trim_ascii();
            let begin = at;
            at += whole.len();
            if line.starts_with(CAUSE) {
                if parts.len() == CAUSES_MAX {
                    break;
                }
                parts.push(Part::default());
                head_begin = begin + whole.find(CAUSE).unwrap_or_default() + CAUSE.len();
                head_end = head_begin;
            }
            let Some(part) = parts.last_mut() else { break };
            // Firefox and Safari begin with the first frame.
            match frame(line.strip_prefix(CAUSE).unwrap_or(line)) {
                Some(frame) if part.frames.len() < FRAMES_MAX => part.frames.push(frame),
                Some(_) => {}
                // Only what stands above the first frame.
                None if part.frames.is_empty() => {
                    head_end = at.max(head_end);
                    part.head = text.get(head_begin..head_end).unwrap_or_default().trim_ascii();
                }
                None => {}
            }
        }
        Trace { parts }
    }
}

fn frame(line: &str) -> Option<Frame<'_>> {
    if line.is_empty() || line.len() > LINE_BYTES_MAX {
        return None;
    }
    let found = match line.strip_prefix("at ") {
        Some(call) => at_call(call.trim_ascii()),
        None => at_sign(line),
    }?;
    Some(Frame { function: cut(found.function, FUNCTION_BYTES_MAX), ..found })
}

/// What stands after `at `: a place, or a function with its place in parentheses.
fn at_call(call: &str) -> Option<Frame<'_>> {
    let call = call.strip_prefix("async ").unwrap_or(call);
    let Some(open) = call.strip_suffix(')').and_then(opening) else {
        return place(call).map(|(file, line, column)| Frame { function: "", file, line, column });
    };
    let function = call[..open].trim_ascii();
    let inside = &call[open + 1..call.len() - 1];
    // Evaluated code: `eval at outer (file:line:column), <anonymous>:1:1`; the file that holds the call is what is known.
    if let Some(evaluated) = inside.strip_prefix("eval at ") {
        let outer = evaluated.rfind(" (").and_then(|at| evaluated.get(at + 2..)?.split_once(')')).map(|(file, _)| file);
        let (file, line, column) = outer.and_then(place).unwrap_or(("", 0, 0));
        return Some(Frame { function, file, line, column });
    }
    let inside = inside.strip_prefix("address at ").unwrap_or(inside);
    match inside {
        "native" | "<anonymous>" | "Native Method" | "Unknown Source" | "" | "native code" => {
            Some(Frame { function, ..Frame::default() })
        }
        _ => {
            let (file, line, column) = place(inside).or_else(|| java(inside)).or_else(|| whole_file(inside))?;
            Some(Frame { function, file, line, column })
        }
    }
}

/// The parenthesis that belongs to the last one, which was taken off: files and functions may hold others.
fn opening(call: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, byte) in call.bytes().enumerate().rev() {
        match byte {
            b')' => depth += 1,
            b'(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// `function@file:line:column`, as Firefox and Safari write.
fn at_sign(line: &str) -> Option<Frame<'_>> {
    let Some((function, file)) = split_at_sign(line) else {
        // Safari writes code without a name as the place alone.
        let (file, at_line, column) = place(line).filter(|(file, ..)| is_url(file))?;
        return Some(Frame { function: "", file, line: at_line, column });
    };
    let function = function.strip_prefix("async*").unwrap_or(function);
    let function = match function {
        "global code" | "module code" | "eval code" | "anonymous" => "",
        named => named,
    };
    if matches!(file, "[native code]" | "[wasm code]") {
        return Some(Frame { function, ..Frame::default() });
    }
    // Firefox names evaluated code by where it was evaluated: `file line 3 > eval:1:1`.
    if let Some((file, rest)) = file.split_once(" line ") {
        let at_line = rest.split(|c: char| !c.is_ascii_digit()).next().and_then(|n| n.parse().ok());
        return Some(Frame { function, file, line: at_line?, column: 0 });
    }
    let (file, at_line, column) = place(file)?;
    Some(Frame { function, file, line: at_line, column })
}

/// At the sign before the place: names of functions and paths of packages may hold others.
fn split_at_sign(line: &str) -> Option<(&str, &str)> {
    if let Some(native) = line.strip_suffix("@[native code]") {
        return Some((native, "[native code]"));
    }
    let scheme = line.find("://");
    let at = match scheme {
        Some(scheme) => line.get(..scheme)?.rfind('@')?,
        None => line.find('@')?,
    };
    // A sentence may hold an address of mail; a function's name holds no space but in Safari's own words.
    let function = line.get(..at)?;
    let named = !function.contains(' ') || function.ends_with(" code");
    named.then(|| (function, &line[at + 1..]))
}

/// `file:line:column` or `file:line`.
fn place(text: &str) -> Option<(&str, u32, u32)> {
    let (rest, last) = number_after_colon(text)?;
    let (file, line, column) = match number_after_colon(rest) {
        Some((file, line)) => (file, line, last),
        None => (rest, last, 0),
    };
    let named = !file.is_empty() && !file.contains(char::is_whitespace);
    named.then_some((if file == "<anonymous>" { "" } else { file }, line, column))
}

fn number_after_colon(text: &str) -> Option<(&str, u32)> {
    let (rest, number) = text.rsplit_once(':')?;
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| number.parse().ok().map(|number| (rest, number)))?
}

/// `File.java:12`; the place was looked for before, so only the file is left.
fn java(inside: &str) -> Option<(&str, u32, u32)> {
    let file = [".java", ".kt", ".scala"].iter().any(|end| inside.ends_with(end));
    file.then_some((inside, 0, 0))
}

fn whole_file(inside: &str) -> Option<(&str, u32, u32)> {
    is_url(inside).then_some((inside, 0, 0))
}

fn is_url(text: &str) -> bool {
    let scheme = text.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
}

fn cut(text: &str, bytes_max: usize) -> &str {
    let end = (0..=bytes_max.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or_default()]
}
