//! Whose is the time of one slow view? Its vital as a ledger by owner, and as a row of pieces on the time line.

mod chain;
pub(crate) mod changes;
mod input;
mod ledger;
mod owner;
mod path;
mod population;
mod rows;
mod stored;

use limen_model::AppId;
use limen_store::Store;
use serde::Serialize;
use utoipa::ToSchema;

pub use changes::OwnerChange;
pub use owner::{Owner, OwnerKind};
pub use population::{Population, PopulationBlame, PopulationLine, population_blame};

use crate::limits::SESSION_ID_BYTES_MAX;
use crate::scope::{Range, clipped};
use crate::time::millis;
use crate::{QueryError, ScopeError, Time};
use input::Kind;

/// A time of a view that can be divided between owners.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum BlamedVital {
    Lcp,
    Inp,
    Fcp,
    Ttfb,
    /// From the click to the quiet page, of a change of route.
    Transition,
}

/// The vital of one view, divided.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct BlameAnswer {
    pub session_id: String,
    pub view_id: String,
    /// Null when a request was divided.
    pub vital: Option<BlamedVital>,
    /// Where the time line begins: with the view, for inp with the interaction, for a request with it.
    pub start: Time,
    /// The vital, or the time to first byte of the request, in whole milliseconds, halves rounded up. A request of which the
    /// browser hides the phases is divided up to its last byte.
    pub total: u64,
    /// By owner, the largest first; the milliseconds sum to `total`.
    pub ledger: Vec<LedgerLine>,
    /// The critical path: one after the other, without gap or overlap, from 0 to the vital.
    pub pieces: Vec<BlamePiece>,
    /// Clocks of services that do not agree with the browser's, as far as the path met them.
    pub clocks: Vec<ClockShift>,
    /// How wrong the places of services' pieces can be, in milliseconds, because clocks are not known better.
    pub clock_error: f64,
    /// What would be needed to say more.
    pub missing: Vec<String>,
}

/// What one owner took.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LedgerLine {
    pub owner: Owner,
    /// Whole milliseconds.
    pub millis: u64,
    /// Of the vital, 0 to 1.
    pub share: f64,
}

/// A stretch of the time line.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct BlamePiece {
    /// Milliseconds from the start of the time line.
    pub offset: f64,
    /// Milliseconds.
    pub duration: f64,
    pub owner: Owner,
    /// What happened, for people.
    pub what: String,
    /// The trace of the span behind it; null without a span.
    pub trace_id: Option<String>,
    pub span_id: Option<String>,
}

/// How a service's clock was moved to lie between request and answer.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ClockShift {
    pub service: String,
    /// Milliseconds added to its times.
    pub shift: f64,
    /// How far the truth can be from there to either side, in milliseconds.
    pub error: f64,
}

impl BlamedVital {
    const ALL: [(BlamedVital, &'static str); 5] = [
        (BlamedVital::Lcp, "lcp"),
        (BlamedVital::Inp, "inp"),
        (BlamedVital::Fcp, "fcp"),
        (BlamedVital::Ttfb, "ttfb"),
        (BlamedVital::Transition, "transition"),
    ];

    pub fn parse(text: &str) -> Result<Self, ScopeError> {
        let known = Self::ALL.into_iter().find(|(_, name)| *name == text);
        known.map(|(vital, _)| vital).ok_or_else(|| ScopeError::Vital { value: clipped(text) })
    }

    /// For people.
    fn name(self) -> &'static str {
        match self {
            BlamedVital::Lcp => "LCP",
            BlamedVital::Inp => "INP",
            BlamedVital::Fcp => "FCP",
            BlamedVital::Ttfb => "TTFB",
            BlamedVital::Transition => "the time of a route change",
        }
    }

    /// Of the table of views.
    fn column(self) -> &'static str {
        match self {
            BlamedVital::Transition => "transition_time",
            BlamedVital::Lcp => "lcp",
            BlamedVital::Inp => "inp",
            BlamedVital::Fcp => "fcp",
            BlamedVital::Ttfb => "ttfb",
        }
    }

    fn kind(self) -> Kind {
        match self {
            BlamedVital::Lcp => Kind::Lcp,
            BlamedVital::Inp => Kind::Inp,
            BlamedVital::Fcp => Kind::Fcp,
            BlamedVital::Ttfb => Kind::Ttfb,
            BlamedVital::Transition => Kind::Transition,
        }
    }
}

