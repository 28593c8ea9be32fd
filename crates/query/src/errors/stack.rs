//! The frames of one error, with their sources where those were found.

use clickhouse::Row;
use limen_stack::{Resolved, Trace};
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::prepare::prepare;
use crate::{QueryError, Scope};

/// One error of a chain: the error itself, or what caused the one before.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ErrorPart {
    /// What the runtime wrote above the frames; empty where it writes nothing.
    pub head: String,
    /// The innermost call first.
    pub frames: Vec<SourceFrame>,
}

/// One call.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SourceFrame {
    /// Empty for code outside of any function.
    pub function: String,
    /// Path of the source, or address of the script where no source was found.
    pub file: String,
    /// From 1; 0 is unknown.
    pub line: u32,
    /// From 1; 0 is unknown.
    pub column: u32,
    /// Whose code it is: `app`, `library`, `third_party`, `extension`, `runtime`.
    pub party: String,
    /// Why no source was found: `nothing_uploaded`, `nothing_for_release`, `no_such_file`, `unknown_debug_id`, `no_position`,
    /// `not_in_map`, `map_damaged`, `no_release`; null where one was found and where there is none to find.
    pub unresolved: Option<String>,
    /// The place in the script as it was loaded, where a source was found.
    pub raw: Option<String>,
    /// Number of the first line of `context`.
    pub context_first: u32,
    /// Lines of the source around it.
    pub context: Vec<String>,
}

#[derive(Debug, Row, Deserialize)]
struct StackRow {
    parts: String,
    grouped_by: String,
    unresolved: Vec<String>,
}

pub(super) struct Stack {
    pub parts: Vec<ErrorPart>,
    pub grouped_by: String,
    pub unresolved: Vec<String>,
}

/// `text` is the stack as the error has it: what stands above the frames is told by nothing else.
pub(super) async fn stack(store: &Store, scope: &Scope, id: u64, text: &str) -> Result<Stack, QueryError> {
    let query = prepare(store, include_str!("stack.sql")).param("app", scope.app.as_str()).param("stack", id);
    let row: Option<StackRow> = query.fetch_optional().await?;
    let trace = Trace::parse(text);
    let found: Option<Vec<Vec<Resolved>>> = row.as_ref().and_then(|row| serde_json::from_str(&row.parts).ok());
    let plain = || trace.parts.iter().map(|part| Resolved::of_part(part, "")).collect();
    let parts = found.unwrap_or_else(plain).into_iter().zip(&trace.parts).map(|(frames, part)| ErrorPart {
        head: part.head.to_owned(),
        frames: frames.into_iter().map(frame).collect(),
    });
    let parts = parts.filter(|part| !part.frames.is_empty() || !part.head.is_empty()).collect();
    let (grouped_by, unresolved) = row.map(|row| (row.grouped_by, row.unresolved)).unwrap_or_default();
    Ok(Stack { parts, grouped_by, unresolved })
}

fn frame(frame: Resolved) -> SourceFrame {
    SourceFrame {
        function: frame.function,
        file: frame.file,
        line: frame.line,
        column: frame.column,
        party: frame.party.name().to_owned(),
        unresolved: frame.unresolved.map(|why| why.name().to_owned()),
        raw: frame.raw,
        context_first: frame.context_first,
        context: frame.context,
    }
}
