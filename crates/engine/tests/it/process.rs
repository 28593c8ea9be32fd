//! Starts an engine as a process of its own, which is this test binary run again, and connects the `clickhouse` crate to it.

use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::task::{Context, Poll};

use clickhouse::Client;
use hyper_util::client::legacy::connect::{Connected, Connection};
use hyper_util::rt::{TokioExecutor, TokioIo};
use limen_engine::{EngineOptions, find_library};
use tempfile::TempDir;
use tokio::net::UnixStream;

const DATA: &str = "LIMEN_TEST_ENGINE_DATA";
const SOCKET: &str = "LIMEN_TEST_ENGINE_SOCKET";
const LIBRARY: &str = "LIMEN_TEST_ENGINE_LIBRARY";
/// Enough for every statement of these tests to run at the same time as another.
const CONNECTIONS: usize = 4;
const MEMORY_MAX_BYTES: u64 = 1 << 30;

/// Not a test of its own: the process that the other tests start.
#[test]
#[ignore = "started by the other tests as the engine's process"]
fn engine_process() {
    let path = |name: &str| PathBuf::from(std::env::var_os(name).expect("set by the test that starts this"));
    let options = EngineOptions {
        library: path(LIBRARY),
        data: path(DATA),
        socket: path(SOCKET),
        connections: CONNECTIONS,
        memory_max_bytes: MEMORY_MAX_BYTES,
        binary_version: "0.1.0",
    };
    let code = match limen_engine::run(options) {
        Ok(()) => 0,
        Err(error) => {
            eprintln!("{error}");
            error.exit_code()
        }
    };
    std::process::exit(code.into());
}

/// A running engine; it ends when this is dropped.
pub struct Engine {
    child: Child,
    stdin: Option<ChildStdin>,
    socket: PathBuf,
}

/// How an engine that did not start ended.
#[derive(Debug)]
pub struct Refusal {
    pub code: Option<i32>,
    pub message: String,
}

/// A folder that both data and socket fit into.
pub fn folder() -> TempDir {
    tempfile::Builder::new().prefix("engine").tempdir().expect("a temporary folder")
}

impl Engine {
    /// An engine on the data in `folder`, ready to answer.
    pub fn start(folder: &Path) -> Self {
        Self::try_start(&folder.join("data"), &folder.join("engine.sock"))
            .unwrap_or_else(|refusal| panic!("the engine did not start ({:?}): {}", refusal.code, refusal.message))
    }

    pub fn try_start(data: &Path, socket: &Path) -> Result<Self, Refusal> {
        let library = find_library(None).unwrap_or_else(|error| panic!("{error}"));
        Self::try_start_with(&library, data, socket)
    }

    pub fn try_start_with(library: &Path, data: &Path, socket: &Path) -> Result<Self, Refusal> {
        let mut child = Command::new(std::env::current_exe().expect("this binary"))
            .args(["--exact", "process::engine_process", "--ignored", "--nocapture", "--test-threads=1"])
            .env(DATA, data)
            .env(SOCKET, socket)
            .env(LIBRARY, library)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("this binary can be started again");
        let stdout = child.stdout.take().expect("piped");
        // The test harness writes the test's name in front of it.
        let ready = BufReader::new(stdout).lines().map_while(Result::ok).any(|line| line.ends_with("ready"));
        if !ready {
            let mut message = String::new();
            let _ = child.stderr.take().expect("piped").read_to_string(&mut message);
            let code = child.wait().expect("it ended").code();
            return Err(Refusal { code, message });
        }
        let stdin = child.stdin.take();
        Ok(Self { child, stdin, socket: socket.to_owned() })
    }

    pub fn client(&self) -> Client {
        let connector = Connector { socket: self.socket.clone() };
        let http = hyper_util::client::legacy::Client::builder(TokioExecutor::new()).build(connector);
        Client::with_http_client(http).with_url("http://engine/").with_database("limen")
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// Ends the process at once, as a crash or the system would.
    pub fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }

    /// Closes the pipe the engine watches and waits for its orderly end.
    pub fn stop(mut self) -> ExitStatus {
        drop(self.stdin.take());
        self.child.wait().expect("ended")
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[derive(Clone)]
struct Connector {
    socket: PathBuf,
}

impl tower::Service<http::Uri> for Connector {
    type Response = Socket;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Socket>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: http::Uri) -> Self::Future {
        let socket = self.socket.clone();
        Box::pin(async move { Ok(Socket(TokioIo::new(UnixStream::connect(socket).await?))) })
    }
}

struct Socket(TokioIo<UnixStream>);

impl Connection for Socket {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}

impl hyper::rt::Read for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: hyper::rt::ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl hyper::rt::Write for Socket {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}
