//! Trees of honest and of hostile spans.

use proptest::prelude::*;

use super::*;

fn link<'a>(id: &'a str, parent: &'a str) -> Link<'a> {
    Link { id, parent, answered_by: None }
}

/// The tree as text: one span per line, indented by its depth, `?` before one whose parent is missing.
fn check(links: &[Link<'_>], expected: &[&str]) {
    let lines: Vec<String> = build(links)
        .places
        .iter()
        .map(|place| {
            let mark = if place.parent_missing { "?" } else { "" };
            format!("{}{mark}{}", "  ".repeat(place.depth as usize), links[place.span].id)
        })
        .collect();
    assert_eq!(lines, expected);
}

#[test]
fn children_follow_their_parent_in_the_order_of_their_start() {
    check(
        &[
            link("click", ""),
            link("pay", "click"),
            link("gateway", "pay"),
            link("list", "click"),
            link("sql", "gateway"),
        ],
        &["click", "  pay", "    gateway", "      sql", "  list"],
    );
}

#[test]
fn a_child_may_begin_before_its_parent() {
    check(&[link("child", "parent"), link("parent", "")], &["parent", "  child"]);
}

#[test]
fn the_servers_root_hangs_under_the_documents_request() {
    let fetch = Link { id: "documentFetch", parent: "documentLoad", answered_by: Some("server") };
    check(
        &[link("documentLoad", ""), fetch, link("server", ""), link("sql", "server")],
        &["documentLoad", "  documentFetch", "    server", "      sql"],
    );
}

#[test]
fn a_server_behind_a_gateway_is_joined_with_its_gateway() {
    let fetch = Link { id: "documentFetch", parent: "", answered_by: Some("server") };
    check(&[fetch, link("gateway", ""), link("server", "gateway")], &["documentFetch", "  gateway", "    server"]);
}

#[test]
fn a_server_whose_own_parent_is_lost_is_joined_and_not_missing() {
    let fetch = Link { id: "documentFetch", parent: "", answered_by: Some("server") };
    check(&[fetch, link("server", "lost")], &["documentFetch", "  server"]);
}

#[test]
fn joining_a_document_to_itself_or_to_an_unknown_span_changes_nothing() {
    let own = Link { id: "fetch", parent: "load", answered_by: Some("load") };
    check(&[link("load", ""), own], &["load", "  fetch"]);
    let unknown = Link { id: "fetch", parent: "", answered_by: Some("nobody") };
    check(&[unknown], &["fetch"]);
}

#[test]
fn a_span_whose_parent_is_missing_stands_at_the_root() {
    check(&[link("a", ""), link("b", "lost"), link("c", "b")], &["a", "?b", "  c"]);
}

#[test]
fn a_span_sent_twice_stands_in_the_tree_once() {
    check(&[link("a", ""), link("b", "a"), link("b", ""), link("a", "b")], &["a", "  b"]);
}

#[test]
fn a_ring_is_cut_at_its_earliest_span() {
    check(&[link("x", "c"), link("a", "b"), link("b", "c"), link("c", "a")], &["?a", "  c", "    x", "    b"]);
    check(&[link("own", "own")], &["?own"]);
}

proptest! {
    #[test]
    fn every_span_stands_once_after_its_parent_whatever_the_parents_claim(
        claims in proptest::collection::vec((0..40_usize, 0..50_usize, proptest::option::weighted(0.2, 0..50_usize)), 0..60),
    ) {
        let names: Vec<String> = (0..50).map(|number| format!("{number:016x}")).collect();
        // Number 49 is never a span: a parent of that name is missing. Number 48 stands for "no parent".
        let parent = |number: usize| if number == 48 { "" } else { names[number].as_str() };
        let links: Vec<Link<'_>> = claims
            .iter()
            .map(|&(id, claimed, answered_by)| Link {
                id: &names[id],
                parent: parent(claimed),
                answered_by: answered_by.map(|number| names[number].as_str()),
            })
            .collect();
        let places = build(&links).places;
        let mut given: Vec<&str> = links.iter().map(|link| link.id).collect();
        given.sort_unstable();
        given.dedup();
        let mut placed: Vec<&str> = places.iter().map(|place| links[place.span].id).collect();
        for (position, place) in places.iter().enumerate() {
            match place.parent {
                None => prop_assert_eq!(place.depth, 0),
                Some(parent) => {
                    let above = places[..position].iter().find(|above| above.span == parent);
                    prop_assert_eq!(above.map(|above| above.depth + 1), Some(place.depth));
                }
            }
        }
        placed.sort_unstable();
        prop_assert_eq!(placed, given);
    }
}

#[test]
fn a_long_chain_is_no_deep_recursion() {
    let names: Vec<String> = (0..10_000).map(|number| number.to_string()).collect();
    let links: Vec<Link<'_>> =
        (0..names.len()).map(|i| link(&names[i], if i == 0 { "" } else { &names[i - 1] })).collect();
    let places = build(&links).places;
    assert_eq!(places.last().map(|place| place.depth), Some(9_999));
}

#[test]
fn many_documents_on_a_long_chain_are_joined_quickly() {
    let names: Vec<String> = (0..20_000).map(|number| number.to_string()).collect();
    // Two chains; each span of the first claims that the lowest of the second has answered it.
    let links: Vec<Link<'_>> = (0..names.len())
        .map(|i| Link {
            id: &names[i],
            parent: if i % 10_000 == 0 { "" } else { &names[i - 1] },
            answered_by: (i < 10_000).then_some(names[19_999].as_str()),
        })
        .collect();
    let places = build(&links).places;
    assert_eq!(places.iter().filter(|place| place.parent.is_none()).count(), 1);
    assert_eq!(places.len(), 20_000);
}
