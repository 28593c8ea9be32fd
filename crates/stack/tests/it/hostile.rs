//! Whatever comes as a stack, a message or a map: nothing panics, nothing grows beyond its bound.

use limen_stack::{CAUSES_MAX, ErrorRules, FRAMES_MAX, Resolved, SourceMap, Trace, group, key};
use proptest::prelude::*;

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("Caused by: ".to_owned()),
        "\\PC{0,40}",
        "    at [a-zé.<> (]{0,12}\\(?(https?://)?[a-z./()@: ]{0,20}:[0-9]{0,12}:?[0-9]{0,3}\\)?",
        "(async\\*)?[a-z/<@]{0,8}@(https?://)?[a-z./]{0,12}( line [0-9é]{0,3} > eval)?:[0-9]{0,12}:[0-9]{0,3}",
        Just(format!("    at {} (a.js:1:1)", "x".repeat(5000))),
    ]
}

proptest! {
    #[test]
    fn any_text_is_read_within_bounds(lines in prop::collection::vec(line(), 0..40), kind in "\\PC{0,12}", said in "\\PC{0,60}") {
        let text = lines.join("\n");
        let trace = Trace::parse(&text);
        prop_assert!(trace.parts.len() <= CAUSES_MAX);
        prop_assert!(trace.parts.iter().all(|part| part.frames.len() <= FRAMES_MAX));
        prop_assert!(key(&kind, &said, &text, "1", 0) > 0);
        let frames = Resolved::of_part(&trace.parts[0], "https://shop.example/");
        let rules = ErrorRules::default();
        prop_assert_eq!(group(&kind, &said, &frames, &rules), group(&kind, &said, &frames, &rules));
    }

    #[test]
    fn any_bytes_as_a_map_are_refused_or_answer(mappings in "[A-Za-z0-9+/,;!]{0,60}", line in 0u32..9, column in 0u32..99) {
        let text = format!(r#"{{"version":3,"sources":["a","b"],"names":["n"],"mappings":"{mappings}","sourcesContent":["x\ny",null]}}"#);
        if let Ok(map) = SourceMap::read(text.as_bytes()) {
            let _ = map.find(line, column);
        }
    }
}

#[test]
fn very_long_traces_are_cut() {
    let frames = "    at f (a.js:1:1)\n".repeat(1000);
    let text = format!("{frames}Caused by: x\n").repeat(50);
    let trace = Trace::parse(&text);
    assert_eq!((trace.parts.len(), trace.parts[0].frames.len()), (CAUSES_MAX, FRAMES_MAX));
}
