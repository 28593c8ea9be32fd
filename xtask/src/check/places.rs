//! Things that have one place: code without safety in the engine's FFI, and no place called "utils".

use super::Finding;
use super::code::{self, Language};
use super::functions::{line_of, words};
use super::sources::Source;

const EMPTY_NAMES: &[&str] = &["util", "utils", "helper", "helpers", "common", "misc", "shared"];
/// The C library is called here and nowhere else.
const FOREIGN_CALLS: &str = "crates/engine/src/ffi";

/// A file or folder whose name says nothing about what is in it.
pub fn names(source: &Source) -> Vec<Finding> {
    let parts = source.path.split('/').map(|part| part.split('.').find(|word| !word.is_empty()).unwrap_or(part));
    parts
        .filter(|part| EMPTY_NAMES.contains(part))
        .map(|part| {
            let reason = format!("`{part}` names no thing: call the file or folder after what it does");
            Finding::new(&source.path, 1, reason)
        })
        .collect()
}

pub fn unsafe_code(source: &Source) -> Vec<Finding> {
    if source.ending() != "rs" || source.path.starts_with(FOREIGN_CALLS) {
        return Vec::new();
    }
    let code = code::only(&source.text, Language::Rust);
    let allowed = words(&code, b"unsafe_code")
        .into_iter()
        .filter(|at| code[..*at].ends_with(b"allow(") || code[..*at].ends_with(b"expect("));
    words(&code, b"unsafe")
        .into_iter()
        .chain(allowed)
        .map(|at| {
            let reason = format!("unsafe code lives in {FOREIGN_CALLS}*.rs only, where it can be read in one sitting");
            Finding::new(&source.path, line_of(&code, at), reason)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_says_nothing_is_found_in_files_and_folders() {
        for path in ["ui/src/utils/date.ts", "crates/store/src/helpers.rs", "agent/src/common.test.ts"] {
            assert_eq!(names(&Source::of(path, "")).len(), 1, "{path}");
        }
        assert!(names(&Source::of("crates/store/src/commonly.rs", "")).is_empty());
    }

    #[test]
    fn unsafe_outside_of_the_foreign_calls_is_found_and_in_a_comment_is_not() {
        let text = "//! No unsafe here.\nfn f() { unsafe { g() } }\n";
        assert_eq!(unsafe_code(&Source::of("crates/store/src/a.rs", text))[0].line, 2);
        assert!(unsafe_code(&Source::of("crates/engine/src/ffi.rs", text)).is_empty());
        assert!(unsafe_code(&Source::of("crates/store/src/a.rs", "//! unsafe\n")).is_empty());
    }
}
