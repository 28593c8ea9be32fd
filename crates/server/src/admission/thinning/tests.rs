//! What is left out, and what those that stay stand for.

use limen_model::enriched::{Event, View};
use limen_model::{AppId, Attributes, Rejections, SpanId, TraceId};

use super::*;

fn span(trace: u64, trace_state: &'static str) -> SpanRow<'static> {
    // Multiplied so that small numbers become draws from all over the range.
    let id = format!("{:032x}", u128::from(trace.wrapping_mul(0x9e37_79b9_7f4a_7c15)) | 1 << 127);
    SpanRow {
        trace_id: TraceId::from_hex(&id).expect("an id"),
        span_id: SpanId::from_bytes(&[1; 8]).expect("8 bytes"),
        parent_span_id: None,
        trace_state: trace_state.into(),
        start_unix_nano: 0,
        duration_nano: 0,
        name: "".into(),
        kind: 2,
        status_code: 0,
        status_message: "".into(),
        scope_name: "".into(),
        service: "".into(),
        release: "".into(),
        environment: "".into(),
        session_id: "".into(),
        view_id: "".into(),
        route: "".into(),
        country: "".into(),
        http_method: "".into(),
        http_status: 0,
        url_template: "".into(),
        url: "".into(),
        server_address: "".into(),
        db_system: "".into(),
        db_statement: "".into(),
        error_type: "".into(),
        attributes: Attributes::default(),
        resource: Attributes::default(),
        events: Vec::new(),
        links: Vec::new(),
        weight: 1.0,
    }
}

/// Every session is from before there was too much.
fn traces(batch: &mut EnrichedBatch<'_>, rate: f64) -> u64 {
    let left_out = thin(batch, &Sampling::default(), rate, |_| 1.0);
    assert_eq!(left_out.logs, 0);
    left_out.spans
}

fn batch(spans: Vec<SpanRow<'static>>) -> EnrichedBatch<'static> {
    EnrichedBatch {
        app: AppId::parse("shop").expect("valid"),
        received_unix_nano: 0,
        views: Vec::new(),
        events: Vec::new(),
        spans,
        logs: Vec::new(),
        metrics: Vec::new(),
        views_of_spans: 0,
        routes_over_limit: 0,
        rejections: Rejections::default(),
        redactions: Default::default(),
    }
}

#[test]
fn whole_traces_are_kept_and_stand_for_the_others() {
    let two_of_each = (0..4_000).map(|n| span(n / 2, "")).collect();
    let mut batch = batch(two_of_each);
    let left_out = traces(&mut batch, 0.25);
    assert_eq!(left_out as usize + batch.spans.len(), 4_000);
    assert!(batch.spans.chunks(2).all(|pair| pair[0].trace_id == pair[1].trace_id));
    let stands_for: f64 = batch.spans.iter().map(|span| span.weight).sum();
    assert!((stands_for / 4_000.0 - 1.0).abs() < 0.1, "{stands_for}");
    assert!(batch.spans.iter().all(|span| span.weight == 4.0));
    // A lower rate keeps a part of the same traces, and the weight is that of the lower rate alone.
    let kept_before: Vec<_> = batch.spans.iter().map(|span| span.trace_id).collect();
    traces(&mut batch, 0.125);
    assert!(batch.spans.iter().all(|span| span.weight == 8.0 && kept_before.contains(&span.trace_id)));
    assert!(!batch.spans.is_empty() && batch.spans.len() < kept_before.len());
}

#[test]
fn a_shared_draw_goes_before_the_traces_own() {
    let mut high = batch((0..50).map(|n| span(n, "ot=rv:ffffffffffffff")).collect());
    assert_eq!((traces(&mut high, 0.01), high.spans[0].weight.round()), (0, 100.0));
    let mut low = batch((0..50).map(|n| span(n, "ot=rv:00000000000000")).collect());
    assert_eq!(traces(&mut low, 0.99), 50);
}

#[test]
fn failures_sessions_and_what_is_rare_already_are_kept_as_they_are() {
    let low = "ot=rv:00000000000000";
    let spans = vec![
        SpanRow { status_code: ERROR, ..span(1, low) },
        SpanRow { session_id: "s".into(), ..span(1, low) },
        SpanRow { weight: 200.0, ..span(1, low) },
        SpanRow { weight: 0.0, ..span(1, low) },
    ];
    let mut batch = batch(spans.clone());
    assert_eq!((traces(&mut batch, 0.01), &batch.spans), (0, &spans));
    batch.spans.push(span(1, low));
    assert_eq!(traces(&mut batch, 1.0), 0);
}

fn of_session(session: &str) -> EnrichedBatch<'static> {
    let session_id = || session.to_owned().into();
    EnrichedBatch {
        views: vec![View { session_id: session_id(), weight: 2.0, ..View::default() }],
        events: vec![
            Event { session_id: session_id(), name: "click".into(), weight: 2.0, ..Event::default() },
            Event { session_id: session_id(), name: EVENT_EXCEPTION.into(), weight: 1.0, ..Event::default() },
            Event { session_id: session_id(), name: "brought.back".into(), weight: 0.0, ..Event::default() },
        ],
        ..batch(vec![SpanRow { session_id: session_id(), weight: 2.0, ..span(1, "") }])
    }
}

#[test]
fn a_session_is_kept_as_a_whole_with_one_weight_or_left_out_but_for_its_failures() {
    let drawn_high = format!("{:018x}{}", 7, "f".repeat(14));
    let mut kept = of_session(&drawn_high);
    assert_eq!(thin(&mut kept, &Sampling::default(), 1.0, |_| 0.1), LeftOut::default());
    let weights = [kept.views[0].weight, kept.events[0].weight, kept.spans[0].weight];
    assert!(weights.iter().all(|weight| (weight - 10.0).abs() < 1e-6), "{weights:?}");
    assert_eq!((kept.events[1].weight, kept.events[2].weight), (1.0, 0.0));

    let drawn_in_the_middle = format!("{:018x}{}", 7, "88888888888888");
    let mut left_out = of_session(&drawn_in_the_middle);
    assert_eq!(thin(&mut left_out, &Sampling::default(), 1.0, |_| 0.1), LeftOut { logs: 2, spans: 1 });
    let names: Vec<_> = left_out.events.iter().map(|event| &*event.name).collect();
    assert_eq!((names, left_out.views.len()), (vec![EVENT_EXCEPTION, "brought.back"], 0));
    // Its own share of a half was smaller than this one.
    let mut rarer = of_session(&drawn_in_the_middle);
    assert_eq!(
        (thin(&mut rarer, &Sampling::default(), 1.0, |_| 0.6), rarer.views[0].weight),
        (LeftOut::default(), 2.0)
    );
}

#[test]
fn a_view_made_from_a_span_is_no_record_beside_it() {
    let session = "00000000000000";
    let mut made = batch(vec![SpanRow { session_id: session.into(), view_id: "v".into(), ..span(1, "") }]);
    let view_id = made.spans[0].span_id.to_string().into();
    made.views = vec![View { session_id: session.into(), view_id, weight: 1.0, ..View::default() }];
    made.views_of_spans = 1;
    assert_eq!(thin(&mut made, &Sampling::default(), 1.0, |_| 0.5), LeftOut { logs: 0, spans: 1 });
    assert_eq!((made.views.len(), made.views_of_spans), (0, 0));
}

#[test]
fn ids_that_are_no_digits_are_spread_evenly_and_draw_anew() {
    let kept = (0..4_000).filter(|n| {
        let mut one = of_session(&format!("session of visitor {n}"));
        thin(&mut one, &Sampling::default(), 1.0, |_| 0.25);
        one.views.iter().all(|view| view.weight == 8.0) && !one.views.is_empty()
    });
    let kept = kept.count();
    assert!((900..1100).contains(&kept), "{kept} of 4,000 where a quarter is wanted");
}

fn rules(json: &str) -> Sampling {
    let rules: Sampling = serde_json::from_str(json).expect("rules");
    rules.check().expect("sound");
    rules
}

/// One session of each of so many, each with a view and a click on a route.
fn sessions(route: &'static str, count: u64) -> EnrichedBatch<'static> {
    let ids = (0..count).map(|n| format!("{:032x}", u128::from(n.wrapping_mul(0x9e37_79b9_7f4a_7c15)) << 3));
    let mut all = batch(Vec::new());
    for id in ids {
        let view = View { session_id: id.clone().into(), route: route.into(), weight: 1.0, ..View::default() };
        let click =
            Event { session_id: id.into(), route: route.into(), name: "click".into(), weight: 1.0, ..Event::default() };
        all.views.push(view);
        all.events.push(click);
    }
    all
}

#[test]
fn a_route_has_a_share_of_its_own_and_stands_for_as_many_as_there_were() {
    let rules = rules(r#"{"rules": [{"route": "/help", "rate": 0.125}], "high_value": [{"route": "/checkout"}]}"#);
    for (route, weight) in
        [("/help", 8.0), ("/help/faq", 8.0), ("/helpers", 2.0), ("/", 2.0), ("/checkout", 1.0), ("/checkout/pay", 1.0)]
    {
        let mut batch = sessions(route, 4_000);
        thin(&mut batch, &rules, 1.0, |_| 0.5);
        assert!(batch.views.iter().all(|view| view.weight == weight), "{route}");
        let stands_for = batch.views.len() as f64 * weight;
        assert!((stands_for / 4_000.0 - 1.0).abs() < 0.1, "{route}: {stands_for}");
        assert_eq!(batch.views.len(), batch.events.len(), "{route}");
    }
    // Who is in with the smaller share is in with the larger one.
    let in_help = |share| {
        let mut batch = sessions("/help", 500);
        thin(&mut batch, &rules, 1.0, |_| share);
        batch.views.into_iter().map(|view| view.session_id.to_string()).collect::<HashSet<_>>()
    };
    assert!(in_help(0.01).is_subset(&in_help(1.0)) && in_help(0.01).len() < in_help(1.0).len());
}

#[test]
fn an_event_of_high_value_is_kept_and_one_of_a_rule_more_seldom() {
    let rules = rules(r#"{"rules": [{"event": "click", "rate": 0.25}], "high_value": [{"event": "order.placed"}]}"#);
    let mut batch = sessions("/", 2_000);
    batch.events.iter_mut().step_by(2).for_each(|event| event.name = "order.placed".into());
    thin(&mut batch, &rules, 1.0, |_| 0.5);
    let of = |name: &str| batch.events.iter().filter(|event| event.name == name).collect::<Vec<_>>();
    assert!(of("order.placed").len() == 1_000 && of("order.placed").iter().all(|event| event.weight == 1.0));
    assert!((200..300).contains(&of("click").len()) && of("click").iter().all(|event| event.weight == 4.0));
    assert!((900..1_100).contains(&batch.views.len()), "{}", batch.views.len());
}

#[test]
fn files_of_a_view_are_kept_all_or_none_and_their_weights_carried() {
    let rules = rules(r#"{"static_rate": 0.25, "high_value": [{"route": "/checkout"}]}"#);
    let file = |n: u64, route: &'static str| Event {
        session_id: "s".into(),
        view_id: format!("{:016x}", n / 4 + 1).into(),
        route: route.into(),
        name: EVENT_RESOURCE.into(),
        weight: 2.0,
        ..Event::default()
    };
    let mut files = batch(Vec::new());
    files.events = (0..8_000).map(|n| file(n, "/")).chain([file(0, "/checkout")]).collect();
    thin(&mut files, &rules, 1.0, |_| 1.0);
    assert_eq!(files.events.pop().expect("the one of high value").weight, 2.0);
    assert!(files.events.chunks(4).all(|four| four.iter().all(|file| file.view_id == four[0].view_id)));
    assert!((1_800..2_200).contains(&files.events.len()), "{}", files.events.len());
    assert!(files.events.iter().all(|file| file.weight == 8.0));
}

#[test]
fn of_what_failures_brought_back_a_share_is_kept_and_of_failures_all() {
    let rules = rules(r#"{"brought_back_rate": 0.25}"#);
    let mut storm = sessions("/", 4_000);
    storm.views.iter_mut().for_each(|view| view.weight = 0.0);
    storm.events.iter_mut().for_each(|event| event.name = EVENT_EXCEPTION.into());
    thin(&mut storm, &rules, 1.0, |_| 0.5);
    assert_eq!(storm.events.len(), 4_000);
    assert!((900..1_100).contains(&storm.views.len()), "{}", storm.views.len());
    assert!(storm.views.iter().all(|view| view.weight == 0.0));
}

#[test]
fn what_an_sdk_has_drawn_by_its_tracestate_is_drawn_by_the_same_here() {
    // Kept with 1 in 4 by the SDK: a share of a half takes none of them, one of an eighth every other one, for eight.
    let kept = |n: u64| SpanRow { weight: 4.0, ..span(n, "ot=th:c") };
    let drawn = |span: &SpanRow<'_>| Threshold::of_probability(0.25).keeps(Randomness::of_trace(&span.trace_id));
    let spans: Vec<_> = (0..8_000).map(kept).filter(drawn).collect();
    let count = spans.len();
    let mut all = batch(spans);
    assert_eq!((traces(&mut all, 0.5), all.spans[0].weight), (0, 4.0));
    traces(&mut all, 0.125);
    assert!(all.spans.iter().all(|span| span.weight == 8.0));
    assert!((all.spans.len() as f64 / count as f64 - 0.5).abs() < 0.05, "{} of {count}", all.spans.len());
}
