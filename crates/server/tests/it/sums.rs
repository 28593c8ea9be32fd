//! Sums by hour and day are there after a start, over views that came before it, and the API says when it reads them.

use limen_store::rollup::mark;
use limen_store::{Address, Store};
use serde_json::Value;

use crate::serving::{Serving, eventually};

/// Views of the day before yesterday, as if a Limen that made no sums had received them then.
pub async fn plant(data: &std::path::Path) {
    let socket = data.canonicalize().expect("a folder").join("run").join("engine.sock");
    let store = Store::open(&Address::Socket(socket)).expect("a client");
    // The first round is through: it must not note later that it has seen what comes now.
    eventually("the mark of the first round", async || (mark(&store).await.expect("it answers") > 0).then_some(()))
        .await;
    store.client().query("TRUNCATE TABLE rollup_marks").execute().await.expect("as it was");
    let sql = "INSERT INTO views (app, received, session_id, view_id, version, start, route, lcp, weight) \
               SELECT 'shop', start, toString(intDiv(number, 30)), toString(number), 1, \
                   toStartOfDay(now('UTC')) - INTERVAL 2 DAY + INTERVAL number MINUTE AS start, '/', number, 2 \
               FROM numbers(1440)";
    store.client().query(sql).execute().await.expect("inserted");
}

#[tokio::test]
async fn sums_are_made_after_a_start_and_the_answer_says_that_it_is_from_them() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    plant(data.path()).await;
    server.stop();
    let server = Serving::start(data.path());
    let midnight = time::OffsetDateTime::now_utc().replace_time(time::Time::MIDNIGHT);
    let text = |days: i64| {
        let time = midnight - time::Duration::days(days);
        time.format(&time::format_description::well_known::Rfc3339).expect("a time")
    };
    let question = format!("from={}&to={}", text(4), text(0));
    let sums: Value = eventually("the first round is through", async || {
        let answer = server.ask(&format!("/traffic?{question}&source=sums")).await;
        (answer["source"]["kind"] == "sums").then_some(answer)
    })
    .await;
    assert_eq!((sums["views"].as_f64(), sums["sessions"].as_f64()), (Some(2880.0), Some(96.0)));
    let views = server.ask(&format!("/traffic?{question}")).await;
    assert_eq!(views["source"]["kind"], "views");
    assert_eq!(views["points"], sums["points"]);
    let refused = reqwest::get(format!("{}/api/v1/traffic?source=rollup", server.url)).await.expect("an answer");
    assert_eq!(refused.status(), 400);
}
