//! The log records of a view, in the shape and about the number that the agent sends them.

use limen_model::Signal;
use limen_model::attributes as names;

use crate::random::Random;
use crate::session::{Session, View};
use crate::truths::{FAILURE, SHIFT_TARGET, WIDGET, WIDGET_MILLIS};
use crate::wire::{Decimal, Hex, LogHead, Wire};
use crate::world::{World, lcp_median, lcp_sigma};

const MILLI: u64 = 1_000_000;
const INFO: u64 = 9;
const ERROR: u64 = 17;
/// Most clicks are answered at once; some are not.
const INP_MEDIAN: f64 = 70.0;
const INP_SIGMA: f64 = 0.8;
const CLS_MEDIAN: f64 = 0.03;
const CLS_SIGMA: f64 = 1.2;
const CLS_MAX: f64 = 3.0;

const BUTTONS: [(&str, &str); 4] = [
    ("main>section.buy>button.add-to-cart", "add to cart"),
    ("header>nav>a.menu", "menu"),
    ("main>ul.results>li>a", "result"),
    ("main>form>button[type=submit]", "submit"),
];
const ERRORS: [(&str, &str); 4] = [
    ("TypeError", "Cannot read properties of undefined (reading 'price')"),
    ("TypeError", "e.items is not iterable"),
    ("ReferenceError", "currency is not defined"),
    ("NetworkError", "Failed to fetch"),
];
const KINDS: [&str; 4] = ["script", "css", "img", "fetch"];

/// Records of a view: `Records::write` writes so many, besides the start of the session.
pub(crate) fn count(view: &View) -> u64 {
    let load = if view.loaded { 5 } else { 0 };
    let inp = u64::from(has_inp(view));
    1 + load + view.resources + u64::from(view.told.widget) + view.clicks + inp + u64::from(view.failed) + 2
}

fn has_inp(view: &View) -> bool {
    view.loaded && view.clicks > 0
}

/// Starts a body and the resource of the session's browser.
pub(crate) fn open_browser(session: &Session, wire: &mut impl Wire) {
    wire.begin(Signal::Logs);
    wire.open_resource();
    browser(session, wire);
    wire.open_records("limen");
}

/// The resource that the agent sends.
pub(crate) fn browser(session: &Session, wire: &mut impl Wire) {
    let device = session.device;
    wire.text(names::SERVICE_NAME, "shop-web");
    wire.text(names::SERVICE_VERSION, session.release.version);
    wire.text(names::DEPLOYMENT_ENVIRONMENT, "production");
    wire.text(names::TELEMETRY_SDK_NAME, "limen");
    wire.text(names::TELEMETRY_SDK_LANGUAGE, "webjs");
    wire.text(names::TELEMETRY_SDK_VERSION, env!("CARGO_PKG_VERSION"));
    wire.text(names::USER_AGENT, device.user_agent);
    wire.text(names::BROWSER_LANGUAGE, session.country.language);
    wire.flag(names::BROWSER_MOBILE, device.mobile);
    wire.text(names::BROWSER_PLATFORM, device.platform);
    wire.integer(names::SCREEN_WIDTH, device.screen.0);
    wire.integer(names::SCREEN_HEIGHT, device.screen.1);
    wire.text(names::NETWORK_TYPE, device.network);
    wire.integer(names::DEVICE_MEMORY, device.memory);
    wire.integer(names::DEVICE_CORES, device.cores);
}

/// How fast a view was, in milliseconds. Every other figure of a load hangs on its LCP.
pub(crate) struct Speed {
    pub ttfb: f64,
    pub fcp: f64,
    pub lcp: f64,
    pub cls: f64,
    pub inp: f64,
    /// Of the time to the first byte, what a service took that seldom takes any.
    pub waited: f64,
    /// Something came late and moved the rest.
    pub shifted: bool,
}

impl Speed {
    fn draw(slowness: f64, random: &mut Random) -> Self {
        let lcp = random.log_normal(lcp_median(slowness), lcp_sigma());
        let ttfb = lcp * (0.15 + 0.2 * random.share());
        let fcp = ttfb + (lcp - ttfb) * (0.4 + 0.5 * random.share());
        let cls = random.log_normal(CLS_MEDIAN, CLS_SIGMA).min(CLS_MAX);
        Self {
            ttfb,
            fcp,
            lcp,
            cls,
            inp: random.log_normal(INP_MEDIAN * slowness, INP_SIGMA),
            waited: 0.0,
            shifted: false,
        }
    }

