//! The spans of a session: its requests as the browser saw them, and as the services did that answered them.

use limen_model::Signal;
use limen_model::attributes as names;

use crate::random::Random;
use crate::session::{Session, View};
use crate::wire::{Decimal, Hex, SpanHead, Wire};
use crate::world::World;

const SERVER: u64 = 2;
const CLIENT: u64 = 3;
const MILLI: f64 = 1e6;

/// One for the document, where there is one, and two for each request: of the browser and of the service.
pub(crate) fn count(view: &View) -> u64 {
    u64::from(view.loaded) + 2 * view.requests
}

pub(crate) fn write(session: &Session, world: &World, start_unix_nano: u64, wire: &mut impl Wire) -> u64 {
    wire.begin(Signal::Traces);
    let mut written = 0;
    wire.open_resource();
    crate::records::browser(session, wire);
    wire.open_records("limen");
    for view in &session.views {
        for request in requests(session, world, view, start_unix_nano) {
            request.write_client(session, view, wire);
            written += 1;
        }
    }
    wire.close_resource();
    wire.open_resource();
    wire.text(names::SERVICE_NAME, "shop-api");
    wire.text(names::SERVICE_VERSION, "2026.11");
    wire.text(names::DEPLOYMENT_ENVIRONMENT, "production");
    wire.text(names::TELEMETRY_SDK_LANGUAGE, "go");
    wire.open_records("net/http");
    for view in &session.views {
        if view.loaded {
            write_document(session, world, view, start_unix_nano, wire);
            written += 1;
        }
        for request in requests(session, world, view, start_unix_nano) {
            request.write_server(session, wire);
            written += 1;
        }
    }
    wire.close_resource();
    written
}

/// A request by script, drawn from the view alone: the browser's side and the service's are written apart.
struct Request {
    trace: u128,
    client: u64,
    server: u64,
    start: u64,
    millis: f64,
}

fn requests(session: &Session, world: &World, view: &View, start_unix_nano: u64) -> impl Iterator<Item = Request> {
    let mut random = Random::new(view.id, 1);
    let slowness = session.slowness() * world.routes[view.route].slowness;
    let start = start_unix_nano + view.start_nano;
    let (trace, latest) = (view.trace, view.duration_nano / 2);
    (0..view.requests).map(move |_| Request {
        trace,
        client: random.next() | 1,
        server: random.next() | 1,
        start: start + random.between(0, latest),
        millis: random.log_normal(90.0 * slowness, 0.7),
    })
}

impl Request {
    fn write_client(&self, session: &Session, view: &View, wire: &mut impl Wire) {
        let head = SpanHead {
            trace: self.trace,
            id: self.client,
            parent: None,
            name: "GET",
            kind: CLIENT,
            start_unix_nano: self.start,
            end_unix_nano: self.start + (self.millis * MILLI) as u64,
            failed: false,
        };
        wire.open_span(&head);
        wire.text(names::SESSION_ID, Hex::<32>::new(session.id).as_str());
        wire.text(names::VIEW_ID, Hex::<16>::new(view.id.into()).as_str());
        wire.text(names::DOCUMENT_URL, &view.url);
        if let Some(probability) = session.probability {
            wire.number(names::SAMPLING_PROBABILITY, Decimal::fine(probability));
        }
        wire.text(names::HTTP_METHOD, "GET");
        wire.text(names::URL_FULL, "https://shop.example/api/offers");
        wire.integer(names::HTTP_STATUS, 200);
        wire.number(names::REQUEST_WAIT, Decimal::millis(0.8 * self.millis));
        wire.close_span(&head);
    }

    fn write_server(&self, session: &Session, wire: &mut impl Wire) {
        let head = SpanHead {
            trace: self.trace,
            id: self.server,
            parent: Some(self.client),
            name: "GET /api/offers",
            kind: SERVER,
            start_unix_nano: self.start + (0.2 * self.millis * MILLI) as u64,
            end_unix_nano: self.start + (0.8 * self.millis * MILLI) as u64,
            failed: false,
        };
        write_server(session, &head, "/api/offers", wire);
    }
}

fn write_document(session: &Session, world: &World, view: &View, start_unix_nano: u64, wire: &mut impl Wire) {
    let route = &world.routes[view.route];
    let start = start_unix_nano + view.start_nano;
    let head = SpanHead {
        trace: view.trace,
        id: view.server_span,
        parent: None,
        name: "GET document",
        kind: SERVER,
        start_unix_nano: start + 20_000_000,
        end_unix_nano: start + 20_000_000 + (80.0 * route.slowness * MILLI) as u64,
        failed: false,
    };
    write_server(session, &head, &route.path, wire);
}

fn write_server(session: &Session, head: &SpanHead<'_>, route: &str, wire: &mut impl Wire) {
    wire.open_span(head);
    wire.text(names::HTTP_METHOD, "GET");
    wire.text(names::HTTP_ROUTE, route);
    wire.integer(names::HTTP_STATUS, 200);
    if let Some(probability) = session.probability {
        wire.number(names::SAMPLING_PROBABILITY, Decimal::fine(probability));
    }
    wire.close_span(head);
}
