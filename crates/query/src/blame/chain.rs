//! The chain of one view: its vital as one row of pieces from 0 to its value, each with an owner.
//!
//! A row can only be added to at its end, and is filled up to the vital: so no moment is counted twice or left out, and the
//! pieces sum to the vital whatever the parts claim. What nobody measured is a piece of its own, and is named.

use std::collections::BTreeSet;

use super::input::{DOCUMENT, Input, Kind, Phases};
use super::owner::{Owner, OwnerKind};
use super::path::{Piece, Shift, Walk};

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Chain {
    pub pieces: Vec<Piece>,
    pub shifts: Vec<Shift>,
    /// What would be needed to say more, for people.
    pub missing: BTreeSet<String>,
}

/// What is measured between the end of a request and its last byte is told to so much.
const TOLERANCE: i64 = 1_000_000;

pub(crate) fn chain(input: &Input) -> Chain {
    let mut row = Row { input, walk: Walk::new(input), pieces: Vec::new(), missing: BTreeSet::new() };
    match input.kind {
        Kind::Ttfb => row.document(),
        Kind::Fcp => {
            row.document();
            row.download();
            row.page(input.total, OwnerKind::RenderDelay, "until the first paint");
        }
        Kind::Lcp => row.lcp(),
        Kind::Inp => row.inp(),
        Kind::Transition => row.page(input.total, OwnerKind::Browser, "the page's own work"),
        Kind::Request(span) => row.request(span, input.total),
    }
    row.until(input.total, Owner::of(OwnerKind::Unknown), "not measured");
    if input.spans.iter().any(|span| span.parent_missing) {
        row.miss("a span names a parent that is not in the trace");
    }
    Chain { pieces: row.pieces, shifts: row.walk.shifts, missing: row.missing }
}

struct Row<'a> {
    input: &'a Input,
    walk: Walk<'a>,
    pieces: Vec<Piece>,
    missing: BTreeSet<String>,
}

