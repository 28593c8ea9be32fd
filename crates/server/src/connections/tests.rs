//! Slow clients over raw sockets: each is let go after its time, and the others are served.

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::routing::get;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::*;

/// The longest a test waits for something that must come.
const PATIENCE: Duration = Duration::from_secs(30);
/// Longer than any test.
const LONG: Duration = Duration::from_secs(3600);
const SHORT: Duration = Duration::from_millis(200);

const PATIENT: Pace = Pace { head_within: LONG, idle_within: LONG, write_within: LONG, connections_max: 64 };

struct Served {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
}

async fn start(router: Router, pace: Pace) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("bound");
    let (stop, stopped) = watch::channel(false);
    Served {
        address,
        stop,
        serving: tokio::spawn(serve(listener, router, Protocol::Http1, pace, Level::default(), stopped)),
    }
}

fn hello() -> Router {
    Router::new().route("/", get(|| async { "hello" }))
}

impl Served {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("connected")
    }

    /// Sends a whole request on a connection of its own and reads the answer to its end.
    async fn ask(&self) -> String {
        let mut stream = self.connect().await;
        stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await.expect("sent");
        let mut answer = String::new();
        timeout(PATIENCE, stream.read_to_string(&mut answer)).await.expect("in time").expect("text");
        answer
    }
}

/// Reads one answer of `hello` and leaves the connection open.
async fn read_hello(stream: &mut TcpStream) {
    let mut seen = Vec::new();
    while !seen.ends_with(b"hello") {
        let read = timeout(PATIENCE, stream.read_buf(&mut seen)).await.expect("in time").expect("open");
        assert!(read > 0, "closed after {:?}", String::from_utf8_lossy(&seen));
    }
}

/// Waits until the other side has closed, gently or not.
async fn closed(stream: &mut TcpStream) {
    let mut rest = Vec::new();
    let _ = timeout(PATIENCE, stream.read_to_end(&mut rest)).await.expect("it is closed");
}

#[tokio::test]
async fn headers_that_never_end_are_given_up() {
    let served = start(hello(), Pace { head_within: SHORT, ..PATIENT }).await;
    let mut stream = served.connect().await;
    stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n").await.expect("sent");
    closed(&mut stream).await;
}

#[tokio::test]
async fn headers_that_come_byte_by_byte_are_given_up() {
    let served = start(hello(), Pace { head_within: SHORT, ..PATIENT }).await;
    let (mut from, mut to) = served.connect().await.into_split();
    let trickle = tokio::spawn(async move {
        let _ = to.write_all(b"GET / HTTP/1.1\r\nX: ").await;
        // Never quiet for as long as the time that is allowed.
        while to.write_all(b"x").await.is_ok() {
            sleep(SHORT / 20).await;
        }
    });
    let mut rest = Vec::new();
    let _ = timeout(PATIENCE, from.read_to_end(&mut rest)).await.expect("it is closed");
    trickle.await.expect("its writing failed");
}

#[tokio::test]
async fn headers_in_pieces_are_read_and_a_connection_is_used_again() {
    let served = start(hello(), PATIENT).await;
    let mut stream = served.connect().await;
    for _ in 0..3 {
        for piece in ["GET / HT", "TP/1.1\r\nHo", "st: a\r\n\r", "\n"] {
            stream.write_all(piece.as_bytes()).await.expect("sent");
            tokio::task::yield_now().await;
        }
        read_hello(&mut stream).await;
    }
}

#[tokio::test]
async fn a_connection_that_is_idle_is_closed_before_and_after_a_request() {
    let served = start(hello(), Pace { idle_within: SHORT, ..PATIENT }).await;
    let mut never_used = served.connect().await;
    let mut used = served.connect().await;
    used.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.expect("sent");
    read_hello(&mut used).await;
    closed(&mut used).await;
    closed(&mut never_used).await;
}

#[tokio::test]
async fn an_answer_that_takes_longer_than_any_other_time_is_waited_for() {
    let slow = Router::new().route(
        "/",
        get(|| async {
            sleep(SHORT * 3).await;
            "hello"
        }),
    );
    let pace = Pace { head_within: SHORT, idle_within: SHORT, write_within: SHORT, connections_max: 1 };
    assert!(start(slow, pace).await.ask().await.ends_with("hello"));
}

#[tokio::test]
async fn as_many_clients_that_never_finish_as_there_are_places_keep_nobody_out_for_long() {
    let pace = Pace { head_within: SHORT, idle_within: SHORT, connections_max: 4, ..PATIENT };
    let served = start(hello(), pace).await;
    let mut slow = Vec::new();
    for beginning in ["", "G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: a\r\nX: "] {
        let mut stream = served.connect().await;
        stream.write_all(beginning.as_bytes()).await.expect("sent");
        slow.push(stream);
    }
    assert!(served.ask().await.ends_with("hello"));
}

#[tokio::test]
async fn who_does_not_read_its_answer_loses_its_place() {
    let big = Router::new().route("/big", get(|| async { vec![b'x'; 64 << 20] })).merge(hello());
    let served = start(big, Pace { write_within: SHORT, connections_max: 1, ..PATIENT }).await;
    let mut deaf = served.connect().await;
    deaf.write_all(b"GET /big HTTP/1.1\r\nHost: a\r\n\r\n").await.expect("sent");
    assert!(served.ask().await.ends_with("hello"));
    drop(deaf);
}

#[tokio::test]
async fn no_more_connections_than_places_are_attended_at_a_time() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let counted = {
        let (now, most) = (Arc::clone(&now), Arc::clone(&most));
        move || {
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            async move {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                sleep(Duration::from_millis(5)).await;
                now.fetch_sub(1, Ordering::SeqCst);
                "hello"
            }
        }
    };
    let served = start(Router::new().route("/", get(counted)), Pace { connections_max: 3, ..PATIENT }).await;
    let answers = futures_util::future::join_all((0..30).map(|_| served.ask())).await;
    assert!(answers.iter().all(|answer| answer.ends_with("hello")));
    assert_eq!(most.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn the_end_closes_idle_connections_and_waits_for_requests() {
    let (begun, mut begins) = watch::channel(false);
    let begun = Arc::new(begun);
    let slow = Router::new().route(
        "/",
        get(move || {
            let begun = Arc::clone(&begun);
            async move {
                begun.send_replace(true);
                sleep(SHORT).await;
                "hello"
            }
        }),
    );
    let served = start(slow, PATIENT).await;
    let mut idle = served.connect().await;
    let mut busy = served.connect().await;
    busy.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.expect("sent");
    begins.wait_for(|begun| *begun).await.expect("the handler runs");
    served.stop.send_replace(true);
    read_hello(&mut busy).await;
    closed(&mut idle).await;
    timeout(PATIENCE, served.serving).await.expect("in time").expect("no panic");
}
