//! From counts to sentences: what is missing, how much of it, and what to add where.

use std::collections::BTreeMap;

use super::{AgentRow, DocumentsRow, Finding, FindingState, ViewsRow};
use crate::total::total;
use crate::{CalledRequest, ErrorItem, Origin};

/// With fewer nothing is said.
const ENOUGH: u64 = 5;
/// More than this share may not lack it: some visitors always come by an old page or lose a part.
const MAY_LACK: f64 = 0.1;

fn finding(about: &str, subject: &str, n: u64, missing: f64, says: String, to_do: &str) -> Finding {
    let state = match n {
        n if n < ENOUGH => FindingState::Unknown,
        _ if missing > MAY_LACK => FindingState::Todo,
        _ => FindingState::Done,
    };
    let to_do = if state == FindingState::Todo { to_do.to_owned() } else { String::new() };
    Finding { about: about.to_owned(), subject: subject.to_owned(), state, missing, n, says, to_do }
}

fn percent(share: f64) -> String {
    format!("{} %", (share * 100.0).round())
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

pub(super) fn of_views(row: &ViewsRow) -> Vec<Finding> {
    let of = |about: &str, without: f64, what: &str, to_do: &str| {
        let missing = share(without, row.views);
        let says = match missing {
            0.0 => format!("Every view names its {what}."),
            missing => format!("{} of the views name no {what}.", percent(missing)),
        };
        finding(about, "", row.n, missing, says, to_do)
    };
    vec![
        of(
            "release",
            row.without_release,
            "release",
            "Add data-release=\"1.2.3\" to the script tag, or `release` to init(): without it no error can be told to be new in a release.",
        ),
        of(
            "environment",
            row.without_environment,
            "environment",
            "Add data-environment=\"production\" to the script tag, so that tests do not count as people.",
        ),
        of("service", row.without_service, "service", "Add data-service=\"shop\" to the script tag."),
        of(
            "country",
            row.without_country,
            "country",
            "Start the server with --geoip-file and a country file in MaxMind's format; behind a proxy name it with --trusted-proxies.",
        ),
    ]
}

pub(super) fn of_documents(row: &DocumentsRow) -> Finding {
    let missing = share((row.n - row.joined.min(row.n)) as f64, row.n as f64);
    finding(
        "documents",
        "",
        row.n,
        missing,
        format!("{} of the loads of documents have no span of the service that answered.", percent(missing)),
        "Let the service that renders the page answer with the header `Server-Timing: traceparent;desc=\"00-TRACE_ID-SPAN_ID-01\"`, and send its spans here.",
    )
}

/// By host: how many of its calls end in the trace of a service.
pub(super) fn of_calls(calls: &[CalledRequest]) -> Vec<Finding> {
    let mut hosts: BTreeMap<&str, (u64, f64, f64, bool)> = BTreeMap::new();
    for call in calls {
        let host = hosts.entry(&call.host).or_default();
        host.0 += call.n;
        host.1 += call.requests;
        host.2 += call.requests * call.answered;
        host.3 |= call.third_party;
    }
    // Nobody expects the spans of others.
    let own = hosts.into_iter().filter(|(_, (_, _, answered, third))| !third || *answered > 0.0);
    own.map(|(host, (n, requests, answered, _))| {
        let missing = 1.0 - share(answered, requests);
        let to_do = if answered > 0.0 {
            "Some of its routes or instances answer outside the trace: instrument them too, take the browser's decision of sampling (a parent-based sampler), and look whether a gateway strips `traceparent`."
        } else {
            "If it is another origin than the page's, list it in `propagateTo` (data-propagate-to) and let it allow the header: `Access-Control-Allow-Headers: traceparent, tracestate`. Then instrument the service with OpenTelemetry and send its spans here."
        };
        let says = format!("{} of the calls to {host} have no span of a service in their trace.", percent(missing));
        finding("calls", host, n, missing, says, to_do)
    })
    .collect()
}

/// Hosts that hide their timing, and as many that do not as one finding.
pub(super) fn of_timing(origins: &[Origin]) -> Vec<Finding> {
    origins
        .iter()
        .map(|origin| {
            let missing = origin.loads.hidden;
            let says = format!("{} of the resources of {} hide their sizes and parts.", percent(missing), origin.host);
            let to_do =
                "Let this host answer with the header `Timing-Allow-Origin: *`, or with your page's origin in it.";
            finding("timing", &origin.host, origin.loads.n, missing, says, to_do)
        })
        .filter(|finding| finding.state == FindingState::Todo)
        .collect()
}

pub(super) fn of_errors(groups: &[ErrorItem]) -> Vec<Finding> {
    let n: u64 = groups.iter().map(|group| group.n).sum();
    let all = total(groups.iter().map(|group| group.errors));
    let opaque = total(groups.iter().filter(|group| group.class == "opaque").map(|group| group.errors));
    let missing = share(opaque, all);
    let mut findings = vec![finding(
        "opaque",
        "",
        n,
        missing,
        format!("{} of the errors say nothing but `Script error.`", percent(missing)),
        "Add the attribute crossorigin=\"anonymous\" to the tags of scripts of other origins, and let those answer with `Access-Control-Allow-Origin: *`.",
    )];
    let mut releases: BTreeMap<&str, (u64, f64, f64)> = BTreeMap::new();
    for group in groups.iter().filter(|group| group.class == "app") {
        let release = releases.entry(&group.last_release).or_default();
        release.0 += group.n;
        release.1 += group.errors;
        release.2 += if group.unresolved.is_empty() { 0.0 } else { group.errors };
    }
    findings.extend(releases.into_iter().map(|(release, (n, errors, without))| {
        let missing = share(without, errors);
        let named = if release.is_empty() { "without a release" } else { release };
        let says = format!("{} of the errors last met in {named} have frames without a source.", percent(missing));
        let to_do =
            "After the build: `limen sourcemaps inject dist` and `limen sourcemaps upload dist --release RELEASE`.";
        finding("sources", release, n, missing, says, to_do)
    }));
    findings
}

pub(super) fn of_agents(row: &AgentRow) -> Vec<Finding> {
    let of = |part: u64, says: &str, to_do: &str| {
        let missing = share(part as f64, row.n as f64);
        finding("agent", "", row.n, missing, format!("{} {says}", percent(missing)), to_do)
    };
    vec![
        of(
            row.dropping,
            "of the agents' reports tell of records that were lost.",
            "Look at the attributes limen.agent.dropped.* of the events `limen.agent`: `unreachable` is blocked on the way (serve the script and the intake under a path of your own), `refused` is a limit or an origin under Limits & sampling.",
        ),
        of(
            row.faulty,
            "of the agents' reports tell of faults of the agent itself.",
            "Please report it with the browser and the release of the agent; pages are not harmed.",
        ),
        of(
            row.shedding,
            "of the agents' reports say that they left features off, because the page is slow.",
            "Turn off what you do not need under Limits & sampling.",
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_most_have_is_done_and_what_few_have_is_to_do() {
        let row = ViewsRow {
            n: 100,
            views: 100.0,
            without_release: 100.0,
            without_environment: 5.0,
            without_country: 0.0,
            without_service: 0.0,
        };
        let findings = of_views(&row);
        assert_eq!(findings[0].state, FindingState::Todo);
        assert!(findings[0].to_do.contains("data-release"));
        assert_eq!((findings[1].state, findings[1].to_do.as_str()), (FindingState::Done, ""));
        let few = of_documents(&DocumentsRow { n: 2, joined: 0 });
        assert_eq!(few.state, FindingState::Unknown);
    }
}
