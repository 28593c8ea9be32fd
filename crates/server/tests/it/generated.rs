//! `limen load` fills a real server, and the API counts what was sent.

use std::process::{Command, Output};

use limen_load::{Session, World};

use crate::serving::Serving;

fn load(server: &Serving, key: &str, more: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_limen"));
    command.args(["load", "--to", &server.otlp, "--key", key]).args(more.split_whitespace());
    command.output().expect("the binary starts")
}

/// What sessions of this seed hold, up to the one that reaches the total: events, and views, sessions and errors by weight.
fn made(seed: u64, total: u64) -> (u64, [f64; 3]) {
    let world = World::new(seed, 50, 0.2);
    let (mut events, mut weighted) = (0, [0.0; 3]);
    for number in 0.. {
        let counts = Session::draw(&world, number).counts();
        events += counts.events();
        let errors = counts.exceptions as f64 * counts.sessions_weighted;
        for (sum, more) in weighted.iter_mut().zip([counts.views_weighted, counts.sessions_weighted, errors]) {
            *sum += more;
        }
        if events >= total {
            break;
        }
    }
    (events, weighted)
}

async fn check(arguments: &str, seed: u64, total: u64) {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let said = load(&server, &server.key, &format!("--seed {seed} --total {total} --connections 64 {arguments}"));
    assert!(said.status.success(), "{said:?}");
    let (events, weighted) = made(seed, total);
    let text = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(text.contains(&format!("accepted  {events} of {events} events")), "{text}");
    assert_eq!(server.outcome("accepted").await, events);
    let traffic = server.ask(&format!("/traffic?{}", range())).await;
    let count = |name: &str| traffic[name].as_f64().expect("a number");
    assert_eq!([count("views"), count("sessions"), count("errors")], weighted, "{traffic}");
    let routes = server.ask(&format!("/breakdown?dimension=route&{}", range())).await;
    assert_eq!(routes["rows"][0]["value"], "/", "most visits begin there: {routes}");
    server.stop();
}

/// Ten days up to an hour from now.
fn range() -> String {
    let now = time::OffsetDateTime::now_utc();
    let text = |time: time::OffsetDateTime| {
        time.format(&time::format_description::well_known::Rfc3339).expect("a time of our days")
    };
    format!("from={}&to={}", text(now - time::Duration::days(10)), text(now + time::Duration::hours(1)))
}

#[tokio::test]
async fn what_the_agent_would_send_is_counted_exactly() {
    check("--format json --gzip", 21, 3_000).await;
}

#[tokio::test]
async fn a_week_of_history_in_whole_sessions_is_counted_exactly() {
    check("--format protobuf --zstd --request session --history 7d", 22, 20_000).await;
}

#[tokio::test]
async fn what_was_not_acknowledged_ends_it_badly() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let said = load(&server, "lkp_nobody", "--seed 1 --total 10");
    assert_eq!(said.status.code(), Some(1));
    let text = String::from_utf8_lossy(&said.stdout);
    assert!(text.contains("× 401"), "{text}");
}
