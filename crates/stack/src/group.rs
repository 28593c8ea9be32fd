//! Which errors are one and the same: by where they were thrown, as the source has it, so that a new build changes nothing.
//!
//! Lines and columns do not count: they move with every edit above them. Of the frames only those of the application count,
//! where there are any; a function that calls itself counts once.

use limen_model::StableHash;
use serde::{Deserialize, Serialize};

use crate::class::{Class, Party};
use crate::rules::{ErrorRules, Verdict};
use crate::shape;
use crate::source::Resolved;

/// Frames that count, the innermost first: what lies further out says who called, not what broke.
const FRAMES_OF_GROUP: usize = 8;

/// Where an error belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    /// Never 0.
    pub id: u64,
    pub class: Class,
    /// A rule calls it noise.
    pub noise: bool,
    pub by: GroupedBy,
}

/// What made errors one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupedBy {
    /// A rule names it.
    Rule,
    /// Functions and files of the application.
    AppFrames,
    /// Functions and files of others, because there are none of the application.
    AllFrames,
    /// Type and message, without what differs from visitor to visitor.
    Message,
}

impl GroupedBy {
    pub fn name(self) -> &'static str {
        match self {
            GroupedBy::Rule => "rule",
            GroupedBy::AppFrames => "app_frames",
            GroupedBy::AllFrames => "all_frames",
            GroupedBy::Message => "message",
        }
    }
}

/// `frames` are those of the error itself, the innermost first.
pub fn group(kind: &str, message: &str, frames: &[Resolved], rules: &ErrorRules) -> Group {
    let class = Class::of(kind, message, frames.iter().map(|frame| frame.party));
    let verdict = rules.judge(kind, message, frames);
    let noise = verdict == Some(Verdict::Noise);
    if let Some(Verdict::Group(name)) = verdict {
        let id = StableHash::new().text("rule").text(name).finish().max(1);
        return Group { id, class, noise, by: GroupedBy::Rule };
    }
    let start = StableHash::new().text(kind);
    // Firefox begins with the constructor of the error itself, and Chrome does not.
    let frames: &[Resolved] = match frames.split_first() {
        Some((first, rest)) if shape::function(&first.function) == kind => rest,
        _ => frames,
    };
    let app = || frames.iter().filter(|frame| frame.party == Party::App);
    let others = || frames.iter().filter(|frame| frame.party != Party::Runtime);
    let (hash, by) = if let Some(hash) = of_frames(start, app()) {
        (hash, GroupedBy::AppFrames)
    } else if let Some(hash) = of_frames(start, others()) {
        (hash, GroupedBy::AllFrames)
    } else {
        (start.text("message").text(&shape::message(message)), GroupedBy::Message)
    };
    // Frames of a minified script without a map tell its file at most: what was said then tells one error from another.
    let vague = by != GroupedBy::Message && !frames.iter().any(tells_function);
    let hash = if vague { hash.text(&shape::message(message)) } else { hash };
    Group { id: hash.finish().max(1), class, noise, by }
}

fn of_frames<'f>(start: StableHash, frames: impl Iterator<Item = &'f Resolved>) -> Option<StableHash> {
    let mut shaped: Vec<(String, &str)> = frames.map(shape_of).collect();
    shaped.dedup();
    shaped.truncate(FRAMES_OF_GROUP);
    let fold = |hash: StableHash, (file, function): &(String, &str)| hash.text(file).text(function);
    (!shaped.is_empty()).then(|| shaped.iter().fold(start, fold))
}

fn shape_of(frame: &Resolved) -> (String, &str) {
    let function = if tells_function(frame) { shape::function(&frame.function) } else { "" };
    (shape::file(&frame.file), function)
}

/// Whether the function is called so in the next build as well.
fn tells_function(frame: &Resolved) -> bool {
    let name = shape::function(&frame.function);
    !name.is_empty() && !shape::is_minified(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::Trace;

    fn frames(stack: &str) -> Vec<Resolved> {
        Resolved::of_part(&Trace::parse(stack).parts[0], "https://shop.example/")
    }

    fn id(message: &str, stack: &str) -> u64 {
        group("Error", message, &frames(stack), &ErrorRules::default()).id
    }

    #[test]
    fn a_new_build_makes_no_new_group() {
        let one = "at pay (https://shop.example/assets/index-BxY1z_2A.js:1:200)\nat t (https://shop.example/assets/index-BxY1z_2A.js:1:9)";
        let two = "at pay (https://shop.example/assets/index-Qw3rTy9u.js:7:91)\nat e (https://shop.example/assets/index-Qw3rTy9u.js:7:3)";
        assert_eq!(id("declined", one), id("card declined", two));
        assert_ne!(id("declined", one), id("declined", &two.replace("pay", "refund")));
    }

    #[test]
    fn minified_frames_without_a_map_are_told_apart_by_what_was_said() {
        let one = "at t (https://shop.example/assets/index-BxY1z_2A.js:1:200)";
        let two = "at e (https://shop.example/assets/index-Qw3rTy9u.js:1:244)";
        assert_eq!(id("no user 17", one), id("no user 18", two));
        assert_ne!(id("no user 17", one), id("no cart", two));
    }

    #[test]
    fn frames_of_others_and_of_the_browser_do_not_count_beside_ones_own() {
        let own = "at pay (https://shop.example/app.js:1:2)";
        let more = "at Array.map (<anonymous>)\nat pay (https://shop.example/app.js:9:9)\nat wrap (https://tags.example/t.js:1:1)";
        assert_eq!(id("", own), id("", more));
        let recursive = "at pay (https://shop.example/app.js:1:2)\nat pay (https://shop.example/app.js:1:2)";
        assert_eq!(id("", own), id("", recursive));
    }

    #[test]
    fn a_rule_gathers_what_it_names() {
        let rules: ErrorRules = ErrorRules {
            rules: vec![crate::ErrorRule {
                message: Some("Loading chunk*".to_owned()),
                group: Some("chunks".to_owned()),
                ..Default::default()
            }],
        };
        let chunk = |stack| group("ChunkLoadError", "Loading chunk 3 failed", &frames(stack), &rules);
        assert_eq!(chunk("at a (https://shop.example/a.js:1:1)").id, chunk("").id);
        assert_eq!(chunk("").by, GroupedBy::Rule);
    }
}
