//! Starts that cannot work end at once and say what to do.

use crate::serving::{Serving, command, command_at, refused};

#[test]
fn a_taken_port_is_named_with_the_flag_that_chooses_another() {
    let data = tempfile::tempdir().expect("a folder");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("bound").to_string();
    let said = refused(command_at(data.path(), &address));
    assert!(said.contains(&address) && said.contains("--listen"), "{said}");
}

#[test]
fn a_data_folder_in_use_is_said_to_be() {
    let data = tempfile::tempdir().expect("a folder");
    let first = Serving::start(data.path());
    let said = refused(command(data.path()));
    assert!(said.contains("another process"), "{said}");
    first.stop();
}

#[test]
fn a_missing_library_is_said_with_the_command_that_fetches_it() {
    let data = tempfile::tempdir().expect("a folder");
    let mut command = command(data.path());
    command.args(["--library", "/nowhere/libchdb.so"]);
    let said = refused(command);
    assert!(said.contains("/nowhere/libchdb.so") && said.contains("cargo xtask engine"), "{said}");
}

#[test]
fn an_unknown_setting_ends_the_start() {
    let data = tempfile::tempdir().expect("a folder");
    let mut command = command(data.path());
    command.env("LIMEN_SERVER_LISEN", "127.0.0.1:1");
    let said = refused(command);
    assert!(said.contains("LIMEN_SERVER_LISTEN"), "{said}");
}
