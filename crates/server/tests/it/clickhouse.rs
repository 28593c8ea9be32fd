//! `--clickhouse URL`: the same code against a server that somebody else runs.
//!
//! An engine of our own behind a TCP port stands in for the server: it speaks the same interface, and it is the one
//! that these tests can start.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use reqwest::Client;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, UnixStream};

use crate::records::{log, logs, now_nano};
use crate::serving::{Serving, command, eventually, refused, workspace};

struct Standing {
    child: Child,
}

impl Standing {
    fn start(data: &Path, socket: &Path) -> Self {
        let library = limen_engine::find_library(None).expect("run cargo xtask engine");
        let mut child = Command::new(env!("CARGO_BIN_EXE_limen"))
            .arg("engine")
            .args([Path::new("--data"), data, Path::new("--socket"), socket, Path::new("--library"), &library])
            .current_dir(workspace())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let stdout = BufReader::new(child.stdout.take().expect("piped"));
        assert!(stdout.lines().map_while(Result::ok).any(|line| line.trim() == "ready"), "it ended");
        Self { child }
    }
}

impl Drop for Standing {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Passes connections to the socket on until the test ends.
async fn listen(socket: &Path) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("bound");
    let socket = socket.to_owned();
    tokio::spawn(async move {
        while let Ok((mut outside, _)) = listener.accept().await {
            let socket = socket.clone();
            tokio::spawn(async move {
                if let Ok(mut inside) = UnixStream::connect(socket).await {
                    let _ = copy_bidirectional(&mut outside, &mut inside).await;
                }
            });
        }
    });
    address
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_elsewhere_takes_and_answers_as_the_embedded_engine_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let socket = folder.path().join("run").join("engine.sock");
    let _engine = Standing::start(&folder.path().join("engine"), &socket);
    let url = format!("http://limen:secret@{}", listen(&socket).await);
    let data = folder.path().join("data");
    let server = tokio::task::spawn_blocking(move || {
        let mut command = command(&data);
        command.args(["--clickhouse", &url]);
        Serving::from(command)
    });
    let server = server.await.expect("it starts");
    assert_eq!(server.ask("/status").await["engine"]["kind"], "clickhouse");
    let request = Client::new().post(format!("{}/v1/logs", server.otlp)).header("limen-key", &server.key);
    let response = request.json(&logs(&[log(now_nano(), "far away")])).send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    assert_eq!(server.outcome("accepted").await, 1);
    server.stop();
}

#[test]
fn an_address_that_is_none_ends_the_start_without_showing_the_password() {
    let data = tempfile::tempdir().expect("a folder");
    let mut command = command(data.path());
    command.args(["--clickhouse", "ftp://limen:secret@host"]);
    let said = refused(command);
    assert!(said.contains("http://user:password@host:8123") && !said.contains("secret"), "{said}");
}

#[tokio::test]
async fn while_the_server_elsewhere_is_away_the_start_waits_for_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
    let mut waiting = command(folder.path());
    waiting.args(["--clickhouse", &format!("http://{free}")]).stderr(Stdio::null());
    let mut child = waiting.spawn().expect("it starts");
    // It is still there after it has tried: the metadata file is made before.
    eventually("it has begun", async || folder.path().join("metadata.sqlite").exists().then_some(())).await;
    assert!(child.try_wait().expect("known").is_none(), "it waits");
    child.kill().expect("ended");
    child.wait().expect("ended");
}
