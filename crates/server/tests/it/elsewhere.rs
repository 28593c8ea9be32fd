//! A ClickHouse server elsewhere, with a gate in front of it that tests open and close.
//!
//! An engine of our own behind a TCP port stands in for the server: it speaks the same interface, and it is the one
//! that these tests can start.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use axum::body::Bytes;
use axum::http::StatusCode;
use limen_store::{Address, Store};
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncWrite, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::watch;

use crate::serving::{Serving, command, workspace};

/// What happens to connections, those that are open included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    Open,
    /// Nobody is there.
    Closed,
    /// Somebody answers that the disk is full.
    DiskFull,
}

pub struct Elsewhere {
    engine: Child,
    folder: TempDir,
    address: SocketAddr,
    gate: watch::Sender<Gate>,
}

impl Elsewhere {
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (data, socket) = (folder.path().join("engine"), folder.path().join("run").join("engine.sock"));
        let starting = socket.clone();
        let engine = tokio::task::spawn_blocking(move || start_engine(&data, &starting)).await.expect("it starts");
        let (gate, gates) = watch::channel(Gate::Open);
        let address = listen(socket, gates).await;
        Self { engine, folder, address, gate }
    }

    /// A server that uses it.
    pub async fn serve(&self, data: &Path, arguments: &[&str]) -> Serving {
        let mut command = command(data);
        command.args(["--clickhouse", &format!("http://limen:secret@{}", self.address)]).args(arguments);
        tokio::task::spawn_blocking(move || Serving::from(command)).await.expect("it starts")
    }

    /// The engine itself, past the gate.
    pub fn store(&self) -> Store {
        Store::open(&Address::Socket(self.folder.path().join("run").join("engine.sock"))).expect("a client")
    }

    pub fn set(&self, gate: Gate) {
        self.gate.send_replace(gate);
    }
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        let _ = self.engine.kill();
        let _ = self.engine.wait();
        // Named so that the folder is seen to live as long as the engine.
        let _ = self.folder.path();
    }
}

fn start_engine(data: &Path, socket: &Path) -> Child {
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
    child
}

/// Passes connections on as the gate says, until the test ends.
async fn listen(socket: PathBuf, gate: watch::Receiver<Gate>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("bound");
    let full = answer_that_the_disk_is_full().await;
    tokio::spawn(async move {
        while let Ok((outside, _)) = listener.accept().await {
            let (socket, gate) = (socket.clone(), gate.clone());
            tokio::spawn(async move {
                let now = *gate.borrow();
                match now {
                    Gate::Closed => {}
                    Gate::Open => join(outside, UnixStream::connect(socket).await, gate, now).await,
                    Gate::DiskFull => join(outside, TcpStream::connect(full).await, gate, now).await,
                }
            });
        }
    });
    address
}

async fn join<S: AsyncRead + AsyncWrite + Unpin>(
    mut outside: TcpStream,
    inside: std::io::Result<S>,
    mut gate: watch::Receiver<Gate>,
    now: Gate,
) {
    let Ok(mut inside) = inside else { return };
    tokio::select! {
        _ = copy_bidirectional(&mut outside, &mut inside) => {}
        _ = gate.wait_for(|gate| *gate != now) => {}
    }
}

/// Reads requests to their end and answers with the error that a server has for this.
async fn answer_that_the_disk_is_full() -> SocketAddr {
    let answer = |_: Bytes| async {
        let text = "Code: 243. DB::Exception: Cannot reserve 1.00 MiB, not enough space. (NOT_ENOUGH_SPACE)";
        (StatusCode::INTERNAL_SERVER_ERROR, text)
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("bound");
    let router = axum::Router::new().fallback(answer).layer(axum::extract::DefaultBodyLimit::disable());
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}
