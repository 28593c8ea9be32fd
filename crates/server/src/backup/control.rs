//! The private socket in the data folder, over which `limen backup` asks the running server. Whoever may read the data
//! folder may use it; no page of a browser can.

use std::fs::{self, DirBuilder};
use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::{Request, header};
use hyper_util::rt::TokioIo;
use serde::{Deserialize, Serialize};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::{Backups, Taken};
use crate::error::BackupError;

#[derive(Debug, Serialize, Deserialize)]
struct Wish {
    /// An absolute path: the two processes may have different working directories.
    to: PathBuf,
}

#[derive(Clone)]
struct Control {
    backups: Backups,
    stop: watch::Receiver<bool>,
}

fn socket(data: &Path) -> PathBuf {
    data.join("run").join("control.sock")
}

/// Serves until `stop` turns true; a backup that is being taken ends with it. A server without this socket is a server all
/// the same.
pub fn start(data: &Path, backups: Backups, stop: watch::Receiver<bool>) -> Option<JoinHandle<()>> {
    let listener = match listen(&socket(data)) {
        Ok(listener) => listener,
        Err(error) => {
            tracing::warn!(%error, "no backup can be asked for: the control socket cannot be made");
            return None;
        }
    };
    let mut ending = stop.clone();
    let router = Router::new().route("/backup", post(back_up)).with_state(Control { backups, stop });
    Some(tokio::spawn(async move {
        let ended = async move {
            let _ = ending.wait_for(|stop| *stop).await;
        };
        // It only ends when it is told to.
        let _ = axum::serve(listener, router).with_graceful_shutdown(ended).await;
    }))
}

fn listen(socket: &Path) -> std::io::Result<UnixListener> {
    if let Some(folder) = socket.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    // One of a server that was killed; the engine's lock says that none runs here now.
    match fs::remove_file(socket) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    UnixListener::bind(socket)
}

async fn back_up(State(mut control): State<Control>, Json(wish): Json<Wish>) -> Response {
    let taken = tokio::select! {
        taken = control.backups.take(&wish.to) => taken,
        _ = control.stop.wait_for(|stop| *stop) => Err(BackupError::Stopping),
    };
    match taken {
        Ok(taken) => {
            tracing::info!(to = %wish.to.display(), files = taken.files, bytes = taken.bytes, "a backup was taken");
            Json(taken).into_response()
        }
        Err(error) => {
            tracing::warn!(%error, to = %wish.to.display(), "a backup was not taken");
            (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response()
        }
    }
}

/// Asks the server that runs on `data`, and waits until the backup is whole.
pub async fn ask(data: &Path, to: &Path) -> Result<Taken, BackupError> {
    let stream = UnixStream::connect(socket(data))
        .await
        .map_err(|reason| BackupError::NoServer { data: data.to_owned(), reason })?;
    let lost = |error: hyper::Error| BackupError::Lost(error.to_string());
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(lost)?;
    tokio::spawn(connection);
    // Two texts and a path: none of it can fail to be JSON or a request.
    let body = serde_json::to_vec(&Wish { to: to.to_owned() }).map_err(|error| BackupError::Lost(error.to_string()))?;
    let request = Request::post("/backup")
        .header(header::HOST, "limen")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Full::<Bytes>::from(body))
        .map_err(|error| BackupError::Lost(error.to_string()))?;
    let response = sender.send_request(request).await.map_err(lost)?;
    let status = response.status();
    let body = response.into_body().collect().await.map_err(lost)?.to_bytes();
    if !status.is_success() {
        return Err(BackupError::Refused(String::from_utf8_lossy(&body).into_owned()));
    }
    serde_json::from_slice(&body).map_err(|error| BackupError::Lost(error.to_string()))
}
