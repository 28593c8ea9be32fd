//! The list of sessions, and one session as a story.

use limen_model::attributes::REQUEST_ABORTED;
use limen_model::enriched::{Dimensions, EnrichedBatch, Event, SpanRow, View};
use limen_query::{Cursor, EventKind, QueryError, Range, Scope, Time, session, sessions};

use crate::engine_process::EngineProcess;
use crate::rows::{MILLI, MINUTE, app, at, attribute, batch, exception, of_page, scope, span, trace_id, view};

#[tokio::test]
async fn a_session_found_by_one_view_is_shown_whole() {
    let in_country = |country: &'static str, route: &'static str, view: View<'static>| View {
        dimensions: Dimensions { country: country.into(), ..view.dimensions },
        route: route.into(),
        ..view
    };
    let views = vec![
        View { lcp: Some(2000.0), ..in_country("DE", "/", view("s1", "a", -5 * MINUTE)) },
        View {
            lcp: Some(3000.0),
            errors: 2,
            user_id: "u7".into(),
            ..in_country("DE", "/cart", view("s1", "b", MINUTE))
        },
        View { duration: Some(90_000.0), actions: 4, ..in_country("FR", "/pay", view("s1", "c", 2 * MINUTE)) },
        in_country("DE", "/", view("s2", "d", MINUTE)),
        view("old", "e", -3 * MINUTE),
    ];
    let engine = EngineProcess::with(&[EnrichedBatch { views, ..batch() }]).await;
    let top = Cursor::parse(None).expect("the top");
    let found = sessions(&engine.store, &scope(&["route:/cart"]), &top, 50).await.expect("an answer");
    assert_eq!((found.sessions.len(), found.next_cursor), (1, None));
    let whole = &found.sessions[0];
    assert_eq!((whole.start, whole.end), (Time(at(-5 * MINUTE)), Time(at(2 * MINUTE + 90_000 * MILLI))));
    assert_eq!((whole.views, whole.errors, whole.actions, whole.duration), (3, 2, 4, 510_000.0));
    assert_eq!((whole.country.as_str(), whole.entry_route.as_str(), whole.last_route.as_str()), ("DE", "/", "/pay"));
    assert_eq!((whole.worst_lcp, whole.worst_inp, whole.user_id.as_str()), (Some(3000.0), None, "u7"));
}

#[tokio::test]
async fn pages_of_the_list_give_every_session_once_newest_first() {
    // Two of each three begin at the same moment: the id decides between them.
    let views = (0..7).map(|number| view(&format!("s{number}"), "v", (number - number % 3 / 2) * MINUTE)).collect();
    let engine = EngineProcess::with(&[EnrichedBatch { views, ..batch() }]).await;
    let mut seen: Vec<(Time, String)> = Vec::new();
    let mut cursor = Some(String::new());
    while let Some(text) = cursor {
        let page = Cursor::parse(Some(&text)).expect("a cursor of the page before");
        let answer = sessions(&engine.store, &scope(&[]), &page, 2).await.expect("a page");
        assert!(!answer.sessions.is_empty() && answer.sessions.len() <= 2);
        seen.extend(answer.sessions.into_iter().map(|session| (session.start, session.id)));
        cursor = answer.next_cursor;
    }
    assert_eq!(seen.len(), 7);
    assert!(seen.is_sorted_by(|newer, older| newer > older), "{seen:?}");
}

