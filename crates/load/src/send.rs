//! The senders: each takes a session, sends it request by request, and waits for every answer.

mod answer;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::{Method, Request as HttpRequest, Uri, header};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use crate::limits::{ANSWER_BYTES_MAX, ANSWER_WITHIN, RETRY_WAIT_MAX, RETRY_WAIT_MIN};
use crate::options::{LoadOptions, Request, WireFormat};
use crate::packing::Packer;
use crate::report::Report;
use crate::session::Session;
use crate::source::Source;
use crate::wire::{Json, Protobuf, Wire};
use answer::Answer;

/// Sends until the time is over or the number is reached, and returns once every request has its end.
pub async fn run(options: LoadOptions) -> Report {
    let begin = Instant::now();
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    let client = Client::builder(TokioExecutor::new()).pool_max_idle_per_host(options.connections).build(connector);
    let source = Source::new(&options, begin);
    let seed = options.seed;
    let shared = Arc::new(Shared { client, source, begin, begun: AtomicU64::new(0), options });
    let mut senders = JoinSet::new();
    for _ in 0..shared.options.connections {
        match shared.options.format {
            WireFormat::Json => senders.spawn(Sender::<Json>::new(&shared).run()),
            WireFormat::Protobuf => senders.spawn(Sender::<Protobuf>::new(&shared).run()),
        };
    }
    let mut report = Report::of_seed(seed);
    while let Some(done) = senders.join_next().await {
        match done {
            Ok(done) => report.add(&done),
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        }
    }
    report.took = begin.elapsed();
    report
}

/// What all senders use.
struct Shared {
    client: Client<HttpConnector, Full<Bytes>>,
    source: Source,
    begin: Instant,
    /// Events of the requests that have begun, for the rate.
    begun: AtomicU64,
    options: LoadOptions,
}

impl Shared {
    /// Waits until these events are due.
    async fn pace(&self, events: u64) {
        let before = self.begun.fetch_add(events, Ordering::Relaxed);
        if let Some(rate) = self.options.rate {
            sleep_until(self.begin + Duration::from_secs_f64(before as f64 / rate as f64)).await;
        }
    }
}

struct Sender<W> {
    shared: Arc<Shared>,
    wire: W,
    packer: Packer,
    report: Report,
}

impl<W: Wire + Default> Sender<W> {
    fn new(shared: &Arc<Shared>) -> Self {
        Self {
            shared: Arc::clone(shared),
            wire: W::default(),
            packer: Packer::new(shared.options.packing),
            report: Report::default(),
        }
    }

    async fn run(mut self) -> Report {
        let shared = Arc::clone(&self.shared);
        while let Some((session, start)) = shared.source.next() {
            self.report.count_session(session.counts());
            let views = session.flushes();
            let each = if shared.options.request == Request::Session { views } else { 1 };
            for first in (0..views).step_by(each) {
                let events = session.write_logs(&shared.source.world, first..first + each, start, &mut self.wire);
                self.send(&session, &shared.options.logs, events).await;
            }
            let events = session.write_spans(&shared.source.world, start, &mut self.wire);
            if events > 0 {
                self.send(&session, &shared.options.traces, events).await;
            }
        }
        self.report
    }

    /// Sends what was written until it is taken, refused for good, or the patience is at its end.
    async fn send(&mut self, session: &Session, to: &Uri, events: u64) {
        let shared = Arc::clone(&self.shared);
        shared.pace(events).await;
        let body = self.wire.finish();
        self.report.open_bytes += body.len() as u64;
        let body = self.packer.pack(body);
        self.report.sent_bytes += body.len() as u64;
        self.report.requests += 1;
        let give_up = Instant::now() + shared.options.patience;
        let mut wait = RETRY_WAIT_MIN;
        loop {
            let begin = Instant::now();
            let answer = self.ask(session, to, body.clone()).await;
            self.report.count_answer(answer.status, begin.elapsed());
            if answer.is_taken() {
                let rejected = answer.rejected.min(events);
                self.report.accepted += events - rejected;
                self.report.rejected += rejected;
                return;
            }
            let pause = answer.retry_after.unwrap_or(wait);
            if !answer.may_come_again() || Instant::now() + pause > give_up {
                self.report.lost += events;
                return;
            }
            sleep(pause).await;
            wait = (wait * 2).min(RETRY_WAIT_MAX);
            self.report.retries += 1;
        }
    }

    async fn ask(&self, session: &Session, to: &Uri, body: Bytes) -> Answer {
        let mut request = HttpRequest::builder()
            .method(Method::POST)
            .uri(to)
            .header(header::CONTENT_TYPE, W::CONTENT_TYPE)
            .header(header::USER_AGENT, session.device.user_agent);
        let [a, b, c, d] = session.address;
        request = request.header("x-forwarded-for", format!("{a}.{b}.{c}.{d}"));
        if !self.shared.options.key.is_empty() {
            request = request.header("limen-key", &self.shared.options.key);
        }
        if let Some(encoding) = self.packer.encoding() {
            request = request.header(header::CONTENT_ENCODING, encoding);
        }
        let Ok(request) = request.body(Full::new(body)) else { return Answer::none() };
        let asked = async {
            let (parts, body) = self.shared.client.request(request).await.ok()?.into_parts();
            let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await.ok()?.to_bytes();
            Some(Answer::read(parts.status.as_u16(), &parts.headers, &body))
        };
        timeout(ANSWER_WITHIN, asked).await.ok().flatten().unwrap_or_else(Answer::none)
    }
}
