//! What is refused is refused in one shape, with what to do next.

use axum::http::StatusCode;

use super::{ask, get};

async fn check(uri: &str, status: StatusCode, code: &str, hint: &str) {
    let answer = get(uri).await;
    assert_eq!((answer.status, answer.body["error"]["code"].as_str()), (status, Some(code)), "{uri}: {}", answer.body);
    let told = answer.body["error"]["hint"].as_str().unwrap_or_default();
    assert!(told.contains(hint), "{uri}: {told}");
    assert!(answer.body["error"]["message"].as_str().is_some_and(|message| !message.is_empty()), "{uri}");
    assert_eq!(answer.headers["cache-control"], "no-store", "{uri}");
}

async fn bad(uri: &str, hint: &str) {
    check(uri, StatusCode::BAD_REQUEST, "bad_request", hint).await;
}

#[tokio::test]
async fn a_question_that_is_not_valid_is_refused_with_a_hint() {
    bad("/api/v1/vitals?from=yesterday", "2026-01-31T09:30:00Z").await;
    bad("/api/v1/vitals?from=2026-01-01T00:00:00+01:00", "%2B").await;
    bad("/api/v1/vitals?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "swap").await;
    bad("/api/v1/vitals?from=2020-01-02T00:00:00Z", "shorter range").await;
    bad("/api/v1/vitals?filter=country", "filter=dimension:value").await;
    bad("/api/v1/vitals?filter=country:DE&filter=user_id:1", "route, country").await;
    bad("/api/v1/vitals/series?metric=fid", "lcp, inp").await;
    bad("/api/v1/vitals/series", "openapi.json").await;
    bad("/api/v1/breakdown?dimension=session_id", "route, country").await;
    bad("/api/v1/breakdown?dimension=route&order=random", "views, lcp").await;
    bad("/api/v1/breakdown?dimension=route&limit=501", "limit").await;
    bad("/api/v1/sessions?limit=0", "limit").await;
    bad("/api/v1/funnel?step=route:/", "step=kind:value").await;
    bad("/api/v1/funnel?step=route:/&step=page:/cart", "transaction-success").await;
    bad("/api/v1/funnel?step=route:/&step=route:/cart&window=0", "whole session").await;
    bad("/api/v1/sessions?limit=many", "openapi.json").await;
    bad("/api/v1/sessions?cursor=1", "next_cursor").await;
    bad(&format!("/api/v1/sessions/{}", "x".repeat(129)), "list of sessions").await;
    bad("/api/v1/traces?limit=201", "limit").await;
    bad("/api/v1/traces/xyz", "32 hexadecimal").await;
    bad("/api/v1/traces/00000000000000000000000000000000", "32 hexadecimal").await;
    bad("/api/v1/traces/%ff", "openapi.json").await;
    bad("/api/v1/sourcemaps?limit=201", "openapi.json").await;
    bad("/api/v1/sourcemaps?cursor=1", "openapi.json").await;
}

#[tokio::test]
async fn an_unknown_application_is_refused_and_the_known_ones_named() {
    check("/api/v1/vitals?app=nobody", StatusCode::NOT_FOUND, "unknown_app", "shop, blog").await;
    check("/api/v1/traces/xyz?app=Shop", StatusCode::NOT_FOUND, "unknown_app", "shop, blog").await;
}

#[tokio::test]
async fn a_path_that_is_none_is_refused_in_json() {
    for uri in ["/api", "/api/v1", "/api/v1/vital", "/api/v2/vitals", "/api/v1/vitals/"] {
        check(uri, StatusCode::NOT_FOUND, "no_such_path", "openapi.json").await;
    }
}

#[tokio::test]
async fn only_get_is_answered() {
    let answer = ask("POST", "/api/v1/vitals").await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.body["error"]["code"], "method_not_allowed");
}

#[tokio::test]
async fn while_the_engine_is_away_clients_are_asked_to_come_again() {
    for uri in ["/api/v1/vitals", "/api/v1/traffic?app=blog&filter=country:", "/api/v1/sessions/abc"] {
        let answer = get(uri).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{uri}: {}", answer.body);
        assert_eq!(answer.body["error"]["code"], "store_unavailable");
        assert_eq!(answer.headers["retry-after"], "2");
    }
}

#[tokio::test]
async fn a_source_map_of_nothing_known_is_refused_before_its_body_is_read() {
    for (query, told) in [
        ("app=shop&debug_id=1", "no UUID"),
        ("release=1", "go together"),
        ("url=/a.js", "go together"),
        ("release=1&url=/%0Aa.js", "control characters"),
        (&format!("release={}&url=/a.js", "1".repeat(257)), "at most 256 bytes"),
        (&format!("release=1&url=/{}", "a".repeat(1024)), "1024"),
    ] {
        let answer = ask("PUT", &format!("/api/v1/sourcemaps?{query}")).await;
        let message = answer.body["error"]["message"].as_str().unwrap_or_default().to_owned();
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert!(message.contains(told), "{query}: {message}");
    }
    for app in ["../shop", "Shop", "nobody"] {
        let answer = ask("PUT", &format!("/api/v1/sourcemaps?app={app}&release=1&url=/a.js")).await;
        assert_eq!((answer.status, &answer.body["error"]["code"]), (StatusCode::NOT_FOUND, &"unknown_app".into()));
    }
    let answer = ask("DELETE", "/api/v1/sourcemaps/0").await;
    assert_eq!((answer.status, &answer.body["error"]["code"]), (StatusCode::NOT_FOUND, &"not_found".into()));
}
