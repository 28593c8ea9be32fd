//! Takes connections on the socket until it is time to stop, and ends them in order.

use std::convert::Infallible;
use std::sync::Arc;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::answer::answer;
use crate::limits::{STOP_CONNECTIONS_WITHIN, STOP_REQUESTS_WITHIN};
use crate::pool::Pool;
use crate::stop::Stop;

pub async fn serve(listener: UnixListener, pool: Arc<Pool>, version: Arc<str>, mut stop: Stop) {
    let (stopping, told) = watch::channel(false);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, Arc::clone(&pool), Arc::clone(&version), told.clone()));
                }
                // Out of file handles, most likely: the next connection that ends makes room.
                Err(error) => {
                    eprintln!("a connection could not be taken: {error}");
                    connections.join_next().await;
                }
            },
            Some(_) = connections.join_next() => {}
            () = stop.wait() => break,
        }
    }
    drop(listener);
    stopping.send_replace(true);
    let all_ended = async { while connections.join_next().await.is_some() {} };
    if timeout(STOP_REQUESTS_WITHIN, all_ended).await.is_err() {
        // Dropping what waits for an answer ends its statement.
        connections.shutdown().await;
    }
    // A statement that cannot be ended holds its connection; what it wrote is safe, so the process may go without it.
    let _ = timeout(STOP_CONNECTIONS_WITHIN, pool.close()).await;
}

/// Serves one connection to its end; told to stop, it answers the request it has and closes.
async fn connection(stream: UnixStream, pool: Arc<Pool>, version: Arc<str>, mut told: watch::Receiver<bool>) {
    let service = service_fn(move |request| {
        let (pool, version) = (Arc::clone(&pool), Arc::clone(&version));
        async move { Ok::<_, Infallible>(answer(pool, version, request).await) }
    });
    let serving = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    let mut serving = std::pin::pin!(serving);
    tokio::select! {
        // How a connection ends is the client's business: it may go at any time.
        _ = serving.as_mut() => return,
        _ = told.wait_for(|stop| *stop) => serving.as_mut().graceful_shutdown(),
    }
    let _ = serving.await;
}
