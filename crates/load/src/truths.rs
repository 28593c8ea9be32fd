//! A history with known things hidden in it, for whoever wants to see whether they are found: each changes what a session of the
//! plain world would have sent. docs/known-week.md lists them, and where Limen shows them.

use crate::random::Random;
use crate::records::Speed;
use crate::session::{Session, View};
use crate::world::{RELEASES, Release};

/// Where in the sessions of the history, as a share of them, the second release begins.
const RELEASED_FROM: f64 = 3.0 / 7.0;
/// Where visitors of one country begin to wait for the first byte.
const WAITING_FROM: f64 = 6.0 / 7.0;
const WAITING_COUNTRY: &str = "de-DE";
const WAITING_MILLIS: f64 = 1_500.0;
/// Visitors who have come to buy something go this way.
const JOURNEY: [&str; 4] = ["/", "/product", "/cart", "/checkout"];
const JOURNEY_SHARE: f64 = 0.4;
/// How likely they go on, after a page whose LCP was good and after another.
const GOES_ON: [f64; 2] = [0.9, 0.5];
const GOOD_LCP_MILLIS: f64 = 2_500.0;
const SLOW_BROWSER: &str = "SamsungBrowser";
const SLOW_BROWSER_TIMES: f64 = 4.0;
const SHIFTING_ROUTE: &str = "/search";
const SHIFT: f64 = 0.3;
const BREAKS: f64 = 0.25;
const ORDER_FAILS: f64 = 0.1;

/// An error of the second release, on the page of a product.
pub(crate) const FAILURE: (&str, &str) = ("RangeError", "Invalid currency code : EURO");
/// A script of another host that every page waits for; the host does not allow its timing to be read.
pub(crate) const WIDGET: &str = "https://chat.widgets.example/loader.js";
pub(crate) const WIDGET_MILLIS: f64 = 350.0;
pub(crate) const SHIFT_TARGET: &str = "main>aside>div.banner";
pub(crate) const ORDERS: &str = "https://shop.example/api/orders";
/// A host whose services report no spans.
pub(crate) const RECOMMENDATIONS: &str = "https://legacy.shop.example/api/recommendations";

/// How the sessions of such a history differ from those of others.
#[derive(Debug, Clone, Copy)]
pub struct Truths {
    /// How many sessions there will be, about: what changes on the way changes at a share of them.
    pub sessions: f64,
}

/// What a view does that others do not.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Told {
    pub widget: bool,
    /// Whether it failed by the release's error.
    pub broken: bool,
    /// An order, and whether it was taken.
    pub order: Option<bool>,
    pub recommendations: bool,
}

impl Told {
    pub fn requests(self) -> u64 {
        u64::from(self.order.is_some()) + u64::from(self.recommendations)
    }

    /// Spans of its requests: recommendations have none of a service.
    pub fn spans(self) -> u64 {
        2 * u64::from(self.order.is_some()) + u64::from(self.recommendations)
    }
}

impl Truths {
    /// Changes a drawn session before its first page.
    pub(crate) fn begin(self, session: &mut Session, number: u64, random: &mut Random) {
        let share = number as f64 / self.sessions;
        session.release = &RELEASES[usize::from(share >= RELEASED_FROM)];
        session.waiting = share >= WAITING_FROM && session.country.language == WAITING_COUNTRY;
        session.buying = random.happens(JOURNEY_SHARE);
    }

    /// The next step of somebody who has come to buy; without one that visit is over. The time is of the page before.
    pub(crate) fn step(self, views: usize, lcp: Option<f64>, random: &mut Random) -> Option<&'static str> {
        let slow = lcp.is_some_and(|lcp| lcp > GOOD_LCP_MILLIS);
        JOURNEY.get(views).copied().filter(|_| lcp.is_none() || random.happens(GOES_ON[usize::from(slow)]))
    }

    pub(crate) fn view(self, view: &mut View, route: &str, second_release: bool, random: &mut Random) {
        let product = route == JOURNEY[1];
        view.told = Told {
            widget: view.loaded,
            broken: product && second_release && random.happens(BREAKS),
            order: (route == JOURNEY[3]).then(|| !random.happens(ORDER_FAILS)),
            recommendations: product,
        };
        view.failed |= view.told.broken;
    }

    pub(crate) fn speed(self, speed: &mut Speed, session: &Session, route: &str) {
        if session.waiting {
            speed.wait(WAITING_MILLIS);
        }
        if session.device.user_agent.contains(SLOW_BROWSER) {
            speed.inp *= SLOW_BROWSER_TIMES;
        }
        if route == SHIFTING_ROUTE {
            speed.cls += SHIFT;
            speed.shifted = true;
        }
    }
}

/// Whether this is the release that breaks.
pub(crate) fn is_second(release: &Release) -> bool {
    release.version == RELEASES[1].version
}
