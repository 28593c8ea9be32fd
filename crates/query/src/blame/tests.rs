//! The row always sums to the vital, whatever the traces claim, and names the owner that a person would.

use proptest::prelude::*;

use super::chain::chain;
use super::input::{DOCUMENT, Input, Kind, Phases, Resource, Script, Span};
use super::ledger::{ledger, whole};
use super::owner::{CLIENT, CONSUMER, OwnerKind};

const MILLI: i64 = 1_000_000;

fn view(kind: Kind, total: i64) -> Input {
    Input {
        kind,
        total: total * MILLI,
        ttfb: None,
        redirect: None,
        worker: None,
        phases: Phases::default(),
        lcp_load_delay: None,
        lcp_load_duration: None,
        resource: None,
        input_delay: None,
        processing: None,
        scripts: Vec::new(),
        spans: Vec::new(),
    }
}

/// The document took 300 ms to its first byte, 200 of them from the request to the answer.
fn document() -> Input {
    let millis = |millis: i64| Some(millis * MILLI);
    let phases = Phases { dns: millis(20), tcp: millis(30), tls: millis(40), wait: millis(200), response: millis(10) };
    Input { ttfb: millis(300), redirect: Some(0), worker: Some(0), phases, ..view(Kind::Lcp, 1000) }
}

fn service(service: &str, start: i64, end: i64, children: &[usize]) -> Span {
    let (start, end) = (start * MILLI, end * MILLI);
    Span { service: service.to_owned(), kind: 2, start, end, children: children.to_vec(), ..Span::default() }
}

fn database(start: i64, end: i64) -> Span {
    Span { db_system: "postgresql".to_owned(), kind: CLIENT, ..service("orders", start, end, &[]) }
}

fn of_page(name: &str, start: i64, end: i64, children: &[usize]) -> Span {
    Span { name: name.to_owned(), browser: true, kind: CLIENT, ..service("web", start, end, children) }
}

/// What each owner has, largest first.
fn owners(input: &Input) -> Vec<(OwnerKind, String, u64)> {
    let chain = chain(input);
    ledger(&chain.pieces).into_iter().map(|(owner, _, millis)| (owner.kind, owner.name, millis)).collect()
}

fn has(input: &Input, kind: OwnerKind, name: &str) -> u64 {
    owners(input).into_iter().find(|line| line.0 == kind && line.1 == name).map_or(0, |line| line.2)
}

#[test]
fn the_row_lock_is_the_databases_and_not_the_services_above_it() {
    let spans = vec![
        of_page(DOCUMENT, 0, 310, &[1]),
        service("api-gateway", 110, 290, &[2]),
        service("orders", 120, 280, &[3]),
        database(130, 270),
    ];
    let input = Input { spans, ..document() };
    assert_eq!(has(&input, OwnerKind::Database, "postgresql"), 140);
    assert_eq!(has(&input, OwnerKind::Service, "orders"), 20);
    assert_eq!(has(&input, OwnerKind::Gateway, "api-gateway"), 20);
    // Connecting takes 90, the way to the gateway and back 20, and the download 10.
    assert_eq!(has(&input, OwnerKind::Network, ""), 120);
    assert_eq!(has(&input, OwnerKind::RenderDelay, ""), 690);
}

#[test]
fn an_lcp_waits_for_the_request_that_ended_before_it_and_for_no_later_one() {
    let mut input = document();
    input.spans = vec![
        Span { phases: Phases { wait: Some(400 * MILLI), ..Phases::default() }, ..of_page("GET", 400, 800, &[2]) },
        of_page("GET", 500, 1400, &[]),
        service("stock", 420, 780, &[]),
    ];
    assert_eq!(has(&input, OwnerKind::Service, "stock"), 360);
    assert_eq!(has(&input, OwnerKind::RenderDelay, ""), 290);
}

#[test]
fn a_clock_that_is_ahead_is_brought_between_request_and_answer_and_told() {
    let mut input = document();
    input.spans = vec![of_page(DOCUMENT, 0, 310, &[1]), service("web", 5000, 5100, &[])];
    let chain = chain(&input);
    let [shift] = chain.shifts.as_slice() else { panic!("one clock") };
    // The request was away from 100 to 300; the service's 100 ms lie in the middle, give or take 50.
    assert_eq!((shift.by, shift.error), (-4850 * MILLI, 50 * MILLI));
    assert_eq!(has(&input, OwnerKind::Service, "web"), 100);
}

