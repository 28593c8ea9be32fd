//! A connection that fails when its peer lets it wait in the headers of a request or in an answer, and notes when it is
//! idle. The time of a request's body is kept where it is read.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

use super::Pace;

/// What a connection has been doing, for those who wait for it. Clones share it.
#[derive(Debug, Clone)]
pub struct Activity(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    begin: Instant,
    /// Milliseconds from `begin` to the last time that something came, went, began or ended.
    last_millis: AtomicU64,
    /// Requests whose headers have come.
    begun: AtomicU64,
    /// Those of them that are not answered yet; with HTTP/2 there may be several.
    underway: AtomicU64,
}

/// A request from the end of its headers to its answer.
pub struct Underway(Activity);

impl Activity {
    pub fn new() -> Self {
        Self(Arc::new(Shared {
            begin: Instant::now(),
            last_millis: AtomicU64::new(0),
            begun: AtomicU64::new(0),
            underway: AtomicU64::new(0),
        }))
    }

    pub fn begin_request(&self) -> Underway {
        self.0.underway.fetch_add(1, Ordering::Relaxed);
        self.0.begun.fetch_add(1, Ordering::Relaxed);
        self.note();
        Underway(self.clone())
    }

    /// Returns when nothing has happened for so long and no request is being answered.
    pub async fn ceased(&self, idle_within: Duration) {
        let mut quiet = Duration::ZERO;
        while quiet < idle_within {
            sleep(idle_within - quiet).await;
            let underway = self.is_underway();
            let last = Duration::from_millis(self.0.last_millis.load(Ordering::Relaxed));
            quiet = if underway { Duration::ZERO } else { self.0.begin.elapsed().saturating_sub(last) };
        }
    }

    fn begun(&self) -> u64 {
        self.0.begun.load(Ordering::Relaxed)
    }

    fn is_underway(&self) -> bool {
        self.0.underway.load(Ordering::Relaxed) > 0
    }

    fn note(&self) {
        let millis = u64::try_from(self.0.begin.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.0.last_millis.store(millis, Ordering::Relaxed);
    }
}

impl Drop for Underway {
    fn drop(&mut self) {
        self.0.0.underway.fetch_sub(1, Ordering::Relaxed);
        self.0.note();
    }
}

pub struct Paced<S> {
    stream: S,
    pace: Pace,
    activity: Activity,
    /// Whether what comes between requests is the head of the next one. With HTTP/2 it may be anything.
    heads: bool,
    /// The count of requests when `head` was set; with another count it means nothing.
    counted: u64,
    /// Set by the first byte of a request.
    head: Deadline,
    /// Set while the peer takes nothing.
    writing: Deadline,
}

/// A moment that may never be set.
#[derive(Default)]
struct Deadline(Option<Pin<Box<Sleep>>>);

impl Deadline {
    fn set(&mut self, within: Duration) {
        self.0 = Some(Box::pin(sleep(within)));
    }

    /// An error when it has passed; otherwise the task is woken when it does.
    fn check(&mut self, context: &mut Context<'_>) -> io::Result<()> {
        if let Some(moment) = &mut self.0
            && moment.as_mut().poll(context).is_ready()
        {
            return Err(io::ErrorKind::TimedOut.into());
        }
        Ok(())
    }
}

impl<S> Paced<S> {
    pub fn new(stream: S, pace: Pace, activity: Activity, heads: bool) -> Self {
        let (head, writing) = (Deadline::default(), Deadline::default());
        Self { stream, pace, activity, heads, counted: 0, head, writing }
    }

    /// An answer that cannot be written must not wait for ever either.
    fn written<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.writing = Deadline::default();
            self.activity.note();
            return written;
        }
        if self.writing.0.is_none() {
            self.writing.set(self.pace.write_within);
        }
        self.writing.check(context)?;
        Poll::Pending
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Paced<S> {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let count = this.activity.begun();
        if count != this.counted {
            (this.counted, this.head) = (count, Deadline::default());
        }
        // Looked at before reading: one byte now and then must not keep it from being seen.
        this.head.check(context)?;
        let before = buffer.filled().len();
        let read = Pin::new(&mut this.stream).poll_read(context, buffer);
        if buffer.filled().len() > before {
            this.activity.note();
            if this.heads && !this.activity.is_underway() && this.head.0.is_none() {
                this.head.set(this.pace.head_within);
                // Asked once so that the task is woken, whatever is read next.
                this.head.check(context)?;
            }
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Paced<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write(context, bytes);
        this.written(context, written)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write_vectored(context, parts);
        this.written(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let ended = ready!(Pin::new(&mut this.stream).poll_shutdown(context));
        Poll::Ready(ended)
    }
}
