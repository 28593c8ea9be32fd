//! A backup of a server that goes on working, and a server from it.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};

use reqwest::Client;

use crate::load::{Told, assert_whole, send, send_all, spool_emptied};
use crate::serving::Serving;

fn limen(command: &str, arguments: &[(&str, &Path)]) -> Output {
    let mut limen = Command::new(env!("CARGO_BIN_EXE_limen"));
    limen.arg(command).current_dir(crate::serving::workspace());
    for (flag, path) in arguments {
        limen.arg(flag).arg(path);
    }
    limen.output().expect("the binary starts")
}

pub async fn back_up(data: &Path, to: &Path) -> Output {
    let (data, to) = (data.to_owned(), to.to_owned());
    let asked = tokio::task::spawn_blocking(move || limen("backup", &[("--data", &data), ("--to", &to)]));
    asked.await.expect("it ran")
}

fn restore(from: &Path, data: &Path) -> Output {
    limen("restore", &[("--from", from), ("--data", data)])
}

pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_before_a_backup_is_in_it_although_more_came_meanwhile() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, copy, again) = (folder.path().join("data"), folder.path().join("copy"), folder.path().join("again"));
    let server = Serving::start(&data);
    let client = Client::new();
    let before = send_all(&client, &server, 0..20).await;
    assert_eq!(before.len(), 20);

    let done = AtomicBool::new(false);
    let going_on = async {
        let mut sent = 20;
        while !done.load(Ordering::Relaxed) {
            assert_eq!(send(&client, &server, sent).await, Told::Acknowledged, "a backup stops nobody");
            sent += 1;
        }
        sent - 20
    };
    let backing_up = async {
        let taken = back_up(&data, &copy).await;
        done.store(true, Ordering::Relaxed);
        taken
    };
    let (during, taken) = tokio::join!(going_on, backing_up);
    assert!(taken.status.success(), "{}", said(&taken));
    assert!(during > 0, "something came while it was taken");
    let key = server.key.clone();
    server.stop();

    let restored = restore(&copy, &again);
    assert!(restored.status.success(), "{}", said(&restored));
    let server = Serving::start(&again);
    assert_eq!(server.key, key, "applications keep their keys");
    for trace in before {
        assert_whole(&server, trace).await;
    }
    assert_eq!(send(&client, &server, 1_000).await, Told::Acknowledged);
    assert_whole(&server, 1_000).await;
    server.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_in_the_spool_is_backed_up_and_replayed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, copy, again) = (folder.path().join("data"), folder.path().join("copy"), folder.path().join("again"));
    let server = Serving::start(&data);
    let client = Client::new();
    let paused = server.pause_engine();
    let spooled = send_all(&client, &server, 0..3).await;
    assert_eq!((spooled.len(), server.outcome("spooled").await), (3, 30));
    // The engine's part goes on when it does; the spool is copied before that.
    let going_on = async {
        let copied = copy.join("spool.sqlite");
        crate::serving::eventually("the spool is copied", async || copied.exists().then_some(())).await;
        drop(paused);
    };
    let (taken, ()) = tokio::join!(back_up(&data, &copy), going_on);
    assert!(taken.status.success(), "{}", said(&taken));
    server.stop();

    let restored = restore(&copy, &again);
    assert!(restored.status.success(), "{}", said(&restored));
    let server = Serving::start(&again);
    spool_emptied(&server).await;
    for trace in spooled {
        assert_whole(&server, trace).await;
    }
    server.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_whole_backup_is_restored_and_only_into_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, copy, again) = (folder.path().join("data"), folder.path().join("copy"), folder.path().join("again"));
    let server = Serving::start(&data);
    assert_eq!(send(&Client::new(), &server, 1).await, Told::Acknowledged);
    assert!(back_up(&data, &copy).await.status.success());
    let twice = back_up(&data, &copy).await;
    assert!(said(&twice).contains("is not empty"), "{}", said(&twice));
    server.stop();

    let refused = |why: &str| {
        let output = restore(&copy, &again);
        assert!(!output.status.success() && said(&output).contains(why), "{why}: {}", said(&output));
        assert!(!again.join("metadata.sqlite").exists(), "nothing is left that looks like data");
    };
    let metadata = copy.join("metadata.sqlite");
    let good = std::fs::read(&metadata).expect("there");
    let mut bad = good.clone();
    bad[100] ^= 1;
    std::fs::write(&metadata, &bad).expect("damaged");
    refused("is damaged");
    std::fs::write(&metadata, &good).expect("mended");
    let manifest = copy.join("manifest.json");
    std::fs::rename(&manifest, copy.join("manifest.json.part")).expect("moved");
    refused("was interrupted");
    std::fs::rename(copy.join("manifest.json.part"), &manifest).expect("moved back");

    let into_data = restore(&copy, &data);
    assert!(said(&into_data).contains("is not empty"), "{}", said(&into_data));
    assert!(restore(&copy, &again).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_whose_server_is_killed_is_known_as_incomplete() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, copy, again) = (folder.path().join("data"), folder.path().join("copy"), folder.path().join("again"));
    let server = Serving::start(&data);
    assert_eq!(send(&Client::new(), &server, 1).await, Told::Acknowledged);
    let paused = server.pause_engine();
    let killing = async {
        let copied = copy.join("spool.sqlite");
        crate::serving::eventually("the backup is under way", async || copied.exists().then_some(())).await;
        server.kill();
    };
    let (taken, ()) = tokio::join!(back_up(&data, &copy), killing);
    assert!(said(&taken).contains("did not answer to the end"), "{}", said(&taken));
    drop(paused);
    let restored = restore(&copy, &again);
    assert!(said(&restored).contains("was interrupted"), "{}", said(&restored));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_server_it_says_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = back_up(folder.path(), &folder.path().join("copy")).await;
    assert!(!output.status.success() && said(&output).contains("no server runs on"), "{}", said(&output));
}
