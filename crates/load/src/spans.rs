//! The spans of a session: its requests as the browser saw them, and as the services did that answered them.

use limen_model::Signal;
use limen_model::attributes as names;

use crate::random::Random;
use crate::records::{Phases, Speed, speed};
use crate::session::{Session, View};
use crate::truths::{ORDERS, RECOMMENDATIONS};
use crate::wire::{Decimal, Hex, SpanHead, Wire};
use crate::world::World;

const SERVER: u64 = 2;
const CLIENT: u64 = 3;
const MILLI: f64 = 1e6;

/// Two for the document, where there is one, and for each request: of the browser and of the service.
pub(crate) fn count(view: &View) -> u64 {
    2 * u64::from(view.loaded) + 2 * view.requests + view.told.spans()
}

pub(crate) fn write(session: &Session, world: &World, start_unix_nano: u64, wire: &mut impl Wire) -> u64 {
    wire.begin(Signal::Traces);
    let mut written = 0;
    wire.open_resource();
    crate::records::browser(session, wire);
    wire.open_records("limen");
    for (at, view) in session.views.iter().enumerate() {
        if view.loaded {
            Document::new(session, world, at, start_unix_nano).write_client(session, wire);
            written += 1;
        }
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
    for (at, view) in session.views.iter().enumerate() {
        if view.loaded {
            Document::new(session, world, at, start_unix_nano).write_server(
                session,
                &world.routes[view.route].path,
                wire,
            );
            written += 1;
        }
        for request in requests(session, world, view, start_unix_nano) {
            written += request.write_server(session, wire);
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
    call: Call,
}

/// What is asked for.
#[derive(Clone, Copy)]
struct Call {
    method: &'static str,
    url: &'static str,
    /// The service's span and its route; nothing where the service reports none.
    served: Option<(&'static str, &'static str)>,
    status: u64,
}

const OFFERS: Call = Call {
    method: "GET",
    url: "https://shop.example/api/offers",
    served: Some(("GET /api/offers", "/api/offers")),
    status: 200,
};

fn calls(view: &View) -> impl Iterator<Item = Call> {
    let order = view.told.order.map(|taken| Call {
        method: "POST",
        url: ORDERS,
        served: Some(("POST /api/orders", "/api/orders")),
        status: if taken { 201 } else { 500 },
    });
    let recommendations = Call { method: "GET", url: RECOMMENDATIONS, served: None, status: 200 };
    let offers = std::iter::repeat_n(OFFERS, view.requests as usize);
    offers.chain(order).chain(view.told.recommendations.then_some(recommendations))
}

fn requests(session: &Session, world: &World, view: &View, start_unix_nano: u64) -> impl Iterator<Item = Request> {
    let mut random = Random::new(view.id, 1);
    let slowness = session.slowness() * world.routes[view.route].slowness;
    let start = start_unix_nano + view.start_nano;
    let (trace, latest) = (view.trace, view.duration_nano / 2);
    calls(view).map(move |call| Request {
        trace,
        client: random.next() | 1,
        server: random.next() | 1,
        start: start + random.between(0, latest),
        millis: random.log_normal(90.0 * slowness, 0.7),
        call,
    })
}

impl Request {
    fn write_client(&self, session: &Session, view: &View, wire: &mut impl Wire) {
        let head = SpanHead {
            trace: self.trace,
            id: self.client,
            parent: None,
            name: self.call.method,
            kind: CLIENT,
            start_unix_nano: self.start,
            end_unix_nano: self.start + (self.millis * MILLI) as u64,
            failed: self.call.status >= 500,
        };
        wire.open_span(&head);
        belongs(session, view, wire);
        wire.text(names::HTTP_METHOD, self.call.method);
        wire.text(names::URL_FULL, self.call.url);
        wire.integer(names::HTTP_STATUS, self.call.status);
        wire.number(names::REQUEST_WAIT, Decimal::millis(0.8 * self.millis));
        wire.close_span(&head);
    }

    /// Returns how many.
    fn write_server(&self, session: &Session, wire: &mut impl Wire) -> u64 {
        let Some((name, route)) = self.call.served else { return 0 };
        let head = SpanHead {
            trace: self.trace,
            id: self.server,
            parent: Some(self.client),
            name,
            kind: SERVER,
            start_unix_nano: self.start + (0.2 * self.millis * MILLI) as u64,
            end_unix_nano: self.start + (0.8 * self.millis * MILLI) as u64,
            failed: self.call.status >= 500,
        };
        write_server(session, &head, (self.call.method, route, self.call.status), wire);
        1
    }
}

/// The load of a document: what the browser measured of it and what its service says.
struct Document<'a> {
    view: &'a View,
    speed: Speed,
    start: u64,
}

impl<'a> Document<'a> {
    fn new(session: &'a Session, world: &World, at: usize, start_unix_nano: u64) -> Self {
        let view = &session.views[at];
        Self { view, speed: speed(session, world, at), start: start_unix_nano + view.start_nano }
    }

    fn at(&self, millis: f64) -> u64 {
        self.start + (millis * MILLI) as u64
    }

    fn write_client(&self, session: &Session, wire: &mut impl Wire) {
        let Phases { dns, tcp, tls, wait, response } = self.speed.phases();
        let head = SpanHead {
            trace: self.view.trace,
            id: self.view.server_span ^ 2,
            parent: None,
            name: "documentFetch",
            kind: CLIENT,
            start_unix_nano: self.start,
            end_unix_nano: self.at(self.speed.ttfb + response),
            failed: false,
        };
        wire.open_span(&head);
        belongs(session, self.view, wire);
        wire.text(names::HTTP_METHOD, "GET");
        wire.text(names::URL_FULL, &self.view.url);
        wire.integer(names::HTTP_STATUS, 200);
        wire.text(names::SERVER_SPAN_ID, Hex::<16>::new(self.view.server_span.into()).as_str());
        for (name, millis) in [
            (names::REQUEST_DNS, dns),
            (names::REQUEST_TCP, tcp),
            (names::REQUEST_TLS, tls),
            (names::REQUEST_WAIT, wait),
            (names::REQUEST_RESPONSE, response),
        ] {
            wire.number(name, Decimal::millis(millis));
        }
        wire.close_span(&head);
    }

    /// The answer takes a while to get there, and what was asked for too.
    fn write_server(&self, session: &Session, route: &str, wire: &mut impl Wire) {
        let way = 0.1 * (self.speed.ttfb - self.speed.waited);
        let head = SpanHead {
            trace: self.view.trace,
            id: self.view.server_span,
            parent: None,
            name: "GET document",
            kind: SERVER,
            start_unix_nano: self.at(self.speed.ttfb - self.speed.phases().wait + way),
            end_unix_nano: self.at(self.speed.ttfb - way),
            failed: false,
        };
        write_server(session, &head, ("GET", route, 200), wire);
    }
}

/// Which view of which session a span of the browser is of.
fn belongs(session: &Session, view: &View, wire: &mut impl Wire) {
    wire.text(names::SESSION_ID, Hex::<32>::new(session.id).as_str());
    wire.text(names::VIEW_ID, Hex::<16>::new(view.id.into()).as_str());
    wire.text(names::DOCUMENT_URL, &view.url);
    if let Some(probability) = session.probability {
        wire.number(names::SAMPLING_PROBABILITY, Decimal::fine(probability));
    }
}

fn write_server(
    session: &Session,
    head: &SpanHead<'_>,
    (method, route, status): (&str, &str, u64),
    wire: &mut impl Wire,
) {
    wire.open_span(head);
    wire.text(names::HTTP_METHOD, method);
    wire.text(names::HTTP_ROUTE, route);
    wire.integer(names::HTTP_STATUS, status);
    if let Some(probability) = session.probability {
        wire.number(names::SAMPLING_PROBABILITY, Decimal::fine(probability));
    }
    wire.close_span(head);
}
