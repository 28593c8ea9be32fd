//! `limen explain` and a running server: the command prints what the server says, and its refusals.

use std::process::{Command, Output};

use crate::serving::Serving;

fn explain(server: &Serving, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_limen"))
        .args(["explain", "--server", &server.url])
        .args(arguments)
        .output()
        .expect("it runs")
}

#[tokio::test]
async fn the_command_prints_the_answer_of_the_server_or_its_refusal() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let answered = explain(&server, &["--metric", "lcp", "--route", "/checkout", "--since", "2h"]);
    let words = String::from_utf8_lossy(&answered.stdout);
    assert!(answered.status.success(), "{}", String::from_utf8_lossy(&answered.stderr));
    assert!(words.starts_with("**There is nothing to compare LCP with"), "{words}");
    let refused = explain(&server, &["--metric", "speed"]);
    let reason = String::from_utf8_lossy(&refused.stderr);
    assert!(
        !refused.status.success() && reason.contains("`speed` is no figure of a view that can be explained"),
        "{reason}"
    );
}