impl Row<'_> {
    fn at(&self) -> i64 {
        self.pieces.last().map_or(0, |piece| piece.to)
    }

    fn miss(&mut self, what: &str) {
        self.missing.insert(what.to_owned());
    }

    fn push(&mut self, piece: Piece) {
        let (from, to) = (self.at(), piece.to.min(self.input.total));
        if to <= from {
            return;
        }
        match self.pieces.last_mut() {
            Some(last) if last.owner == piece.owner && last.what == piece.what && last.span == piece.span => {
                last.to = to
            }
            _ => self.pieces.push(Piece { from, to, ..piece }),
        }
    }

    fn until(&mut self, to: i64, owner: Owner, what: &str) {
        self.push(Piece { from: self.at(), to, owner, what: what.to_owned(), span: None });
    }

    fn within(&mut self, span: usize, to: i64) {
        let from = self.at();
        if from < to {
            for piece in self.walk.span(span, from, to) {
                self.push(piece);
            }
        }
    }

    /// From the start of the view to the first byte. Phases are known by their lengths: they end with the first byte.
    fn document(&mut self) {
        let input = self.input;
        let Some(ttfb) = input.ttfb else {
            return self.miss("the time to first byte");
        };
        let ttfb = ttfb.min(input.total);
        let phases = input.phases;
        let fetch = input.spans.iter().position(|span| span.browser && span.name == DOCUMENT);
        let front = [input.redirect, input.worker];
        let lengths = [phases.dns, phases.tcp, phases.tls, phases.wait].into_iter().chain(front);
        let known = lengths.flatten().fold(0, i64::saturating_add);
        self.until(ttfb.saturating_sub(known), Owner::of(OwnerKind::Unknown), "before the request");
        if let Some(redirect) = input.redirect {
            self.until(self.at().saturating_add(redirect), Owner::of(OwnerKind::Network), "redirect");
        }
        if let Some(worker) = input.worker {
            self.until(
                self.at().saturating_add(worker).min(ttfb),
                Owner::of(OwnerKind::Browser),
                "service worker and cache",
            );
        }
        self.connect(&phases, ttfb);
        self.wait(fetch, ttfb, phases.wait.is_some());
    }

    fn connect(&mut self, phases: &Phases, end: i64) {
        for (length, what) in
            [(phases.dns, "name look-up"), (phases.tcp, "TCP connection"), (phases.tls, "TLS handshake")]
        {
            let to = self.at().saturating_add(length.unwrap_or(0)).min(end);
            self.until(to, Owner::of(OwnerKind::Network), what);
        }
    }

    /// From the request to the first byte of the answer, by what the services say about it.
    fn wait(&mut self, request: Option<usize>, end: i64, measured: bool) {
        if !measured {
            self.miss("the phases of a request, which the browser hides");
        }
        let answered = request.filter(|&request| {
            self.input.spans[request].children.iter().any(|&child| !self.input.spans[child].browser)
        });
        match answered {
            Some(request) => self.within(request, end),
            None => {
                if self.at() < end {
                    self.miss("the server's span of a request");
                }
                self.until(end, Owner::of(OwnerKind::Unknown), "waiting for an answer, no server span");
            }
        }
    }

    fn download(&mut self) {
        let to = self.at().saturating_add(self.input.phases.response.unwrap_or(0));
        self.until(to, Owner::of(OwnerKind::Network), "download of the document");
    }

    fn lcp(&mut self) {
        self.document();
        let input = self.input;
        let Some(ttfb) = input.ttfb else { return };
        let delay = input.lcp_load_delay.filter(|_| input.lcp_load_duration.is_some());
        if let (Some(delay), Some(duration), Some(_)) = (delay, input.lcp_load_duration, &input.resource) {
            let begun = ttfb.saturating_add(delay).min(input.total);
            self.download_until(begun);
            self.page(begun, OwnerKind::Browser, "before the resource was asked for");
            self.resource(begun.saturating_add(duration).min(input.total));
        } else {
            if input.lcp_load_delay.is_none() {
                self.miss("the sub-parts of the LCP");
            }
            self.download_until(input.total);
        }
        self.page(input.total, OwnerKind::RenderDelay, "until the paint");
    }

    fn download_until(&mut self, end: i64) {
        let to = self.at().saturating_add(self.input.phases.response.unwrap_or(0)).min(end);
        self.until(to, Owner::of(OwnerKind::Network), "download of the document");
    }

    fn resource(&mut self, end: i64) {
        let Some(resource) = &self.input.resource else { return };
        let (phases, what) = (resource.phases, "load of the resource");
        if resource.third_party {
            return self.until(end, Owner::named(OwnerKind::ThirdParty, &resource.host), what);
        }
        let (Some(wait), Some(response)) = (phases.wait, phases.response) else {
            self.miss("the phases of the resource, which its server hides (Timing-Allow-Origin)");
            return self.until(end, Owner::of(OwnerKind::Unknown), what);
        };
        let first_byte = end.saturating_sub(response);
        self.until(first_byte.saturating_sub(wait), Owner::of(OwnerKind::Network), "connection for the resource");
        if wait > 0 {
            self.miss("a span of whoever serves the resource");
        }
        self.until(first_byte, Owner::named(OwnerKind::Unknown, &resource.host), "waiting for the resource");
        self.until(end, Owner::of(OwnerKind::Network), "download of the resource");
    }

    /// A stretch in which the page itself is at work. It waited for those of its requests that ended in it, the last to
    /// finish first; what is left is its own, but for the scripts of others.
    fn page(&mut self, to: i64, own: OwnerKind, what: &str) {
        let (from, to) = (self.at(), to.min(self.input.total));
        let spans = &self.input.spans;
        let of_page = |index: &usize| {
            let span = &spans[*index];
            span.is_request_of_page() && span.end <= to.saturating_add(TOLERANCE) && span.end > from
        };
        let mut requests: Vec<usize> = (0..spans.len()).filter(of_page).collect();
        requests.sort_unstable_by_key(|&index| std::cmp::Reverse((spans[index].end, spans[index].start)));
        let mut waited: Vec<(i64, i64, usize)> = Vec::new();
        let mut cursor = to;
        for index in requests {
            let (start, end) = (spans[index].start.max(from), spans[index].end.min(cursor));
            if start < end {
                waited.push((start, end, index));
                cursor = start;
            }
        }
        for (start, end, index) in waited.into_iter().rev() {
            self.work(start, own, what);
            self.request(index, end);
        }
        self.work(to, own, what);
    }

    /// The page's own work up to an instant, without what scripts of others took of it.
    fn work(&mut self, to: i64, own: OwnerKind, what: &str) {
        let scripts = &self.input.scripts;
        let first = scripts.partition_point(|script| script.to <= self.at());
        for script in scripts[first..].iter().take_while(|script| script.from < to) {
            if let Some(host) = &script.third_party {
                self.until(script.from.min(to), Owner::of(own), what);
                self.until(script.to.min(to), Owner::named(OwnerKind::ThirdParty, host), "script");
            }
        }
        self.until(to, Owner::of(own), what);
    }

    /// A request of the page, up to an instant at which it, or the part of it that was waited for, ended.
    fn request(&mut self, index: usize, to: i64) {
        let span = &self.input.spans[index];
        let phases = span.phases;
        let served = span.children.iter().any(|&child| !self.input.spans[child].browser);
        if span.third_party && !served {
            return self.until(to, Owner::named(OwnerKind::ThirdParty, &span.host), &span.name);
        }
        let Some(wait) = phases.wait else { return self.wait(Some(index), to, false) };
        let first_byte = span.end.saturating_sub(phases.response.unwrap_or(0));
        let sent = first_byte.saturating_sub(wait);
        let connecting = [phases.dns, phases.tcp, phases.tls].into_iter().flatten().fold(0, i64::saturating_add);
        self.until(sent.saturating_sub(connecting).min(to), Owner::of(OwnerKind::Browser), "request waits to be sent");
        self.connect(&phases, to.min(sent));
        self.until(sent.min(to), Owner::of(OwnerKind::Network), "connection");
        self.wait(Some(index), first_byte.min(to), true);
        self.until(to, Owner::of(OwnerKind::Network), "download of the answer");
    }

    /// The interaction, on a time line that begins with it: an answer to a request is no part of it, because the paint that
    /// it measures does not wait for one, unless a script held the page until the answer came.
    fn inp(&mut self) {
        let input = self.input;
        let (Some(delay), Some(processing)) = (input.input_delay, input.processing) else {
            return self.miss("the sub-parts of the INP");
        };
        let handlers = delay.saturating_add(processing);
        for (to, own, what) in [
            (delay, OwnerKind::Browser, "the page was busy"),
            (handlers, OwnerKind::Browser, "handlers"),
            (input.total, OwnerKind::RenderDelay, "until the next paint"),
        ] {
            self.held(to.min(input.total), own, what);
        }
    }

    /// Work during which only a request that began and ended inside one script was waited for.
    fn held(&mut self, to: i64, own: OwnerKind, what: &str) {
        let spans = &self.input.spans;
        let from = self.at();
        let inside = |index: &usize| {
            let span = &spans[*index];
            let holds = |script: &super::input::Script| script.from <= span.start && span.end <= script.to;
            span.is_request_of_page() && span.start >= from && span.end <= to && self.input.scripts.iter().any(holds)
        };
        let mut requests: Vec<usize> = (0..spans.len()).filter(inside).collect();
        requests.sort_unstable_by_key(|&index| spans[index].start);
        for index in requests {
            self.work(spans[index].start, own, what);
            self.request(index, spans[index].end);
        }
        self.work(to, own, what);
    }
}
