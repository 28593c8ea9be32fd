//! Answers as ClickHouse's HTTP interface gives them: rows that may still break off, errors, and the summary of an insert.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode, header};
use hyper::body::{Body, Frame, SizeHint};
use tokio::sync::{mpsc, oneshot};

use crate::exception::Exception;
use crate::ffi::Answer;
use crate::running::Interest;
use crate::work::Piece;

const EXCEPTION_CODE: HeaderName = HeaderName::from_static("x-clickhouse-exception-code");
const EXCEPTION_TAG: HeaderName = HeaderName::from_static("x-clickhouse-exception-tag");
const SUMMARY: HeaderName = HeaderName::from_static("x-clickhouse-summary");

pub type Reply = Response<ReplyBody>;

/// The body of an answer.
pub enum ReplyBody {
    Whole(Option<Bytes>),
    Rows(Box<Rows>),
}

/// Rows that come from the database's thread.
pub struct Rows {
    first: Option<Bytes>,
    pieces: mpsc::Receiver<Piece>,
    tag: String,
    broken: Option<oneshot::Receiver<()>>,
    ended: bool,
    /// Dropped with the body, that is also when the client goes away.
    _interest: Interest,
}

/// The stream of rows broke off; the connection is closed, so that no client takes them for all.
#[derive(Debug, thiserror::Error)]
#[error("the answer is incomplete")]
pub struct Incomplete;

pub fn text(status: StatusCode, text: &str) -> Reply {
    let mut reply = Response::new(ReplyBody::Whole(Some(Bytes::from(text.to_owned()))));
    *reply.status_mut() = status;
    reply.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=UTF-8"));
    reply
}

pub fn exception(exception: &Exception) -> Reply {
    let mut reply = text(exception.status(), &format!("{}\n", exception.text));
    reply.headers_mut().insert(EXCEPTION_CODE, HeaderValue::from(exception.code));
    reply
}

/// The end of an insert or of a statement that changed something.
pub fn done(answer: Answer) -> Reply {
    let summary = format!(r#"{{"written_rows":"{}","written_bytes":"{}"}}"#, answer.rows_written, answer.bytes_written);
    let mut reply = Response::new(ReplyBody::Whole(Some(Bytes::from(answer.bytes))));
    if let Ok(summary) = HeaderValue::from_str(&summary) {
        reply.headers_mut().insert(SUMMARY, summary);
    }
    reply
}

/// Waits for the first piece, because an error can only be the answer's status before anything is sent.
pub async fn rows(mut pieces: mpsc::Receiver<Piece>, interest: Interest, tag: String) -> Reply {
    let (first, ended) = match pieces.recv().await {
        Some(Piece::Rows(rows)) => (Some(rows), false),
        Some(Piece::End) => (None, true),
        Some(Piece::Failed(failure)) => return exception(&failure),
        None => return text(StatusCode::INTERNAL_SERVER_ERROR, "the engine's thread ended without an answer\n"),
    };
    let value = HeaderValue::from_str(&tag);
    let rows = Rows { first, pieces, tag, broken: None, ended, _interest: interest };
    let mut reply = Response::new(ReplyBody::Rows(Box::new(rows)));
    if let Ok(value) = value {
        reply.headers_mut().insert(EXCEPTION_TAG, value);
    }
    reply
}

impl Body for ReplyBody {
    type Data = Bytes;
    type Error = Incomplete;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Incomplete>>> {
        match self.get_mut() {
            ReplyBody::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            ReplyBody::Rows(rows) => rows.poll(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            ReplyBody::Whole(bytes) => bytes.as_ref().is_none_or(Bytes::is_empty),
            ReplyBody::Rows(rows) => rows.ended && rows.first.is_none(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            ReplyBody::Whole(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
            ReplyBody::Rows(_) => SizeHint::default(),
        }
    }
}

impl Rows {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Incomplete>>> {
        if let Some(rows) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(rows))));
        }
        if let Some(sent) = &mut self.broken {
            return Pin::new(sent).poll(context).map(|_| Some(Err(Incomplete)));
        }
        if self.ended {
            return Poll::Ready(None);
        }
        match self.pieces.poll_recv(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Some(Piece::Rows(rows))) => Poll::Ready(Some(Ok(Frame::data(rows)))),
            Poll::Ready(Some(Piece::End)) => {
                self.ended = true;
                Poll::Ready(None)
            }
            Poll::Ready(Some(Piece::Failed(exception))) => {
                Poll::Ready(Some(Ok(Frame::data(self.break_off(&exception)))))
            }
            Poll::Ready(None) => Poll::Ready(Some(Err(Incomplete))),
        }
    }

    /// The error as the last thing sent. The connection may only be closed after it has left, and the one sign of that
    /// is that its bytes are let go.
    fn break_off(&mut self, exception: &Exception) -> Bytes {
        let (sender, sent) = oneshot::channel();
        self.broken = Some(sent);
        Bytes::from_owner(LastWords { block: exception.block(&self.tag), _sender: sender })
    }
}

/// Dropping it, and with it the sender, says that it was written.
struct LastWords {
    block: Vec<u8>,
    _sender: oneshot::Sender<()>,
}

impl AsRef<[u8]> for LastWords {
    fn as_ref(&self) -> &[u8] {
        &self.block
    }
}
