//! What is older than it is to be kept goes, what is to be kept longer stays, and other applications do not notice.

use limen_model::AppId;
use limen_store::{Flow, Keep, Longer, Store, Table};

use crate::engine_process::EngineProcess;

const DAY: i64 = 86_400_000_000_000;
/// 2026-03-20T00:00:00Z
const NOW: i64 = 1_773_964_800_000_000_000;

/// A view and an event a day, the last at `NOW`.
async fn plant(store: &Store, app: &str, days: u64) {
    for (table, time, more) in [("views", "start", "view_id"), ("events", "time", "name")] {
        let sql = format!(
            "INSERT INTO {table} (app, session_id, route, {time}, {more}, weight) \
             SELECT ?, toString(number), if(number % 2 = 0, '/it''s \\\\ here', '/other'), \
                 fromUnixTimestamp64Nano(toInt64({NOW} - number * {DAY}), 'UTC'), 'paid', 1 FROM numbers(?)"
        );
        store.client().query(&sql).bind(app).bind(days).execute().await.expect("planted");
    }
}

async fn count(store: &Store, app: &str, table: Table) -> u64 {
    limen_store::count_rows(store.client(), &AppId::parse(app).expect("valid"), table).await.expect("counted")
}

#[tokio::test]
async fn rows_past_their_days_go_and_chosen_flows_stay_longer() {
    let process = EngineProcess::start().await;
    let store = &process.store;
    plant(store, "shop", 60).await;
    plant(store, "blog", 60).await;
    let shop = AppId::parse("shop").expect("valid");
    let route = Longer { flow: Flow::Route("/it's \\ here".to_owned()), before_unix_nano: NOW - 39 * DAY };
    let name = Longer { flow: Flow::Event("paid".to_owned()), before_unix_nano: NOW - 49 * DAY };
    let keep = |table| Keep { table, before_unix_nano: NOW - 29 * DAY, longer: vec![route.clone(), name.clone()] };
    // Days 30 to 59, without the even ones up to 39.
    assert_eq!(store.count_old(&shop, &keep(Table::Views)).await.expect("counted"), 25);
    assert_eq!(count(store, "shop", Table::Views).await, 60);
    assert_eq!(store.drop_old(&shop, &keep(Table::Views)).await.expect("dropped"), 25);
    assert_eq!(store.drop_old(&shop, &keep(Table::Views)).await.expect("nothing is left to drop"), 0);
    assert_eq!(store.drop_old(&shop, &keep(Table::Events)).await.expect("dropped"), 10);
    assert_eq!((count(store, "shop", Table::Views).await, count(store, "shop", Table::Events).await), (35, 50));
    assert_eq!((count(store, "blog", Table::Views).await, count(store, "blog", Table::Events).await), (60, 60));
    // A route with all below it is no route that only begins alike.
    let below = |route: &str| Longer { flow: Flow::RouteAndBelow(route.to_owned()), before_unix_nano: NOW - 39 * DAY };
    let count_old = async |route: &str| {
        let keep = Keep { table: Table::Views, before_unix_nano: NOW - 29 * DAY, longer: vec![below(route)] };
        store.count_old(&AppId::parse("blog").expect("valid"), &keep).await.expect("counted")
    };
    let routes = ["/elsewhere", "/it's", "/it's \\ here"];
    assert_eq!([count_old(routes[0]).await, count_old(routes[1]).await, count_old(routes[2]).await], [30, 30, 25]);
    assert_eq!(keep(Table::Views).everything_before(), NOW - 39 * DAY);
    assert_eq!(keep(Table::Logs).everything_before(), NOW - 29 * DAY);
}

#[tokio::test]
async fn months_that_nobody_keeps_go_as_a_whole() {
    let process = EngineProcess::start().await;
    let store = &process.store;
    plant(store, "shop", 60).await;
    // 60 days before the 20th of March begin in January; the 1st of March ends both months before it.
    let march = NOW - 19 * DAY;
    assert_eq!(store.drop_months(Table::Views, march - 1).await.expect("dropped"), ["202601"]);
    assert_eq!(count(store, "shop", Table::Views).await, 48);
    assert_eq!(store.drop_months(Table::Views, march).await.expect("dropped"), ["202602"]);
    assert_eq!((count(store, "shop", Table::Views).await, count(store, "shop", Table::Events).await), (20, 60));
}
