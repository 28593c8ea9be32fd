//! One error thrown in Chromium, Firefox and Node, from a minified script: `fixtures/record.mjs` recorded them.

use limen_stack::{ErrorRules, Resolved, SourceMap, Trace, group};

const MAP: &[u8] = include_bytes!("../fixtures/cart.min.js.map");

fn resolved(stack: &str) -> Vec<Vec<Resolved>> {
    let map = SourceMap::read(MAP).expect("a map");
    let resolve = |part: &limen_stack::Part<'_>| {
        let mut frames = Resolved::of_part(part, "https://shop.example/");
        for frame in frames.iter_mut().filter(|frame| frame.wants_map()) {
            frame.found(map.find(frame.line, frame.column).expect("in the map"));
        }
        frames
    };
    Trace::parse(stack).parts.iter().map(resolve).collect()
}

fn told(frames: &[Resolved]) -> Vec<String> {
    frames.iter().map(|frame| format!("{} {}:{}", frame.function, frame.file, frame.line)).collect()
}

#[test]
fn an_error_behind_promises_is_found_in_its_source() {
    let chrome = resolved(include_str!("../fixtures/chrome-async.txt"));
    assert_eq!(
        told(&chrome[0]),
        [
            "total prices.ts:3",
            " cart.ts:13",
            "Array.map :0",
            "a.payAll cart.ts:13",
            "a.checkout cart.ts:9",
            "stackOf cart.ts:34",
            "record cart.ts:43"
        ]
    );
    assert_eq!(
        chrome[0][0].context[2],
        "  return (line.price as unknown as { toFixed(digits: number): number }).toFixed(2);"
    );
    // The others count columns and name functions in their own ways, and the source is the same.
    for other in [include_str!("../fixtures/firefox-async.txt"), include_str!("../fixtures/node-async.txt")] {
        let lines = |frames: &[Resolved]| {
            frames.iter().filter(|f| f.is_found()).map(|f| (f.file.clone(), f.line)).take(4).collect::<Vec<_>>()
        };
        assert_eq!(lines(&resolved(other)[0]), lines(&chrome[0]));
    }
}

#[test]
fn causes_stand_behind_the_error() {
    for stack in [
        include_str!("../fixtures/chrome-cause.txt"),
        include_str!("../fixtures/firefox-cause.txt"),
        include_str!("../fixtures/node-cause.txt"),
    ] {
        let parts = resolved(stack);
        assert_eq!(parts.len(), 2);
        assert!(told(&parts[0]).contains(&"declineCard cart.ts:25".to_owned()), "{:?}", told(&parts[0]));
        assert_eq!(told(&parts[1])[0], "total prices.ts:3");
    }
}

#[test]
fn evaluated_code_is_where_it_was_evaluated() {
    for stack in [include_str!("../fixtures/chrome-eval.txt"), include_str!("../fixtures/firefox-eval.txt")] {
        let trace = Trace::parse(stack);
        let first = trace.parts[0].frames[0];
        assert_eq!((first.function, first.file, first.line), ("inEval", "https://shop.example/assets/cart.min.js", 1));
    }
}

#[test]
fn what_broke_is_one_group_whatever_browser_it_broke_in() {
    let id = |kind: &str, stack: &str| group(kind, "", &resolved(stack)[0], &ErrorRules::default()).id;
    let chrome = id("DeclinedError", include_str!("../fixtures/chrome-cause.txt"));
    assert_eq!(id("DeclinedError", include_str!("../fixtures/firefox-cause.txt")), chrome);
    assert_ne!(id("TypeError", include_str!("../fixtures/chrome-async.txt")), chrome);
}

/// As these runtimes write them by their own documentation; neither runs here.
#[test]
fn safari_hermes_and_the_jvm_are_read_as_well() {
    let safari = "pay@https://shop.example/app.js:2:17\n[native code]\nmap@[native code]\nglobal code@https://shop.example/app.js:9:1\nhttps://shop.example/app.js:10:3";
    let hermes = "TypeError: undefined is not a function\n    at pay (address at index.android.bundle:1:2345)\n    at anonymous (native)";
    let jvm = "java.lang.IllegalStateException: no cart\n\tat com.example.Cart.pay(Cart.kt:12)\n\tat java.lang.reflect.Method.invoke(Native Method)\nCaused by: java.io.IOException: closed\n\tat com.example.Net.read(Net.java:7)\n\t... 3 more";
    let frames = |stack: &'static str| {
        let trace = Trace::parse(stack);
        let told = |frame: &limen_stack::Frame<'_>| {
            format!("{}|{}|{}|{}", frame.function, frame.file, frame.line, frame.column)
        };
        trace.frames().map(told).collect::<Vec<_>>()
    };
    let app = "https://shop.example/app.js";
    assert_eq!(
        frames(safari),
        [format!("pay|{app}|2|17"), "map||0|0".to_owned(), format!("|{app}|9|1"), format!("|{app}|10|3")]
    );
    assert_eq!(frames(hermes), ["pay|index.android.bundle|1|2345", "anonymous||0|0"]);
    assert_eq!(
        frames(jvm),
        [
            "com.example.Cart.pay|Cart.kt|12|0",
            "java.lang.reflect.Method.invoke||0|0",
            "com.example.Net.read|Net.java|7|0"
        ]
    );
    assert_eq!(Trace::parse(jvm).parts[1].head, "java.io.IOException: closed");
}
