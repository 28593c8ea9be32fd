//! How much of a stack trace and of a source map is looked at: both come from outside.

/// Errors of a chain of causes that are read, the outermost included.
pub const CAUSES_MAX: usize = 6;
/// Frames of each of them.
pub const FRAMES_MAX: usize = 64;
/// Longest line of a stack trace that is looked at, in bytes; longer ones are no frames.
pub const LINE_BYTES_MAX: usize = 4096;
/// Longest name of a function, in bytes; the rest is cut off.
pub const FUNCTION_BYTES_MAX: usize = 256;
/// Lines of the source that are kept before and after the line of a frame.
pub const CONTEXT_LINES: u32 = 5;
/// Longest of them, in characters; the rest is cut off.
pub const CONTEXT_LINE_CHARS_MAX: usize = 200;
/// Largest source map, opened.
pub const MAP_BYTES_MAX: usize = 64 << 20;
/// Rules for errors of one application.
pub const RULES_MAX: usize = 100;
/// Longest pattern or name in a rule, in bytes.
pub const RULE_TEXT_BYTES_MAX: usize = 256;
