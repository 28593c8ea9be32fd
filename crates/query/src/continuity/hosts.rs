//! The rows of one host put together, and the likely cause of each trace that ends at the page.

use std::collections::BTreeMap;

use super::{BrokenCause, BrokenTraces, CallsRow, ContinuityGateway, ContinuityHost, ContinuityRelease, HostRow};
use crate::precision::share_interval;
use crate::total::total;

pub(super) fn hosts(rows: &[CallsRow], known: &[HostRow]) -> Vec<ContinuityHost> {
    let mut by_host: BTreeMap<&str, Vec<&CallsRow>> = BTreeMap::new();
    rows.iter().for_each(|row| by_host.entry(&row.host).or_default().push(row));
    let mut hosts: Vec<ContinuityHost> = by_host
        .into_iter()
        .map(|(name, rows)| {
            let of_host = || known.iter().filter(|row| row.host == name);
            let roots = of_host().map(|row| row.roots).sum();
            let is_of_pages = of_host().any(|row| row.pages > 0);
            host(name, &rows, roots, is_of_pages)
        })
        .collect();
    hosts.sort_by(|a, b| b.calls.total_cmp(&a.calls).then(a.host.cmp(&b.host)));
    hosts
}

fn host(name: &str, rows: &[&CallsRow], roots: u64, is_of_pages: bool) -> ContinuityHost {
    let sum = |of: fn(&CallsRow) -> f64| total(rows.iter().map(|row| of(row)));
    let (n, calls, answered) = (rows.iter().map(|row| row.n).sum(), sum(|row| row.calls), sum(|row| row.answered));
    let share = answered / calls;
    let interval = share_interval(share, n as f64);
    ContinuityHost {
        host: name.to_owned(),
        third_party: rows.iter().any(|row| row.third_party),
        n,
        calls,
        answered,
        share,
        share_low: interval.map(|interval| interval.low),
        share_high: interval.map(|interval| interval.high),
        broken: broken(rows, roots, answered > 0.0, is_of_pages),
        gateways: gateways(rows),
        releases: releases(rows),
    }
}

/// What no single call tells, its host does: services there that begin traces of their own were called without the header.
fn broken(rows: &[&CallsRow], roots: u64, any_answered: bool, is_of_pages: bool) -> Vec<BrokenTraces> {
    let sum = |of: fn(&CallsRow) -> f64| total(rows.iter().map(|row| of(row)));
    let rest = sum(|row| row.rest);
    let stripped = if is_of_pages || any_answered { rest.min(roots as f64) } else { 0.0 };
    let left = if is_of_pages || any_answered { BrokenCause::Silent } else { BrokenCause::NotSent };
    let mut causes = vec![
        (BrokenCause::Rewritten, sum(|row| row.rewritten)),
        (BrokenCause::Late, sum(|row| row.late)),
        (BrokenCause::Stripped, stripped),
        (left, rest - stripped),
    ];
    causes.retain(|(_, calls)| *calls > 0.0);
    causes.sort_by(|a, b| b.1.total_cmp(&a.1));
    causes.into_iter().map(|(cause, calls)| BrokenTraces { cause, calls, to_do: to_do(cause).to_owned() }).collect()
}

fn to_do(cause: BrokenCause) -> &'static str {
    match cause {
        BrokenCause::NotSent => {
            "List this origin in `propagateTo` (data-propagate-to) of the agent, and let it allow the header: \
             `Access-Control-Allow-Headers: traceparent, tracestate`. Then instrument its service with OpenTelemetry."
        }
        BrokenCause::Stripped => {
            "Its services begin traces of their own: let every proxy pass `traceparent` and `tracestate` on, and let the service \
             read W3C Trace Context (OTEL_PROPAGATORS=tracecontext)."
        }
        BrokenCause::Rewritten => {
            "A proxy or mesh makes spans of its own and sends them elsewhere: send them here too, or let it pass the header on."
        }
        BrokenCause::Late => "Nothing: spans of services come a few seconds after the call.",
        BrokenCause::Silent => {
            "Instrument the service behind these routes with OpenTelemetry and send its spans here; if it is, let its sampler take \
             the decision of the browser (a parent-based one)."
        }
    }
}

fn gateways(rows: &[&CallsRow]) -> Vec<ContinuityGateway> {
    let mut by_service: BTreeMap<&str, f64> = BTreeMap::new();
    let answered = rows.iter().filter(|row| !row.gateway.is_empty());
    answered.for_each(|row| *by_service.entry(&row.gateway).or_default() += row.calls);
    let mut gateways: Vec<ContinuityGateway> = by_service
        .into_iter()
        .map(|(service, calls)| ContinuityGateway { service: service.to_owned(), calls })
        .collect();
    gateways.sort_by(|a, b| b.calls.total_cmp(&a.calls));
    gateways
}

fn releases(rows: &[&CallsRow]) -> Vec<ContinuityRelease> {
    let mut by_release: BTreeMap<&str, (u64, f64, f64)> = BTreeMap::new();
    for row in rows {
        let sums = by_release.entry(&row.release).or_default();
        *sums = (sums.0 + row.n, sums.1 + row.calls, sums.2 + row.answered);
    }
    let release = |(release, (n, calls, answered)): (&str, (u64, f64, f64))| ContinuityRelease {
        release: release.to_owned(),
        n,
        calls,
        answered,
    };
    let mut releases: Vec<ContinuityRelease> = by_release.into_iter().map(release).collect();
    releases.sort_by(|a, b| b.calls.total_cmp(&a.calls).then(a.release.cmp(&b.release)));
    releases
}
