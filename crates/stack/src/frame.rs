//! What a stack trace is made of.

/// One call, as the runtime names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Frame<'a> {
    /// Empty for code outside of any function, and where the runtime does not say.
    pub function: &'a str,
    /// URL or name of the file; empty for code that has none, such as the runtime's own.
    pub file: &'a str,
    /// From 1; 0 is unknown.
    pub line: u32,
    /// From 1, in UTF-16 units; 0 is unknown.
    pub column: u32,
}

/// One error of a chain: its first lines, and where it was made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part<'a> {
    /// What stands above the frames, usually type and message; empty in Firefox and Safari.
    pub head: &'a str,
    /// The innermost call first.
    pub frames: Vec<Frame<'a>>,
}

/// The error itself first, then what caused it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace<'a> {
    pub parts: Vec<Part<'a>>,
}

impl<'a> Trace<'a> {
    /// Every frame, those of the error itself first.
    pub fn frames(&self) -> impl Iterator<Item = &Frame<'a>> {
        self.parts.iter().flat_map(|part| &part.frames)
    }
}
