//! An erasure takes every row of one person wherever the id is, and nothing else; and then the disk does not hold it.

use std::path::Path;

use limen_model::enriched::{EnrichedBatch, Event, Exemplar, Log, MetricPoint, SpanRow, View};
use limen_model::{AppId, Attributes, Text, Value};
use limen_store::{Found, Store, Subject, SubjectKind, Table, engine};

use crate::engine_process::EngineProcess;
use crate::filled;

fn subject(app: &str, kind: SubjectKind, id: &str) -> Subject {
    Subject { app: AppId::parse(app).expect("valid"), kind, id: id.to_owned() }
}

fn with(key: &'static str, value: &str) -> Attributes<'static> {
    Attributes(vec![(key.into(), Value::Text(value.to_owned().into()))])
}

/// One row of each table in each way in which it can be somebody's, in a session of theirs or none.
fn rows_of(app: &str, user: &str, device: &str, session: &str) -> EnrichedBatch<'static> {
    let text = |text: &str| -> Text<'static> { text.to_owned().into() };
    let filled = filled::batch();
    let log = |n: u64, session: &str, attributes, resource| Log {
        log_id: n ^ fnv(user),
        session_id: text(session),
        attributes,
        resource,
        ..filled.logs[0].clone()
    };
    let metric = |n: u64, attributes, exemplars| MetricPoint {
        series: n ^ fnv(user),
        attributes,
        resource: Attributes::default(),
        exemplars,
        ..filled.metrics[0].clone()
    };
    let exemplar = Exemplar { attributes: with("user.id", user), ..Exemplar::default() };
    let mut span = SpanRow { session_id: text(session), ..filled.spans[0].clone() };
    span.span_id = limen_model::SpanId::from_bytes(&fnv(user).to_be_bytes()).expect("not zero");
    let mut by_event = SpanRow { session_id: text(""), ..span.clone() };
    by_event.span_id = limen_model::SpanId::from_bytes(&(fnv(user) + 1).to_be_bytes()).expect("not zero");
    by_event.events[0].2 = with("enduser.id", user);
    EnrichedBatch {
        app: AppId::parse(app).expect("valid"),
        views: vec![
            View { session_id: text(session), user_id: text(user), view_id: text("1"), ..filled::view() },
            View { session_id: text(session), user_id: text(""), view_id: text("2"), ..filled::view() },
        ],
        events: vec![Event { session_id: text(session), user_id: text(""), ..filled.events[0].clone() }],
        spans: vec![span, by_event],
        logs: vec![
            log(1, session, Attributes::default(), Attributes::default()),
            log(2, "", with("user.id", user), Attributes::default()),
            log(3, session, Attributes::default(), with("device.id", device)),
        ],
        metrics: vec![
            metric(1, with("enduser.id", user), vec![]),
            metric(2, Attributes::default(), vec![exemplar]),
            metric(3, Attributes::default(), vec![]),
        ],
        ..filled
    }
}

/// So that rows of different people are different rows.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

async fn count(store: &Store, app: &str) -> Vec<u64> {
    let app = AppId::parse(app).expect("valid");
    let mut counts = Vec::new();
    for table in Table::ALL {
        counts.push(limen_store::count_rows(store.client(), &app, table).await.expect("counted"));
    }
    counts
}

async fn erase(store: &Store, subject: &Subject, traces: bool) -> Found {
    let found = store.find(subject, traces).await.expect("found");
    let proof = store.erase(subject, &found, traces).await.expect("erased");
    assert_eq!(proof.rows_left, 0);
    assert!(!proof.statement.contains(&subject.id), "{}", proof.statement);
    let again = store.find(subject, traces).await.expect("found");
    assert!(again.rows.values().all(|rows| *rows == 0) && again.exemplars == 0, "{again:?}");
    found
}

#[tokio::test]
async fn a_user_is_gone_from_every_table_and_the_others_are_still_there() {
    let world = [
        rows_of("shop", "anna", "phone-a", "s-anna"),
        rows_of("shop", "bert", "phone-b", "s-bert"),
        rows_of("blog", "anna", "phone-a", "s-anna"),
    ];
    let process = EngineProcess::with(&world).await;
    let store = &process.store;
    let whole = count(store, "blog").await;
    let found = erase(store, &subject("shop", SubjectKind::User, "anna"), false).await;
    assert_eq!(found.sessions, ["s-anna"]);
    let rows: Vec<u64> = Table::ALL.iter().map(|table| found.rows[table.name()]).collect();
    assert_eq!((rows, found.exemplars), (vec![2, 3, 1, 1, 2], 1));
    assert_eq!(found.hours.len(), 1);
    // Spans, logs, metrics, events, views: of two people one is left, whose points have kept what was measured, and a point
    // that named the user as an example among others has stayed without it.
    assert_eq!(count(store, "shop").await, [2, 3, 5, 1, 2]);
    assert_eq!(count(store, "blog").await, whole);
    let kept = store.find(&subject("shop", SubjectKind::User, "bert"), false).await.expect("found");
    assert_eq!((kept.rows["metrics"], kept.exemplars), (1, 1));
}

#[tokio::test]
async fn a_session_or_a_device_is_enough_to_find_somebody() {
    let process = EngineProcess::with(&[
        rows_of("shop", "anna", "phone-a", "s-anna"),
        rows_of("shop", "bert", "phone-b", "s-bert"),
    ])
    .await;
    let device = erase(&process.store, &subject("shop", SubjectKind::Device, "phone-a"), false).await;
    assert_eq!(device.sessions, ["s-anna"]);
    assert_eq!((device.rows["views"], device.rows["logs"], device.rows["spans"]), (2, 2, 1));
    let session = erase(&process.store, &subject("shop", SubjectKind::Session, "s-bert"), false).await;
    assert_eq!((session.rows["views"], session.rows["logs"], session.rows["events"]), (2, 2, 1));
    assert_eq!(count(&process.store, "shop").await[3..], [0, 0]);
}