    /// Of the document: all but the last are before its first byte.
    pub fn phases(&self) -> Phases {
        let usual = self.ttfb - self.waited;
        let connection = 0.15 * usual;
        Phases {
            dns: 0.1 * usual,
            tcp: connection,
            tls: connection,
            wait: 0.6 * usual + self.waited,
            response: 0.1 * usual,
        }
    }

    /// The document comes so much later, and everything after it.
    pub fn wait(&mut self, millis: f64) {
        [&mut self.ttfb, &mut self.fcp, &mut self.lcp, &mut self.waited].into_iter().for_each(|time| *time += millis);
    }
}

/// Of a view of the session, from draws of its own: a session is the same in one request as in many.
pub(crate) fn speed(session: &Session, world: &World, at: usize) -> Speed {
    speed_and_draws(session, world, at).0
}

/// With the draws that are left for what is inside of the records.
fn speed_and_draws(session: &Session, world: &World, at: usize) -> (Speed, Random) {
    let mut random = Random::new(session.details, at as u64);
    let route = &world.routes[session.views[at].route];
    let mut speed = Speed::draw(session.slowness() * route.slowness, &mut random);
    if let Some(truths) = world.truths {
        truths.speed(&mut speed, session, &route.path);
    }
    (speed, random)
}

/// What a request spends its time with, in milliseconds.
pub(crate) struct Phases {
    pub dns: f64,
    pub tcp: f64,
    pub tls: f64,
    pub wait: f64,
    pub response: f64,
}

/// Writes the records of one view.
pub(crate) struct Records<'a, W> {
    session: &'a Session,
    world: &'a World,
    view: &'a View,
    at: usize,
    start: u64,
    speed: Speed,
    random: Random,
    wire: &'a mut W,
    /// Of the page load: views of one session have numbers of their own.
    next_id: u64,
    written: u64,
}

impl<'a, W: Wire> Records<'a, W> {
    pub fn new(session: &'a Session, world: &'a World, at: usize, start_unix_nano: u64, wire: &'a mut W) -> Self {
        let view = &session.views[at];
        let (speed, random) = speed_and_draws(session, world, at);
        let start = start_unix_nano + view.start_nano;
        Self { session, world, view, at, start, speed, random, wire, next_id: at as u64 * 100, written: 0 }
    }

    pub fn write(mut self) -> u64 {
        if self.at == 0 {
            self.record(names::EVENT_SESSION_START, 0, |_| {});
        }
        self.navigation();
        if self.view.loaded {
            self.navigation_timing();
            self.vital("ttfb", Decimal::millis(self.speed.ttfb), (800.0, 1800.0), self.speed.ttfb);
            self.vital("fcp", Decimal::millis(self.speed.fcp), (1800.0, 3000.0), self.speed.fcp);
            self.vital("lcp", Decimal::millis(self.speed.lcp), (2500.0, 4000.0), self.speed.lcp);
        }
        (0..self.view.resources).for_each(|number| self.resource(number));
        if self.view.told.widget {
            self.widget();
        }
        self.snapshot(1);
        (0..self.view.clicks).for_each(|number| self.click(number));
        if has_inp(self.view) {
            self.vital("inp", Decimal::millis(self.speed.inp), (200.0, 500.0), self.speed.inp);
        }
        if self.view.loaded {
            self.vital("cls", Decimal::fine(self.speed.cls), (0.1, 0.25), self.speed.cls);
        }
        if self.view.failed {
            self.exception();
        }
        self.snapshot(2);
        self.written
    }

    fn record(&mut self, event: &'static str, after_nano: u64, write: impl FnOnce(&mut Self)) {
        let severity = if event == names::EVENT_EXCEPTION { ERROR } else { INFO };
        let time = self.start + after_nano.min(self.view.duration_nano);
        let head = LogHead {
            time_unix_nano: time,
            observed_unix_nano: time + 400_000,
            severity,
            event,
            span: Some((self.view.trace, self.view.server_span)),
        };
        self.next_id += 1;
        self.wire.open_log(&head);
        self.wire.text(names::SESSION_ID, Hex::<32>::new(self.session.id).as_str());
        self.wire.text(names::VIEW_ID, Hex::<16>::new(self.view.id.into()).as_str());
        self.wire.text(names::DOCUMENT_URL, &self.view.url);
        self.wire.integer(names::EVENT_ID, self.next_id);
        if let Some(user) = self.session.user {
            self.wire.text(names::USER_ID, Hex::<8>::new(user.into()).as_str());
        }
        if let Some(probability) = self.session.probability {
            self.wire.number(names::SAMPLING_PROBABILITY, Decimal::fine(probability));
        }
        write(self);
        self.wire.close_log(&head);
        self.written += 1;
    }

