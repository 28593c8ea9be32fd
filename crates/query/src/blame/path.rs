//! The critical path through a tree of spans: at each moment the one span that was waited for.
//!
//! The walk goes backwards from the end to the child that finished last, from that one's start to the one that finished
//! last before, and so on, as CRISP does ("CRISP: Critical Path Analysis of Large-Scale Microservice Architectures",
//! USENIX ATC 2022, section 3). Two things are decided here: of siblings that overlap, the earlier one is waited for until
//! the later one begins, so own time is what no child covers, as everywhere in Limen; and a sibling that ends exactly where
//! the next one begins is on the path. Children are cut at their parent's ends; nobody waits for consumers of messages.

use super::input::{Input, Span};
use super::owner::{CONSUMER, Owner, of_span};

/// A stretch of the time line and whose it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Piece {
    pub from: i64,
    pub to: i64,
    pub owner: Owner,
    /// What happened there, for people.
    pub what: String,
    /// Index of the span.
    pub span: Option<usize>,
}

/// The clock of a service was moved to fit between a request and its answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shift {
    pub service: String,
    /// Added to the times of its spans.
    pub by: i64,
    /// How far the truth can be from there, to either side.
    pub error: i64,
}

/// What is still to be laid on the time line, from the last to the first.
enum Task {
    Own { from: i64, to: i64, span: usize },
    Walk { from: i64, to: i64, span: usize, shift: i64 },
}

pub(crate) struct Walk<'a> {
    spans: &'a [Span],
    /// A span stands under one parent, so it is met once, whatever the trees claim.
    met: Vec<bool>,
    pub shifts: Vec<Shift>,
}

impl<'a> Walk<'a> {
    pub fn new(input: &'a Input) -> Self {
        Self { spans: &input.spans, met: vec![false; input.spans.len()], shifts: Vec::new() }
    }

    /// Divides `from..to` of a span between it and what is below it. The pieces are in order and leave no gap.
    pub fn span(&mut self, span: usize, from: i64, to: i64) -> Vec<Piece> {
        let mut tasks = vec![Task::Walk { from, to, span, shift: 0 }];
        let mut pieces = Vec::new();
        while let Some(task) = tasks.pop() {
            match task {
                Task::Own { from, to, span } => pieces.push(self.own(span, from, to)),
                Task::Walk { from, to, span, shift } => self.descend(span, from, to, shift, &mut tasks),
            }
        }
        pieces.reverse();
        pieces
    }

    fn own(&self, span: usize, from: i64, to: i64) -> Piece {
        let this = &self.spans[span];
        let calls = this.children.iter().any(|&child| self.is_elsewhere(span, child));
        Piece { from, to, owner: of_span(this, calls), what: this.name.clone(), span: Some(span) }
    }

    fn is_elsewhere(&self, parent: usize, child: usize) -> bool {
        let (parent, child) = (&self.spans[parent], &self.spans[child]);
        parent.browser != child.browser || parent.service != child.service
    }

    fn descend(&mut self, span: usize, from: i64, to: i64, shift: i64, tasks: &mut Vec<Task>) {
        if std::mem::replace(&mut self.met[span], true) {
            return tasks.push(Task::Own { from, to, span });
        }
        // (end, start, child, its clock's shift), the last to finish first.
        let mut children: Vec<(i64, i64, usize, i64)> = Vec::new();
        for &child in &self.spans[span].children {
            let below = &self.spans[child];
            if below.kind == CONSUMER {
                continue;
            }
            let shift = shift.saturating_add(self.fit(span, child, from, to, shift));
            children.push((below.end.saturating_add(shift), below.start.saturating_add(shift), child, shift));
        }
        children.sort_unstable_by(|a, b| b.cmp(a));
        let mut laid = Vec::new();
        let mut cursor = to;
        for (end, start, child, shift) in children {
            let (start, end) = (start.max(from), end.min(cursor));
            if end <= start {
                continue;
            }
            if end < cursor {
                laid.push(Task::Own { from: end, to: cursor, span });
            }
            laid.push(Task::Walk { from: start, to: end, span: child, shift });
            cursor = start;
        }
        if cursor > from {
            laid.push(Task::Own { from, to: cursor, span });
        }
        // The last of the stack is taken first, and pieces are made from the end.
        tasks.extend(laid.into_iter().rev());
    }

    /// How far a child's clock must be moved to lie between the ends of the request that it answered. Only a browser is
    /// known to have waited for the whole answer; between services a child may go on after its parent.
    fn fit(&mut self, parent: usize, child: usize, from: i64, to: i64, shift: i64) -> i64 {
        let (above, below) = (&self.spans[parent], &self.spans[child]);
        if !above.browser || below.browser {
            return 0;
        }
        let earliest = from.saturating_sub(below.start.saturating_add(shift));
        let latest = to.saturating_sub(below.end.saturating_add(shift));
        let (by, error) = if latest < earliest {
            // It lasted longer than the wait: it was still sending. Then only its start is known.
            (if earliest > 0 || latest.saturating_add(below.end - below.start) < 0 { earliest } else { 0 }, 0)
        } else {
            // Within its bounds the clock is believed; else the ways there and back are taken to be as long.
            let by = if earliest <= 0 && latest >= 0 { 0 } else { midpoint(earliest, latest) };
            (by, (by.saturating_sub(earliest)).max(latest.saturating_sub(by)))
        };
        self.shifts.push(Shift { service: below.service.clone(), by, error });
        by
    }
}

fn midpoint(low: i64, high: i64) -> i64 {
    ((i128::from(low) + i128::from(high)) / 2) as i64
}
