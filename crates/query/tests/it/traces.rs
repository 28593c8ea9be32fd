//! The list of traces, and one trace from the navigation to the database and back to the paint.

use limen_model::attributes::SERVER_SPAN_ID;
use limen_model::enriched::{EnrichedBatch, SpanRow, View};
use limen_query::{Cursor, QueryError, Side, SpanKind, SpanStatus, Time, trace, traces};

use crate::engine_process::EngineProcess;
use crate::rows::{MILLI, MINUTE, app, at, attribute, batch, log, of_page, scope, span, span_id, trace_id, view};

/// A document load: the server answered with span 3, whose work ends in a query.
fn document_load() -> EnrichedBatch<'static> {
    let fetch = SpanRow {
        kind: 3,
        attributes: attribute(SERVER_SPAN_ID, span_id(3).to_string()),
        ..of_page(span(2, 1, "shop-web", "documentFetch", 0, 100))
    };
    let server = SpanRow {
        kind: 2,
        http_method: "GET".into(),
        http_status: 200,
        url_template: "/cart".into(),
        ..span(3, 0, "gateway", "GET /cart", 20, 60)
    };
    let sql = SpanRow {
        kind: 3,
        db_system: "postgresql".into(),
        db_statement: "SELECT $1".into(),
        status_code: 2,
        error_type: "timeout".into(),
        events: vec![(at(45 * MILLI), "retry".into(), attribute("try", "2".to_owned()))],
        ..span(4, 3, "gateway", "SELECT", 30, 40)
    };
    let page = View {
        session_id: "s".into(),
        trace_id: Some(trace_id(1)),
        ttfb: Some(90.0),
        lcp: Some(250.0),
        ..view("s", "v", 0)
    };
    EnrichedBatch {
        views: vec![page],
        spans: vec![
            sql,
            server,
            fetch,
            of_page(span(1, 0, "shop-web", "documentLoad", 0, 300)),
            span(5, 77, "stock", "late", 500, 1),
        ],
        logs: vec![log(1, 4, "slow query", 60 * MILLI)],
        ..batch()
    }
}

#[tokio::test]
async fn a_trace_is_one_tree_from_the_navigation_to_the_database() {
    let batch = document_load();
    let engine = EngineProcess::with(&[batch.clone(), batch]).await;
    let answer = trace(&engine.store, &app(), &trace_id(1).to_string().to_uppercase()).await.expect("an answer");
    let tree: Vec<(&str, u32, Side)> =
        answer.spans.iter().map(|span| (span.name.as_str(), span.depth, span.side)).collect();
    assert_eq!(
        tree,
        [
            ("documentLoad", 0, Side::Browser),
            ("documentFetch", 1, Side::Browser),
            ("GET /cart", 2, Side::Service),
            ("SELECT", 3, Side::Service),
            ("late", 0, Side::Service),
        ]
    );
    assert_eq!((answer.missing_parents, answer.spans[4].parent_missing), (1, true));
    assert_eq!((answer.start, answer.duration, answer.truncated), (Time(at(0)), 501.0, false));
    assert_eq!(answer.session_id.as_deref(), Some("s"));

    let server = &answer.spans[2];
    assert_eq!((server.parent_id.clone(), server.kind), (Some(span_id(2).to_string()), SpanKind::Server));
    assert_eq!((server.offset, server.duration), (20.0, 60.0));
    assert_eq!(server.http.as_ref().map(|http| (http.status, http.template.as_str())), Some((Some(200), "/cart")));
    let sql = &answer.spans[3];
    assert_eq!(
        sql.db.as_ref().map(|db| (db.system.as_str(), db.statement.as_str())),
        Some(("postgresql", "SELECT $1"))
    );
    assert_eq!((sql.status, sql.error_type.as_deref()), (SpanStatus::Error, Some("timeout")));
    assert_eq!((sql.events[0].offset, sql.events[0].attributes["try"].as_str()), (45.0, "2"));

    let services: Vec<(&str, u64, f64)> =
        answer.services.iter().map(|service| (service.name.as_str(), service.spans, service.own_time)).collect();
    assert_eq!(services, [("shop-web", 2, 240.0), ("gateway", 2, 60.0), ("stock", 1, 1.0)]);
    let marks: Vec<(&str, f64)> = answer.marks.iter().map(|mark| (mark.name.as_str(), mark.offset)).collect();
    assert_eq!(marks, [("TTFB", 90.0), ("LCP", 250.0)]);
    let [log] = answer.logs.as_slice() else { panic!("one log") };
    assert_eq!(
        (log.offset, log.body.as_str(), log.span_id.clone()),
        (60.0, "slow query", Some(span_id(4).to_string()))
    );
}

