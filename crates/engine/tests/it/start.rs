//! Starts that must be refused, each with its own code and advice.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use limen_engine::exit;

use crate::process::{Engine, Refusal, folder};

fn refusal(started: Result<Engine, Refusal>) -> Refusal {
    match started {
        Ok(_) => panic!("the engine started"),
        Err(refusal) => refusal,
    }
}

#[test]
fn a_second_process_on_the_same_data_is_refused_with_the_pid_of_the_first() {
    let folder = folder();
    let first = Engine::start(folder.path());

    let second = refusal(Engine::try_start(&folder.path().join("data"), &folder.path().join("second.sock")));

    assert_eq!(second.code, Some(exit::DATA_LOCKED.into()), "{}", second.message);
    assert!(second.message.contains(&format!("locked by another process (pid {})", first.pid())), "{}", second.message);
}

#[test]
fn a_socket_that_another_process_serves_is_refused() {
    let folder = folder();
    let first = Engine::start(folder.path());

    let second = refusal(Engine::try_start(&folder.path().join("other"), first.socket()));

    assert_eq!(second.code, Some(exit::SOCKET_TAKEN.into()), "{}", second.message);
}

#[test]
fn data_of_a_newer_format_is_refused_and_left_as_it_is() {
    let folder = folder();
    let data = folder.path().join("data");
    fs::create_dir(&data).expect("made");
    let newer = "format 99\nengine 99.1.1\nwritten-by 9.9.9\n";
    fs::write(data.join("FORMAT"), newer).expect("written");

    let refused = refusal(Engine::try_start(&data, &folder.path().join("engine.sock")));

    assert_eq!(refused.code, Some(exit::DATA_NEWER.into()), "{}", refused.message);
    assert!(refused.message.contains("written by a newer Limen (9.9.9)"), "{}", refused.message);
    assert_eq!(fs::read_to_string(data.join("FORMAT")).expect("there"), newer);
}

#[test]
fn a_missing_library_is_refused_with_the_command_that_fetches_it() {
    let folder = folder();
    let nowhere = folder.path().join("libchdb.so");

    let refused = refusal(Engine::try_start_with(&nowhere, &folder.path().join("data"), &folder.path().join("s")));

    assert_eq!(refused.code, Some(exit::LIBRARY_MISSING.into()), "{}", refused.message);
    assert!(refused.message.contains("cargo xtask engine"), "{}", refused.message);
}

#[test]
fn a_file_that_is_no_library_is_refused() {
    let folder = folder();
    let text = folder.path().join("text.so");
    fs::write(&text, "not a library").expect("written");

    let refused = refusal(Engine::try_start_with(&text, &folder.path().join("data"), &folder.path().join("s")));

    assert_eq!(refused.code, Some(exit::LIBRARY_UNUSABLE.into()), "{}", refused.message);
    assert!(refused.message.contains("cannot be loaded"), "{}", refused.message);
}

#[test]
#[cfg(target_os = "linux")]
fn another_library_is_refused_with_the_function_it_lacks() {
    let folder = folder();
    let mapped = fs::read_to_string("/proc/self/maps").expect("this process's files");
    let libc = mapped.lines().find_map(|line| Some(&line[line.find("/")?..]).filter(|file| file.contains("/libc.so")));
    let libc = Path::new(libc.expect("this process uses the C library"));

    let refused = refusal(Engine::try_start_with(libc, &folder.path().join("data"), &folder.path().join("s")));

    assert_eq!(refused.code, Some(exit::LIBRARY_UNUSABLE.into()), "{}", refused.message);
    assert!(refused.message.contains("chdb_"), "{}", refused.message);
}

#[tokio::test]
async fn a_table_made_without_settings_is_durable_and_remembers_tokens() {
    let folder = folder();
    let engine = Engine::start(folder.path());
    let settings = "SELECT name, value FROM system.merge_tree_settings WHERE name IN \
                    ('fsync_after_insert', 'fsync_part_directory', 'non_replicated_deduplication_window') ORDER BY name";

    let found: Vec<(String, String)> = engine.client().query(settings).fetch_all().await.expect("answered");

    let found: Vec<(&str, &str)> = found.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let window = limen_engine::limits::TOKENS_REMEMBERED.to_string();
    assert_eq!(
        found,
        [("fsync_after_insert", "1"), ("fsync_part_directory", "1"), ("non_replicated_deduplication_window", &window)]
    );
}

#[test]
fn a_socket_path_that_is_too_long_is_refused_before_anything_is_touched() {
    let folder = folder();
    let socket = folder.path().join("a".repeat(120));

    let refused = refusal(Engine::try_start(&folder.path().join("data"), &socket));

    assert_eq!(refused.code, Some(exit::SOCKET_PATH_TOO_LONG.into()), "{}", refused.message);
    assert!(!folder.path().join("data").exists());
}

#[test]
fn a_data_folder_that_is_a_file_is_refused() {
    let folder = folder();
    let file = folder.path().join("data");
    fs::write(&file, "").expect("written");

    let refused = refusal(Engine::try_start(&file, &folder.path().join("engine.sock")));

    assert_eq!(refused.code, Some(exit::DATA_UNUSABLE.into()), "{}", refused.message);
}

#[test]
fn the_socket_is_for_the_owner_only() {
    let folder = folder();
    let engine = Engine::start(folder.path());

    let rights = fs::metadata(engine.socket()).expect("there").permissions().mode();

    assert_eq!(rights & 0o777, 0o600);
}