#[test]
fn siblings_that_touch_are_both_on_the_path_and_consumers_are_not() {
    let consumer = Span { kind: CONSUMER, ..service("mail", 110, 299, &[]) };
    let spans = vec![
        of_page(DOCUMENT, 0, 310, &[1]),
        service("shop", 100, 300, &[2, 3, 4]),
        service("a", 100, 150, &[]),
        service("b", 150, 300, &[]),
        consumer,
    ];
    let input = Input { spans, ..document() };
    assert_eq!((has(&input, OwnerKind::Service, "a"), has(&input, OwnerKind::Service, "b")), (50, 150));
    assert_eq!(has(&input, OwnerKind::Service, "mail") + has(&input, OwnerKind::Service, "shop"), 0);
}

#[test]
fn without_a_server_span_the_wait_is_unknown_and_said_to_be() {
    let chain = chain(&document());
    assert!(chain.missing.iter().any(|what| what.contains("server's span")), "{:?}", chain.missing);
    assert_eq!(has(&document(), OwnerKind::Unknown, ""), 210, "the wait, and 10 ms before the request");
}

#[test]
fn a_resource_of_a_third_party_is_theirs() {
    let mut input = document();
    (input.lcp_load_delay, input.lcp_load_duration) = (Some(100 * MILLI), Some(500 * MILLI));
    input.resource = Some(Resource { host: "img.example".to_owned(), third_party: true, ..Resource::default() });
    assert_eq!(has(&input, OwnerKind::ThirdParty, "img.example"), 500);
    assert_eq!((has(&input, OwnerKind::Browser, ""), has(&input, OwnerKind::RenderDelay, "")), (90, 100));
}

#[test]
fn an_interaction_waits_for_scripts_and_for_a_request_that_held_one() {
    let mut input = view(Kind::Inp, 400);
    (input.input_delay, input.processing) = (Some(100 * MILLI), Some(250 * MILLI));
    let script = |from: i64, to: i64, host: Option<&str>| Script {
        from: from * MILLI,
        to: to * MILLI,
        third_party: host.map(str::to_owned),
    };
    input.scripts = vec![script(-50, 80, Some("tag.example")), script(100, 350, None)];
    input.spans = vec![
        Span { phases: Phases { wait: Some(100 * MILLI), ..Phases::default() }, ..of_page("POST", 150, 250, &[2]) },
        of_page("GET", 50, 300, &[]),
        service("orders", 150, 250, &[]),
    ];
    assert_eq!(has(&input, OwnerKind::ThirdParty, "tag.example"), 80);
    assert_eq!(has(&input, OwnerKind::Service, "orders"), 100);
    assert_eq!((has(&input, OwnerKind::Browser, ""), has(&input, OwnerKind::RenderDelay, "")), (170, 50));
}

#[test]
fn a_change_of_route_is_the_chain_of_its_requests() {
    let mut input = view(Kind::Transition, 500);
    let wait = |millis: i64| Phases { wait: Some(millis * MILLI), ..Phases::default() };
    input.spans = vec![
        Span { phases: wait(200), ..of_page("GET", 50, 250, &[2]) },
        Span { phases: wait(150), ..of_page("GET", 300, 450, &[3]) },
        service("cart", 50, 250, &[]),
        service("tax", 300, 450, &[]),
    ];
    assert_eq!((has(&input, OwnerKind::Service, "cart"), has(&input, OwnerKind::Service, "tax")), (200, 150));
    assert_eq!(has(&input, OwnerKind::Browser, ""), 150);
}

#[test]
fn a_trace_as_deep_as_it_may_be_is_walked() {
    let depth = 10_000;
    let child = |index: usize| if index + 1 < depth { vec![index + 1] } else { Vec::new() };
    let mut spans: Vec<Span> = (0..depth).map(|index| service("deep", 100, 300, &child(index))).collect();
    spans[0] = of_page(DOCUMENT, 0, 310, &[1]);
    assert_eq!(has(&Input { spans, ..document() }, OwnerKind::Service, "deep"), 200);
}

