//! One request from its first byte to its answer: extract, check, ask the database, answer.

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, StatusCode, header};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use crate::exception::{Exception, code, new_tag};
use crate::form;
use crate::limits::{PIECES_WAITING_MAX, STATEMENT_BYTES_MAX};
use crate::pool::{Lease, Pool};
use crate::reply::{self, Reply};
use crate::request::Ask;
use crate::running::{Interest, Running};
use crate::statement::{FORMAT_DEFAULT, Statement};
use crate::work::{self, Data};

pub async fn answer(pool: Arc<Pool>, version: Arc<str>, request: Request<Incoming>) -> Reply {
    match (request.uri().path(), request.uri().query()) {
        ("/ping", _) | ("/", None | Some("")) if request.method() == http::Method::GET => {
            reply::text(StatusCode::OK, "Ok.\n")
        }
        ("/version", _) => reply::text(StatusCode::OK, &format!("{version}\n")),
        ("/", _) => query(pool, request).await.unwrap_or_else(|exception| reply::exception(&exception)),
        _ => reply::text(StatusCode::NOT_FOUND, "there is nothing here; the paths are /, /ping and /version\n"),
    }
}

async fn query(pool: Arc<Pool>, request: Request<Incoming>) -> Result<Reply, Exception> {
    let mut ask = Ask::from_address(request.method(), request.uri())?;
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let body = request.into_body();
    if !ask.statement.is_empty() {
        let statement = Statement::read(&ask.statement, ask.default_format.as_deref())?;
        if let Statement::Insert { head, format, data } = statement {
            return Ok(insert(pool.lend().await?, ask, Insert { head, format, data, body }).await);
        }
    }
    let text = collect(body).await?;
    match kind.as_deref().and_then(form::boundary) {
        Some(boundary) => ask.add_parts(form::from_parts(&text, boundary)?)?,
        None if ask.statement.is_empty() => ask.statement = text,
        None if text.is_empty() => {}
        None => ask.statement = format!("{}\n{text}", ask.statement),
    }
    let statement = Statement::read(&ask.statement, ask.default_format.as_deref())?;
    let lease = pool.lend().await?;
    Ok(match statement {
        Statement::Read { format, stream } => read(lease, ask, format, stream).await,
        Statement::Other { sticky } => run(lease, ask, sticky).await,
        // The rows stand in the statement itself, which the engine reads as a whole.
        Statement::Insert { .. } => run(lease, ask, false).await,
    })
}

async fn collect(body: Incoming) -> Result<String, Exception> {
    let refused = |message: &str| Exception::new(code::BAD_ARGUMENTS, "BAD_ARGUMENTS", message);
    let collected = Limited::new(body, STATEMENT_BYTES_MAX).collect().await.map_err(|error| {
        refused(&format!("the statement cannot be read ({error}); it may have {STATEMENT_BYTES_MAX} bytes"))
    })?;
    String::from_utf8(collected.to_bytes().into()).map_err(|_| refused("the statement is not UTF-8"))
}

async fn read(lease: Lease, ask: Ask, format: String, stream: bool) -> Reply {
    let (sender, pieces) = mpsc::channel(PIECES_WAITING_MAX);
    let running = Running::new(&lease);
    let interest = Interest::new(Arc::clone(&running));
    spawn_blocking(move || work::read(lease, &ask, &format, stream, &sender, &running));
    reply::rows(pieces, interest, new_tag()).await
}

async fn run(lease: Lease, ask: Ask, sticky: bool) -> Reply {
    let format = ask.default_format.clone().unwrap_or_else(|| FORMAT_DEFAULT.to_owned());
    match spawn_blocking(move || work::run(lease, &ask, &format, sticky)).await {
        Ok(Ok(answer)) => reply::done(answer),
        Ok(Err(exception)) => reply::exception(&exception),
        Err(_) => thread_ended(),
    }
}

/// What an insert consists of besides the request's settings.
struct Insert {
    head: String,
    format: String,
    data: String,
    body: Incoming,
}

async fn insert(lease: Lease, ask: Ask, insert: Insert) -> Reply {
    let Insert { head, format, data, mut body } = insert;
    let (sender, rows) = mpsc::channel(PIECES_WAITING_MAX);
    let written = spawn_blocking(move || work::insert(lease, &ask, &head, &format, rows));
    let passed = pass_on(data, &mut body, sender).await;
    let reply = match written.await {
        Ok(Some(Ok(answer))) => reply::done(answer),
        Ok(Some(Err(exception))) => reply::exception(&exception),
        Ok(None) => reply::text(StatusCode::BAD_REQUEST, "the insert was broken off; nothing was written\n"),
        Err(_) => thread_ended(),
    };
    if passed == Passed::Refused {
        // A client that is still sending reads the answer only if somebody takes what it sends.
        tokio::spawn(async move { while let Some(Ok(_)) = body.frame().await {} });
    }
    reply
}

#[derive(PartialEq, Eq)]
enum Passed {
    Whole,
    BrokenOff,
    /// The database's side has failed and takes no more.
    Refused,
}

/// Passes the rows on, waiting for the database where it is slower. Only a body that ended as it should is ended here.
async fn pass_on(data: String, body: &mut Incoming, rows: mpsc::Sender<Data>) -> Passed {
    if !data.is_empty() && rows.send(Data::Rows(Bytes::from(data))).await.is_err() {
        return Passed::Refused;
    }
    loop {
        let frame = tokio::select! {
            frame = body.frame() => frame,
            () = rows.closed() => return Passed::Refused,
        };
        let taken = match frame {
            Some(Ok(frame)) => match frame.into_data() {
                Ok(bytes) => rows.send(Data::Rows(bytes)).await,
                Err(_trailers) => continue,
            },
            Some(Err(_)) => return Passed::BrokenOff,
            None => {
                let ended = rows.send(Data::End).await;
                return if ended.is_ok() { Passed::Whole } else { Passed::Refused };
            }
        };
        if taken.is_err() {
            return Passed::Refused;
        }
    }
}

fn thread_ended() -> Reply {
    reply::text(StatusCode::INTERNAL_SERVER_ERROR, "the engine's thread ended without an answer\n")
}
