//! Takes connections and serves them: so many at a time, and none for longer than it does something.

mod paced;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::sleep;
use tower::ServiceExt;

use crate::limits::{
    ACCEPT_AGAIN_AFTER, CONNECTION_BUFFER_BYTES_MAX, CONNECTIONS_MAX, FILES_BESIDE_CONNECTIONS, HEAD_WITHIN,
    HTTP2_CONNECTION_WINDOW_BYTES, HTTP2_HEADERS_BYTES_MAX, HTTP2_STREAM_WINDOW_BYTES, HTTP2_STREAMS_MAX, IDLE_WITHIN,
    WRITE_WITHIN,
};
use crate::telemetry::Level;
use paced::{Activity, Paced};

/// What a port speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    Http1,
    /// Without the handshake of TLS: the client must know. gRPC does.
    Http2,
}

/// How much patience there is with connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// From the first byte of a request to the end of its headers.
    pub head_within: Duration,
    /// Without any byte, between requests and before the first.
    pub idle_within: Duration,
    /// A peer that takes nothing of its answer for so long is given up.
    pub write_within: Duration,
    /// One more waits in the system's queue until one of these ends.
    pub connections_max: usize,
}

impl Pace {
    /// What `limits.rs` says, or less where the system allows fewer open files.
    pub fn usual() -> Self {
        let files = raise_file_limit().unwrap_or(u64::MAX);
        let room = files.saturating_sub(FILES_BESIDE_CONNECTIONS) / 2;
        let connections_max = usize::try_from(room).unwrap_or(usize::MAX).clamp(16, CONNECTIONS_MAX);
        if connections_max < CONNECTIONS_MAX {
            tracing::warn!(connections_max, files, "few files may be open, so few connections are taken (ulimit -n)");
        }
        Self { head_within: HEAD_WITHIN, idle_within: IDLE_WITHIN, write_within: WRITE_WITHIN, connections_max }
    }
}

/// The limit that the system starts programs with is often far below the one that it allows them.
fn raise_file_limit() -> Option<u64> {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    match setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        Ok(()) => maximum,
        Err(_) => current,
    }
}

/// Serves until `stop` turns true and the requests in progress have ended.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    protocol: Protocol,
    pace: Pace,
    open: Level,
    mut stop: watch::Receiver<bool>,
) {
    let places = Arc::new(Semaphore::new(pace.connections_max));
    loop {
        let taken = tokio::select! {
            taken = next(&listener, &places) => taken,
            () = stopped(&mut stop) => break,
        };
        let Some((place, stream, peer)) = taken else { break };
        let (router, stop, one) = (router.clone(), stop.clone(), open.enter());
        tokio::spawn(async move {
            attend(stream, peer, router, protocol, pace, stop).await;
            drop((place, one));
        });
    }
    drop((listener, router));
    let _all = places.acquire_many(u32::try_from(pace.connections_max).unwrap_or(u32::MAX)).await;
}

async fn stopped(stop: &mut watch::Receiver<bool>) {
    // An error means that nobody is left to say so, which is the end as well.
    let _ = stop.wait_for(|stop| *stop).await;
}

type Place = tokio::sync::OwnedSemaphorePermit;

/// The next connection, once there is a place for it.
async fn next(listener: &TcpListener, places: &Arc<Semaphore>) -> Option<(Place, TcpStream, SocketAddr)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return Some((place, stream, peer)),
            // A peer that is gone already, or no file left to open: the next one may fare better.
            Err(error) => {
                tracing::debug!(%error, "a connection could not be taken");
                sleep(ACCEPT_AGAIN_AFTER).await;
            }
        }
    }
}

async fn attend(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    protocol: Protocol,
    pace: Pace,
    stop: watch::Receiver<bool>,
) {
    // Answers are short and written whole: waiting for more to send would only delay them.
    let _ = stream.set_nodelay(true);
    let activity = Activity::new();
    let stream = TokioIo::new(Paced::new(stream, pace, activity.clone(), protocol == Protocol::Http1));
    let watched = activity.clone();
    let service = service_fn(move |request: Request<Incoming>| {
        let (router, underway) = (router.clone(), activity.begin_request());
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        async move {
            let answer = router.oneshot(request).await;
            drop(underway);
            answer
        }
    });
    match protocol {
        Protocol::Http1 => {
            let mut builder = http1::Builder::new();
            builder.max_buf_size(CONNECTION_BUFFER_BYTES_MAX);
            let connection = builder.serve_connection(stream, service);
            see_out(connection, http1::Connection::graceful_shutdown, &watched, pace, stop).await;
        }
        Protocol::Http2 => {
            let mut builder = http2::Builder::new(TokioExecutor::new());
            builder
                .max_concurrent_streams(HTTP2_STREAMS_MAX)
                .max_header_list_size(HTTP2_HEADERS_BYTES_MAX)
                .initial_stream_window_size(HTTP2_STREAM_WINDOW_BYTES)
                .initial_connection_window_size(HTTP2_CONNECTION_WINDOW_BYTES)
                .max_send_buf_size(CONNECTION_BUFFER_BYTES_MAX);
            let connection = builder.serve_connection(stream, service);
            see_out(connection, http2::Connection::graceful_shutdown, &watched, pace, stop).await;
        }
    }
}

/// Until it ends by itself, is idle, or everything stops.
async fn see_out<C: Future<Output = hyper::Result<()>>>(
    connection: C,
    shut_down: fn(Pin<&mut C>),
    watched: &Activity,
    pace: Pace,
    mut stop: watch::Receiver<bool>,
) {
    let mut connection = pin!(connection);
    tokio::select! {
        ended = &mut connection => return note(ended),
        () = stopped(&mut stop) => {}
        () = watched.ceased(pace.idle_within) => {}
    }
    // Ends at once unless requests are being answered, which are the last ones then.
    shut_down(connection.as_mut());
    tokio::select! {
        ended = &mut connection => note(ended),
        // What was left is half a request that nobody goes on with.
        () = watched.ceased(pace.head_within) => {}
    }
}

fn note(ended: hyper::Result<()>) {
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}