#[tokio::test]
async fn a_change_of_route_is_marked_where_it_settled() {
    let views = vec![View {
        kind: "route".into(),
        transition_time: Some(400.0),
        trace_id: Some(trace_id(1)),
        ..view("s", "v", 0)
    }];
    let spans = vec![of_page(span(1, 0, "shop-web", "routeChange", 0, 380))];
    let engine = EngineProcess::with(&[EnrichedBatch { views, spans, ..batch() }]).await;
    let answer = trace(&engine.store, &app(), &trace_id(1).to_string()).await.expect("an answer");
    let marks: Vec<(&str, f64)> = answer.marks.iter().map(|mark| (mark.name.as_str(), mark.value)).collect();
    assert_eq!(marks, [("settled", 400.0)]);
}

#[tokio::test]
async fn a_trace_that_nobody_sent_is_not_found() {
    let engine = EngineProcess::with(&[document_load()]).await;
    let error = trace(&engine.store, &app(), &trace_id(2).to_string()).await.expect_err("not found");
    assert!(matches!(error, QueryError::NotFound { what: "trace", .. }), "{error}");
    let other = limen_model::AppId::parse("blog").expect("valid");
    assert!(trace(&engine.store, &other, &trace_id(1).to_string()).await.is_err());
}

#[tokio::test]
async fn traces_are_listed_newest_first_and_found_by_what_their_page_knows() {
    let mut batch = document_load();
    let later = |number: u8, after: i64| SpanRow {
        trace_id: trace_id(number),
        start_unix_nano: at(after),
        ..span(1, 0, "cron", "tick", 0, 1)
    };
    batch.spans.extend([later(2, 10 * MINUTE), later(3, 20 * MINUTE), later(4, 90 * MINUTE)]);
    // A hostile duration must not break the sum.
    batch.spans.push(SpanRow { duration_nano: u64::MAX, ..later(5, 30 * MINUTE) });
    let engine = EngineProcess::with(&[batch]).await;
    let top = Cursor::parse(None).expect("the top");
    let page = traces(&engine.store, &scope(&[]), &top, 3).await.expect("a page");
    let ids: Vec<&str> = page.traces.iter().map(|trace| &trace.trace_id[..2]).collect();
    assert_eq!(ids, ["05", "03", "02"]);
    let next = Cursor::parse(page.next_cursor.as_deref()).expect("a cursor");
    let rest = traces(&engine.store, &scope(&[]), &next, 3).await.expect("a page");
    let [load] = rest.traces.as_slice() else { panic!("one trace left") };
    assert_eq!((load.root_name.as_str(), load.root_service.as_str(), load.spans), ("documentLoad", "shop-web", 5));
    assert_eq!((load.duration, load.errors), (501.0, 1));
    assert_eq!((load.services.join(" "), load.session_id.as_deref()), ("gateway shop-web stock".to_owned(), Some("s")));
    assert_eq!(load.route.as_deref(), Some("/cart"));

    let count = async |filters: &[&str]| {
        traces(&engine.store, &scope(filters), &top, 50).await.expect("an answer").traces.len()
    };
    assert_eq!(count(&["browser:Chrome"]).await, 1);
    assert_eq!(count(&["browser:Safari"]).await, 0);
    assert_eq!(count(&["service:stock", "service:cron"]).await, 4);
    assert_eq!(count(&["route:/cart", "os:Linux"]).await, 1);
}
