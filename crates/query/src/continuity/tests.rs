//! Causes, from rows as the engine adds them up.

use super::hosts::hosts;
use super::*;

fn rest(host: &str, calls: f64) -> CallsRow {
    CallsRow { host: host.to_owned(), n: calls as u64, calls, rest: calls, ..CallsRow::default() }
}

fn causes(rows: &[CallsRow], known: &[HostRow]) -> Vec<(BrokenCause, f64)> {
    let hosts = hosts(rows, known);
    hosts[0].broken.iter().map(|broken| (broken.cause, broken.calls)).collect()
}

#[test]
fn another_origin_that_never_answered_was_sent_nothing() {
    assert_eq!(causes(&[rest("api.example", 9.0)], &[]), [(BrokenCause::NotSent, 9.0)]);
}

#[test]
fn services_that_begin_traces_of_their_own_were_called_without_the_header() {
    let known = [HostRow { host: "a".into(), roots: 6, pages: 0 }, HostRow { host: "a".into(), roots: 0, pages: 3 }];
    assert_eq!(causes(&[rest("a", 9.0)], &known), [(BrokenCause::Stripped, 6.0), (BrokenCause::Silent, 3.0)]);
}

#[test]
fn a_release_that_lost_its_traces_stands_beside_the_one_before_it() {
    let answered =
        CallsRow { gateway: "edge".into(), release: "1".into(), answered: 40.0, rest: 0.0, ..rest("a", 40.0) };
    let lost = CallsRow { release: "2".into(), ..rest("a", 10.0) };
    let hosts = hosts(&[answered, lost], &[]);
    assert_eq!(hosts[0].share, 0.8);
    assert!(hosts[0].share_low < Some(0.8) && hosts[0].share_high > Some(0.8));
    let releases: Vec<(&str, f64, f64)> =
        hosts[0].releases.iter().map(|row| (row.release.as_str(), row.calls, row.answered)).collect();
    assert_eq!(releases, [("1", 40.0, 40.0), ("2", 10.0, 0.0)]);
    assert_eq!(hosts[0].gateways, [ContinuityGateway { service: "edge".into(), calls: 40.0 }]);
}
