//! By what a stack is known again before anybody has looked for its source: equal for every visitor who met it in one release.

use limen_model::StableHash;

use crate::frame::Trace;
use crate::shape;

/// `builds` is a hash of what the scripts say which builds they are. Never 0, which stands for "no error". Changing it makes every stored error a new one.
pub fn key(kind: &str, message: &str, stacktrace: &str, release: &str, builds: u64) -> u64 {
    let trace = Trace::parse(stacktrace);
    let mut hash = StableHash::new().text(kind).text(release).word(builds);
    let mut any = false;
    for part in &trace.parts {
        hash = hash.word(part.frames.len() as u64);
        for frame in &part.frames {
            hash = hash.text(frame.function).text(frame.file);
            hash = hash.word(u64::from(frame.line) << 32 | u64::from(frame.column));
            any = true;
        }
    }
    // A stack says more than a message, and messages name things that differ from visitor to visitor.
    if !any {
        hash = hash.text(&shape::message(message));
    }
    hash.finish().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STACK: &str = "Error: no user 17\n    at load (https://shop.example/app.js:1:20)";

    #[test]
    fn what_a_message_says_of_one_visitor_makes_no_other_stack() {
        let other = STACK.replace("17", "18");
        assert_eq!(key("Error", "no user 17", STACK, "1", 0), key("Error", "no user 18", &other, "1", 0));
        assert_eq!(key("Error", "no user 17", "", "1", 0), key("Error", "no user 18", "", "1", 0));
        assert_ne!(key("Error", "no user 17", "", "1", 0), key("Error", "no cart 17", "", "1", 0));
    }

    #[test]
    fn another_place_release_build_or_type_is_another_stack() {
        let known = key("Error", "", STACK, "1", 0);
        for other in [
            key("Error", "", &STACK.replace(":20", ":21"), "1", 0),
            key("Error", "", STACK, "2", 0),
            key("Error", "", STACK, "1", 9),
            key("TypeError", "", STACK, "1", 0),
        ] {
            assert_ne!(known, other);
        }
    }

    #[test]
    fn a_key_never_changes() {
        assert_eq!(key("Error", "", STACK, "1", 0), 10_971_879_195_526_488_368);
    }
}