fn nanos() -> impl Strategy<Value = i64> {
    prop_oneof![0..2_000_000_000_i64, -2_000_000_000..2_000_000_000_i64, Just(1 << 60), Just(-(1 << 60))]
}

fn length() -> impl Strategy<Value = Option<i64>> {
    proptest::option::of(prop_oneof![0..2_000_000_000_i64, Just(1_i64 << 60)])
}

fn phases() -> impl Strategy<Value = Phases> {
    (length(), length(), length(), length(), length()).prop_map(|(dns, tcp, tls, wait, response)| Phases {
        dns,
        tcp,
        tls,
        wait,
        response,
    })
}

/// Any span with any children: rings and spans with several parents too.
fn any_span() -> impl Strategy<Value = Span> {
    let flags = (any::<bool>(), 0..6_u8, any::<bool>(), any::<bool>(), any::<bool>());
    let texts = ("[a-c]|api-gateway", prop_oneof![Just(String::new()), Just("postgresql".to_owned())]);
    (nanos(), nanos(), flags, texts, phases(), proptest::collection::vec(0..24_usize, 0..4)).prop_map(
        |(
            start,
            other,
            (browser, kind, document, third_party, parent_missing),
            (service, db_system),
            phases,
            children,
        )| Span {
            start: start.min(other),
            end: start.max(other),
            browser,
            kind,
            name: if document { DOCUMENT.to_owned() } else { "GET".to_owned() },
            service,
            db_system,
            third_party,
            parent_missing,
            phases,
            children,
            ..Span::default()
        },
    )
}

fn any_input() -> impl Strategy<Value = Input> {
    let kinds = [Kind::Ttfb, Kind::Fcp, Kind::Lcp, Kind::Inp, Kind::Transition, Kind::Request(0)];
    let script = (nanos(), nanos(), any::<bool>()).prop_map(|(a, b, other)| Script {
        from: a.min(b),
        to: a.max(b),
        third_party: other.then(|| "tag.example".to_owned()),
    });
    let resource = (any::<bool>(), phases()).prop_map(|(third_party, phases)| Resource {
        host: "img.example".to_owned(),
        third_party,
        phases,
    });
    (
        (proptest::sample::select(kinds.to_vec()), prop_oneof![0..3_000_000_000_i64, Just(0), Just(1 << 60)]),
        (length(), length(), length(), phases(), length(), length(), length(), length()),
        proptest::option::of(resource),
        proptest::collection::vec(script, 0..6),
        proptest::collection::vec(any_span(), 24),
    )
        .prop_map(|((kind, total), lengths, resource, mut scripts, spans)| {
            scripts.sort_by_key(|script| script.to);
            let (ttfb, redirect, worker, phases, lcp_load_delay, lcp_load_duration, input_delay, processing) = lengths;
            Input {
                kind,
                total,
                ttfb,
                redirect,
                worker,
                phases,
                lcp_load_delay,
                lcp_load_duration,
                resource,
                input_delay,
                processing,
                scripts,
                spans,
            }
        })
}

proptest! {
    #[test]
    fn the_pieces_are_one_row_from_zero_to_the_vital(input in any_input()) {
        let chain = chain(&input);
        let mut at = 0;
        for piece in &chain.pieces {
            prop_assert_eq!(piece.from, at);
            prop_assert!(piece.to > piece.from);
            at = piece.to;
        }
        prop_assert_eq!(at, input.total);
        let ledger = ledger(&chain.pieces);
        prop_assert_eq!(ledger.iter().map(|line| line.1).sum::<i64>(), input.total);
        prop_assert_eq!(ledger.iter().map(|line| line.2).sum::<u64>(), whole(input.total));
    }

    #[test]
    fn a_clock_moved_as_a_whole_changes_no_ledger_that_it_does_not_fit(ahead in 1_000..100_000_i64) {
        let at = |clock: i64| Input {
            spans: vec![
                of_page(DOCUMENT, 0, 310, &[1]),
                service("orders", 120 + clock, 280 + clock, &[2]),
                database(150 + clock, 250 + clock),
            ],
            ..document()
        };
        prop_assert_eq!(owners(&at(ahead)), owners(&at(-ahead)));
    }
}