/// What of a view is divided between owners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Divided<'a> {
    Vital(BlamedVital),
    /// The vital that its kind is about: lcp, or transition for a change of route.
    OfItsKind,
    /// The time to first byte of a request that it made, by the trace id and the span id, one after the other in hex.
    Request(&'a str),
}

pub async fn blame(
    store: &Store,
    app: &AppId,
    session: &str,
    view: &str,
    divided: Divided<'_>,
) -> Result<BlameAnswer, QueryError> {
    let request = if let Divided::Request(id) = divided { id } else { "none" };
    for (what, id) in [("session", session), ("view", view), ("request", request)] {
        if id.is_empty() || id.len() > SESSION_ID_BYTES_MAX {
            return Err(ScopeError::Id { what, value: clipped(id) }.into());
        }
    }
    let not_found = |what| QueryError::NotFound { what, id: clipped(view), app: app.to_string() };
    let stored = stored::Stored::of(store, app, &[(session, view)], None).await?;
    let row = stored.view(session, view).ok_or_else(|| not_found("view"))?;
    stored.divide(row, divided).ok_or_else(|| match divided {
        Divided::Request(id) => {
            QueryError::NotFound { what: "request of this view", id: clipped(id), app: app.to_string() }
        }
        _ => not_found("view with this vital"),
    })
}

/// Those of some views, which began within a range, that are stored and have the vital, in the order in which they were asked for.
pub(crate) async fn blame_all(
    store: &Store,
    app: &AppId,
    views: &[(&str, &str)],
    range: Range,
    vital: BlamedVital,
) -> Result<Vec<BlameAnswer>, QueryError> {
    if views.is_empty() {
        return Ok(Vec::new());
    }
    let stored = stored::Stored::of(store, app, views, Some(range)).await?;
    let rows = views.iter().filter_map(|(session, view)| stored.view(session, view));
    Ok(rows.filter_map(|row| stored.divide(row, Divided::Vital(vital))).collect())
}

fn answer(
    session: &str,
    view: &str,
    vital: Option<BlamedVital>,
    start: Time,
    input: &input::Input,
    chain: chain::Chain,
) -> BlameAnswer {
    let ledger = ledger::ledger(&chain.pieces);
    let share = |nanos: i64| if input.total > 0 { nanos as f64 / input.total as f64 } else { 0.0 };
    // The id of a span is that of its trace and its own.
    let ids = |span: Option<usize>| span.and_then(|span| input.spans[span].id.split_at_checked(32)).unzip();
    let pieces = chain.pieces.iter().map(|piece| {
        let (trace_id, span_id) = ids(piece.span);
        BlamePiece {
            offset: millis(piece.from.into()),
            duration: millis((piece.to - piece.from).into()),
            owner: piece.owner.clone(),
            what: piece.what.clone(),
            trace_id: trace_id.map(str::to_owned),
            span_id: span_id.map(str::to_owned),
        }
    });
    BlameAnswer {
        session_id: session.to_owned(),
        view_id: view.to_owned(),
        vital,
        start,
        total: ledger::whole(input.total),
        ledger: ledger
            .into_iter()
            .map(|(owner, nanos, millis)| LedgerLine { owner, millis, share: share(nanos) })
            .collect(),
        pieces: pieces.collect(),
        clock_error: chain.shifts.iter().map(|shift| millis(shift.error.into())).fold(0.0, f64::max),
        clocks: chain.shifts.iter().filter(|shift| shift.by != 0).map(clock_shift).collect(),
        missing: chain.missing.into_iter().collect(),
    }
}

fn clock_shift(shift: &path::Shift) -> ClockShift {
    ClockShift { service: shift.service.clone(), shift: millis(shift.by.into()), error: millis(shift.error.into()) }
}

#[cfg(test)]
mod tests;