/// Days with gaps, sessions that began hours before the only view that is asked for, and one that the range cuts.
#[tokio::test]
async fn the_newest_of_days_are_found_in_their_order_however_far_back_they_lie() {
    const HOUR: i64 = 60 * MINUTE;
    let (mut views, mut all): (Vec<View<'static>>, Vec<(i64, String)>) = (Vec::new(), Vec::new());
    for number in 0..60_i64 {
        let (id, start) = (format!("s{number}"), (number * number * 7 % 110) * HOUR + number * MINUTE);
        let start = if number == 30 { -2 * HOUR } else { start };
        let matching = View { route: "/cart".into(), ..view(&id, "b", start + number % 4 * 3 * HOUR) };
        views.extend([view(&id, "a", start), matching]);
        all.push((start, id));
    }
    all.sort();
    let engine = EngineProcess::with(&[EnrichedBatch { views, ..batch() }]).await;
    let range = Range { from: Time(at(0)), to: Time(at(130 * HOUR)) };
    let days = Scope { range, ..scope(&["route:/cart"]) };
    let (mut seen, mut cursor) = (Vec::new(), Some(String::new()));
    while let Some(text) = cursor {
        let page = Cursor::parse(Some(&text)).expect("a cursor of the page before");
        let answer = sessions(&engine.store, &days, &page, 7).await.expect("a page");
        seen.extend(answer.sessions.into_iter().map(|session| (session.start.0 - at(0), session.views, session.id)));
        cursor = answer.next_cursor;
    }
    let wanted: Vec<_> = all.into_iter().rev().map(|(start, id)| (start, 2, id)).collect();
    assert_eq!(seen, wanted);
}

/// A page that failed once, one of its requests with a backend behind it.
fn story() -> EnrichedBatch<'static> {
    let page = View {
        lcp: Some(1500.0),
        lcp_target: "img#hero".into(),
        dns: Some(0.0),
        trace_id: Some(trace_id(1)),
        ..view("s", "v", 0)
    };
    let route = View { kind: "route".into(), transition_time: Some(250.0), ..view("s", "w", MINUTE) };
    let error = Event { attributes: attribute("a.b", "c".to_owned()), ..exception("s", "v", 255, MINUTE) };
    let vital = Event {
        name: "browser.web_vital".into(),
        label: "lcp".into(),
        value: Some(1500.0),
        exception_message: "".into(),
        ..exception("s", "v", 2, 10)
    };
    let call =
        |id, name, start, duration| SpanRow { kind: 3, ..of_page(span(id, 1, "shop-web", name, start, duration)) };
    let posted = SpanRow { http_method: "POST".into(), http_status: 500, ..call(2, "POST", 100, 20) };
    let aborted = SpanRow {
        trace_id: trace_id(9),
        attributes: attribute(REQUEST_ABORTED, "true".to_owned()),
        ..call(3, "GET", 50, 5)
    };
    let click = of_page(span(1, 0, "shop-web", "click", 90, 60));
    let backend = span(5, 2, "gateway", "POST", 105, 10);
    let spans = vec![posted, aborted, call(4, "documentFetch", 0, 50), click, backend];
    EnrichedBatch { views: vec![route, page], events: vec![error, vital], spans, ..batch() }
}

#[tokio::test]
async fn one_session_has_its_views_and_events_in_order() {
    let engine = EngineProcess::with(&[story()]).await;
    let answer = session(&engine.store, &app(), "s").await.expect("an answer");
    assert_eq!((answer.session.views, answer.session.start, answer.partial), (2, Time(at(0)), false));

    let [page, route] = answer.views.as_slice() else { panic!("two views") };
    assert_eq!((page.id.as_str(), page.trace_id.clone()), ("v", Some(trace_id(1).to_string())));
    assert_eq!((page.phases.dns, page.phases.tcp), (Some(0.0), None));
    let detail = page.lcp_detail.as_ref().expect("an LCP");
    assert_eq!((detail.target.as_deref(), detail.url.as_deref()), (Some("img#hero"), None));
    assert_eq!((route.transition_time, route.lcp, &route.lcp_detail), (Some(250.0), None, &None));
    assert_eq!(route.trace_id, None);

    let [vital, error] = answer.events.as_slice() else { panic!("two events") };
    assert_eq!((vital.kind, vital.label.as_deref(), vital.value), (EventKind::Vital, Some("lcp"), Some(1500.0)));
    assert_eq!((error.kind, error.id.as_str(), error.handled), (EventKind::Error, "v-ff", Some(false)));
    assert_eq!((error.message.as_deref(), error.attributes["a.b"].as_str()), (Some("x is undefined"), "c"));
    assert_eq!(vital.handled, None);
}

#[tokio::test]
async fn one_session_has_its_requests_but_not_the_document() {
    let engine = EngineProcess::with(&[story()]).await;
    let answer = session(&engine.store, &app(), "s").await.expect("an answer");
    let [aborted, posted] = answer.requests.as_slice() else { panic!("two requests: {:?}", answer.requests) };
    assert_eq!((aborted.aborted, aborted.has_backend, aborted.status), (true, false, None));
    assert_eq!((posted.aborted, posted.has_backend, posted.status), (false, true, Some(500)));
    assert_eq!((posted.method.as_str(), posted.duration), ("POST", 20.0));
}

#[tokio::test]
async fn a_session_of_another_application_is_not_found() {
    let engine = EngineProcess::with(&[EnrichedBatch { views: vec![view("s", "v", 0)], ..batch() }]).await;
    let other = limen_model::AppId::parse("blog").expect("valid");
    let error = session(&engine.store, &other, "s").await.expect_err("not found");
    assert!(matches!(error, QueryError::NotFound { what: "session", .. }), "{error}");
    let hostile = session(&engine.store, &app(), "s' OR '1'='1").await.expect_err("not found");
    assert!(matches!(hostile, QueryError::NotFound { .. }), "{hostile}");
}

#[tokio::test]
async fn an_error_whose_view_never_came_still_makes_a_session() {
    let events = vec![exception("s", "v", 1, 3 * MINUTE)];
    let engine = EngineProcess::with(&[EnrichedBatch { events, ..batch() }]).await;
    let answer = session(&engine.store, &app(), "s").await.expect("an answer");
    assert_eq!((answer.session.start, answer.session.views, answer.events.len()), (Time(at(3 * MINUTE)), 0, 1));
}
