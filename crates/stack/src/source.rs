//! A frame with what was found out about it: the source, or the reason why there is none.

use serde::{Deserialize, Serialize};

use crate::class::Party;
use crate::frame::{Frame, Part};
use crate::map::Position;
use crate::shape;

/// A frame as people see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved {
    pub function: String,
    pub file: String,
    /// From 1; 0 is unknown.
    pub line: u32,
    /// From 1; 0 is unknown.
    pub column: u32,
    pub party: Party,
    /// Why the place is still that in the script as it was loaded; nothing for one that was found, and for code of browsers.
    pub unresolved: Option<Unresolved>,
    /// As the runtime wrote it, where something else was found.
    pub raw: Option<String>,
    /// Number of the first line of `context`.
    pub context_first: u32,
    /// Lines of the source around it.
    pub context: Vec<String>,
}

/// Why a frame has no source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unresolved {
    /// No map was ever uploaded for the application.
    NothingUploaded,
    /// None for this release.
    NothingForRelease,
    /// The release has maps, and none for this file.
    NoSuchFile,
    /// The script says which build it is, and no map of that build was uploaded.
    UnknownDebugId,
    /// The frame tells no line, or none of a script.
    NoPosition,
    /// There is a map, and it does not know this place: it is probably of another build.
    NotInMap,
    /// There is a map, and it cannot be read.
    MapDamaged,
    /// The error names no release, and the script no build.
    NoRelease,
}

impl Unresolved {
    pub fn name(self) -> &'static str {
        match self {
            Unresolved::NothingUploaded => "nothing_uploaded",
            Unresolved::NothingForRelease => "nothing_for_release",
            Unresolved::NoSuchFile => "no_such_file",
            Unresolved::UnknownDebugId => "unknown_debug_id",
            Unresolved::NoPosition => "no_position",
            Unresolved::NotInMap => "not_in_map",
            Unresolved::MapDamaged => "map_damaged",
            Unresolved::NoRelease => "no_release",
        }
    }
}

impl Resolved {
    /// As the runtime wrote it.
    pub fn new(frame: &Frame<'_>, document: &str) -> Self {
        let party = Party::of(frame, document);
        // Files of the JVM need no map, and it counts no columns.
        let unknown = (frame.line == 0 || frame.column == 0)
            && !is_jvm(frame.file)
            && matches!(party, Party::App | Party::ThirdParty);
        Resolved {
            function: frame.function.to_owned(),
            file: frame.file.to_owned(),
            line: frame.line,
            column: frame.column,
            party,
            unresolved: unknown.then_some(Unresolved::NoPosition),
            raw: None,
            context_first: 0,
            context: Vec::new(),
        }
    }

    /// Whether looking for a map makes sense.
    pub fn wants_map(&self) -> bool {
        self.unresolved.is_none() && matches!(self.party, Party::App | Party::ThirdParty) && self.column > 0
    }

    pub fn found(&mut self, position: Position) {
        self.raw = Some(format!("{} {}:{}:{}", self.function, self.file, self.line, self.column).trim().to_owned());
        self.party = if position.ignored { Party::Library } else { Party::of_source(&position.file) };
        (self.file, self.line, self.column) = (position.file, position.line, position.column);
        // A name that nobody has made short is the runtime's own word, and better than ours; no name at all is as it should be.
        let name = shape::function(&self.function);
        if let Some(scope) = position.scope.filter(|_| !name.is_empty() && shape::is_minified(name)) {
            self.function = scope;
        }
        (self.context_first, self.context) = position.context.unwrap_or_default();
    }

    pub fn not_found(&mut self, why: Unresolved) {
        self.unresolved = Some(why);
    }

    /// Whether it stands at a place in a source.
    pub fn is_found(&self) -> bool {
        self.raw.is_some()
    }

    /// All frames of one error without their sources.
    pub fn of_part(part: &Part<'_>, document: &str) -> Vec<Self> {
        part.frames.iter().map(|frame| Resolved::new(frame, document)).collect()
    }
}

fn is_jvm(file: &str) -> bool {
    [".java", ".kt", ".scala"].iter().any(|end| file.ends_with(end))
}