    fn navigation(&mut self) {
        self.record(names::EVENT_NAVIGATION, 0, |this| {
            this.wire.text(names::URL_FULL, &this.view.url);
            this.wire.flag(names::NAVIGATION_SAME_DOCUMENT, !this.view.loaded);
            this.wire.flag(names::NAVIGATION_HASH_CHANGE, false);
        });
    }

    fn navigation_timing(&mut self) {
        let Speed { ttfb, fcp, lcp, waited, .. } = self.speed;
        self.record(names::EVENT_NAVIGATION_TIMING, 0, |this| {
            let wire = &mut *this.wire;
            wire.text(names::URL_FULL, &this.view.url);
            wire.number("browser.resource_timing.fetch_start", Decimal::millis(1.5));
            wire.number("browser.resource_timing.request_start", Decimal::millis(0.4 * (ttfb - waited)));
            wire.number("browser.resource_timing.response_start", Decimal::millis(ttfb));
            wire.number("browser.resource_timing.response_end", Decimal::millis(1.1 * ttfb));
            wire.text("browser.resource_timing.initiator_type", "navigation");
            wire.text("browser.resource_timing.next_hop_protocol", "h2");
            wire.number("browser.resource_timing.duration", Decimal::millis(1.2 * lcp));
            wire.integer("browser.resource_timing.response_status", 200);
            wire.text("browser.navigation_timing.type", "navigate");
            wire.number("browser.navigation_timing.dom_interactive", Decimal::millis(fcp));
            wire.number("browser.navigation_timing.dom_complete", Decimal::millis(1.1 * lcp));
            wire.number("browser.navigation_timing.load_event_end", Decimal::millis(1.15 * lcp));
        });
    }

    fn resource(&mut self, number: u64) {
        let start = self.speed.ttfb * (1.0 + 0.1 * number as f64);
        let duration = self.random.log_normal(60.0, 0.9);
        let bytes = self.random.log_normal(18_000.0, 1.2) as u64;
        let kind = KINDS[self.random.between(0, 3) as usize];
        let url = format!("https://cdn.shop.example/assets/file-{}.bin", self.random.between(0, 400));
        self.record(names::EVENT_RESOURCE, ((start + duration) * 1e6) as u64, |this| {
            let wire = &mut *this.wire;
            wire.text(names::URL_FULL, &url);
            wire.number("browser.resource_timing.fetch_start", Decimal::millis(start));
            wire.number("browser.resource_timing.request_start", Decimal::millis(start + 0.2 * duration));
            wire.number("browser.resource_timing.response_start", Decimal::millis(start + 0.7 * duration));
            wire.number("browser.resource_timing.response_end", Decimal::millis(start + duration));
            wire.integer("browser.resource_timing.transfer_size", bytes + 300);
            wire.integer("browser.resource_timing.encoded_body_size", bytes);
            wire.integer("browser.resource_timing.decoded_body_size", bytes * 3);
            wire.text("browser.resource_timing.initiator_type", kind);
            wire.text("browser.resource_timing.next_hop_protocol", "h2");
            wire.text("browser.resource_timing.render_blocking_status", "non-blocking");
            wire.number("browser.resource_timing.duration", Decimal::millis(duration));
            wire.integer("browser.resource_timing.response_status", 200);
            wire.flag(names::THIRD_PARTY, false);
        });
    }

    /// A script of a host that lets nobody read its timing: only when it was asked for and when it had come.
    fn widget(&mut self) {
        let (start, duration) = (self.speed.ttfb, self.random.log_normal(WIDGET_MILLIS, 0.4));
        self.record(names::EVENT_RESOURCE, ((start + duration) * 1e6) as u64, |this| {
            let wire = &mut *this.wire;
            wire.text(names::URL_FULL, WIDGET);
            wire.number("browser.resource_timing.fetch_start", Decimal::millis(start));
            wire.number("browser.resource_timing.response_end", Decimal::millis(start + duration));
            wire.text("browser.resource_timing.initiator_type", "script");
            wire.text("browser.resource_timing.render_blocking_status", "blocking");
            wire.number("browser.resource_timing.duration", Decimal::millis(duration));
            wire.flag(names::THIRD_PARTY, true);
        });
    }

    fn vital(&mut self, name: &str, value: Decimal, (good, poor): (f64, f64), raw: f64) {
        let id = Hex::<16>::new(self.random.next().into());
        let rating = match raw {
            _ if raw <= good => "good",
            _ if raw <= poor => "needs-improvement",
            _ => "poor",
        };
        self.record(names::EVENT_WEB_VITAL, (self.speed.lcp * 1e6) as u64, |this| {
            let wire = &mut *this.wire;
            wire.text(names::WEB_VITAL_NAME, name);
            wire.number(names::WEB_VITAL_VALUE, value);
            wire.number(names::WEB_VITAL_DELTA, value);
            wire.text(names::WEB_VITAL_ID, id.as_str());
            wire.text(names::WEB_VITAL_RATING, rating);
            wire.text(names::WEB_VITAL_NAVIGATION_TYPE, "navigate");
            if name == "lcp" || name == "inp" {
                wire.text(names::WEB_VITAL_TARGET, "main>article>img#hero");
            }
        });
    }