/// Found in no statement by chance.
const SESSION: &str = "s-4711";

#[tokio::test]
async fn the_traces_of_a_person_go_whole_when_that_is_asked_for() {
    let mut services = filled::batch();
    services.views.clear();
    services.events.clear();
    services.spans[0].session_id = "".into();
    services.logs[0].session_id = "".into();
    services.logs[0].trace_id = Some(services.spans[0].trace_id);
    let mut person = filled::batch();
    person.spans.clear();
    person.logs.clear();
    person.metrics.clear();
    (person.views[0].session_id, person.events[0].session_id) = (SESSION.into(), SESSION.into());
    person.views[0].trace_id = Some(services.spans[0].trace_id);
    let process = EngineProcess::with(&[services, person]).await;
    let session = subject("shop", SubjectKind::Session, SESSION);
    let found = erase(&process.store, &session, false).await;
    assert_eq!((found.traces.len(), found.rows["spans"], found.rows["logs"]), (2, 0, 0));
    assert_eq!(count(&process.store, "shop").await, [1, 1, 1, 0, 0]);

    let mut person = filled::batch();
    person.spans[0].session_id = "".into();
    person.logs[0].session_id = "".into();
    (person.views[0].session_id, person.events[0].session_id) = (SESSION.into(), SESSION.into());
    person.views[0].trace_id = Some(person.spans[0].trace_id);
    person.events[0].trace_id = person.logs[0].trace_id;
    let process = EngineProcess::with(&[person]).await;
    let found = erase(&process.store, &session, true).await;
    assert_eq!((found.rows["spans"], found.rows["logs"]), (1, 1));
    assert_eq!(count(&process.store, "shop").await, [0, 0, 1, 0, 0]);
}

#[tokio::test]
async fn an_id_is_only_ever_an_id() {
    for id in
        ["' OR 1 = 1 --", "\\' OR '' = '", "{id:String}", "%", "ＡＮＮＡ\u{202e}🦀", "\u{0}\t\n", "s-bert; TRUNCATE"]
    {
        let world = [rows_of("shop", id, "phone-a", "s-anna"), rows_of("shop", "bert", "phone-b", "s-bert")];
        let process = EngineProcess::with(&world).await;
        let found = erase(&process.store, &subject("shop", SubjectKind::User, id), false).await;
        assert_eq!(found.rows["views"], 2, "{id:?}");
        assert_eq!(count(&process.store, "shop").await, [2, 3, 5, 1, 2], "{id:?}");
    }
}

#[tokio::test]
async fn nobody_costs_nobody_anything() {
    let process = EngineProcess::with(&[rows_of("shop", "bert", "phone-b", "s-bert")]).await;
    let whole = count(&process.store, "shop").await;
    for kind in SubjectKind::ALL {
        let found = erase(&process.store, &subject("shop", kind, "nobody"), true).await;
        assert!(found.hours.is_empty() && found.traces.is_empty());
    }
    assert_eq!(count(&process.store, "shop").await, whole);
}

/// Packed, an id would not be found by looking for its bytes, whether it is there or not.
async fn unpack(store: &Store) {
    let sql = "SELECT table, name, type FROM system.columns WHERE database = {database:String} \
               AND table IN ('views', 'events', 'spans', 'logs', 'metrics') AND type NOT LIKE 'DateTime%'";
    let query = store.client().query(sql).param("database", engine::DATABASE);
    for (table, name, kind) in query.fetch_all::<(String, String, String)>().await.expect("listed") {
        let sql = format!("ALTER TABLE {table} MODIFY COLUMN {name} {kind} CODEC(NONE)");
        engine::execute(store.client(), &sql).await.expect("unpacked");
    }
    for table in Table::ALL {
        let sql = format!("ALTER TABLE {} MODIFY SETTING old_parts_lifetime = 0", table.name());
        engine::execute(store.client(), &sql).await.expect("set");
    }
}

/// The files below a folder that hold the bytes of a text.
fn files_with(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_with(&path, text));
        } else if let Ok(bytes) = std::fs::read(&path)
            && bytes.windows(text.len()).any(|window| window == text.as_bytes())
        {
            found.push(path.display().to_string());
        }
    }
    found
}

#[tokio::test]
async fn once_the_old_parts_are_gone_no_file_holds_the_ids() {
    let process = EngineProcess::start().await;
    unpack(&process.store).await;
    let world = [
        rows_of("shop", "anna-4711", "phone-a", "s-anna-4711"),
        rows_of("shop", "bert-4712", "phone-b", "s-bert-4712"),
    ];
    process.insert(&world).await;
    for id in ["anna-4711", "s-anna-4711", "bert-4712"] {
        assert!(!files_with(process.data(), id).is_empty(), "{id} is looked for where it is");
    }
    erase(&process.store, &subject("shop", SubjectKind::User, "anna-4711"), false).await;
    let old = process.store.old_parts().await.expect("listed");
    assert!(!old.is_empty());
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(120);
    while process.store.old_parts().await.expect("listed").intersection(&old).next().is_some() {
        assert!(std::time::Instant::now() < deadline, "the engine keeps old parts");
        tokio::task::yield_now().await;
    }
    assert_eq!(files_with(process.data(), "anna-4711"), Vec::<String>::new());
    assert!(!files_with(process.data(), "bert-4712").is_empty());
}