    fn click(&mut self, number: u64) {
        let (selector, name) = BUTTONS[self.random.between(0, 3) as usize];
        let after = self.view.duration_nano / 5 * (number + 1);
        self.record(names::EVENT_CLICK, after, |this| {
            this.wire.text(names::ACTION_NAME, name);
            this.wire.text(names::CSS_SELECTOR, selector);
            this.wire.text(names::TAG_NAME, "BUTTON");
        });
    }

    fn exception(&mut self) {
        let drawn = ERRORS[self.random.between(0, 3) as usize];
        let (kind, message) = if self.view.told.broken { FAILURE } else { drawn };
        let (line, column) = (self.random.between(1, 40), self.random.between(1, 9_000));
        let stack = format!(
            "{kind}: {message}\n    at render (https://cdn.shop.example/assets/app-91bc.js:{line}:{column})\n    \
             at HTMLButtonElement.<anonymous> (https://cdn.shop.example/assets/app-91bc.js:1:20433)"
        );
        self.record(names::EVENT_EXCEPTION, self.view.duration_nano / 2, |this| {
            this.wire.text(names::EXCEPTION_TYPE, kind);
            this.wire.text(names::EXCEPTION_MESSAGE, message);
            this.wire.text(names::EXCEPTION_STACKTRACE, &stack);
            this.wire.flag(names::EXCEPTION_HANDLED, false);
            this.wire.text(names::EXCEPTION_MECHANISM, "onerror");
        });
    }

    /// The state of the view: the first soon after the load, the last at its end.
    fn snapshot(&mut self, version: u64) {
        let last = version == 2;
        let route = &self.world.routes[self.view.route];
        self.record(names::EVENT_VIEW, 0, |this| {
            let (view, speed, wire) = (this.view, &this.speed, &mut *this.wire);
            wire.integer(names::VIEW_VERSION, version);
            wire.text(names::VIEW_KIND, if view.loaded { "load" } else { "route" });
            let open_nano = if last { view.duration_nano } else { view.duration_nano.min(5_000 * MILLI) };
            wire.number(names::VIEW_DURATION, Decimal::millis(open_nano as f64 / MILLI as f64));
            wire.integer(names::VIEW_ERRORS, u64::from(last && view.failed));
            wire.integer(names::VIEW_REQUESTS, view.requests + view.told.requests());
            wire.integer(names::VIEW_FAILED_REQUESTS, u64::from(view.told.order == Some(false)));
            wire.integer(names::VIEW_ACTIONS, if last { view.clicks } else { 0 });
            wire.integer(names::VIEW_RESOURCES, view.resources);
            if view.loaded {
                wire.text(names::VIEW_NAVIGATION_TYPE, "navigate");
                wire.number(names::VIEW_TTFB, Decimal::millis(speed.ttfb));
                wire.number(names::VIEW_FCP, Decimal::millis(speed.fcp));
                wire.number(names::VIEW_LCP, Decimal::millis(speed.lcp));
                wire.text(names::VIEW_LCP_TARGET, "main>article>img#hero");
                let Phases { dns, tcp, tls, wait, response } = speed.phases();
                wire.number(names::VIEW_DNS, Decimal::millis(dns));
                wire.number(names::VIEW_TCP, Decimal::millis(tcp));
                wire.number(names::VIEW_TLS, Decimal::millis(tls));
                wire.number(names::VIEW_REQUEST, Decimal::millis(wait));
                wire.number(names::VIEW_RESPONSE, Decimal::millis(response));
                wire.number(names::VIEW_LOAD_TIME, Decimal::millis(1.15 * speed.lcp));
                wire.number(names::VIEW_CLS, Decimal::fine(speed.cls));
                if speed.shifted {
                    wire.text(names::VIEW_CLS_TARGET, SHIFT_TARGET);
                }
            } else {
                wire.number(names::VIEW_TRANSITION_TIME, Decimal::millis(120.0 * route.slowness));
            }
            if last && has_inp(view) {
                wire.number(names::VIEW_INP, Decimal::millis(speed.inp));
                wire.text(names::VIEW_INP_TARGET, "main>section.buy>button.add-to-cart");
                wire.text(names::VIEW_INP_TYPE, "pointer");
            }
        });
    }
}
