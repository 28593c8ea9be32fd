//! One visitor's session: drawn first, so that its size is known, and written then, page by page.

use crate::limits::VIEWS_MAX;
use crate::random::Random;
use crate::truths::{Told, is_second};
use crate::wire::Wire;
use crate::world::{COUNTRIES, Country, DEVICES, Device, RELEASES, Release, World};
use crate::{records, spans};

/// Pages after which half of the visitors are gone would be few: this share goes on from each.
const GOES_ON: f64 = 0.78;
const LOADED_SHARE: f64 = 0.72;
/// Probabilities that a sampled session may have been kept with.
const PROBABILITIES: [f64; 2] = [0.5, 0.25];

/// What one session holds.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Counts {
    pub logs: u64,
    pub spans: u64,
    pub views: u64,
    pub exceptions: u64,
    /// Views and sessions, each counted as often as it stands for one.
    pub views_weighted: f64,
    pub sessions_weighted: f64,
}

impl Counts {
    pub fn events(&self) -> u64 {
        self.logs + self.spans
    }
}

/// A page that a visitor opened.
#[derive(Debug)]
pub(crate) struct View {
    pub id: u64,
    pub trace: u128,
    /// The server's span that answered the document request.
    pub server_span: u64,
    pub route: usize,
    pub url: String,
    pub loaded: bool,
    pub resources: u64,
    pub clicks: u64,
    pub requests: u64,
    pub failed: bool,
    pub told: Told,
    /// From the start of the session.
    pub start_nano: u64,
    pub duration_nano: u64,
}

#[derive(Debug)]
pub struct Session {
    pub(crate) id: u128,
    pub(crate) user: Option<u64>,
    pub(crate) country: &'static Country,
    pub(crate) device: &'static Device,
    pub(crate) release: &'static Release,
    /// Absent where every session is recorded.
    pub(crate) probability: Option<f64>,
    pub(crate) address: [u8; 4],
    /// Waits for the first byte of each page, by a fault.
    pub(crate) waiting: bool,
    /// Has come to buy something.
    pub(crate) buying: bool,
    pub(crate) views: Vec<View>,
    /// The seed of what is inside of the records.
    pub(crate) details: u64,
    counts: Counts,
}

impl Session {
    /// The same for the same seed and number, whatever was drawn before.
    pub fn draw(world: &World, number: u64) -> Self {
        let mut random = Random::new(world.seed, number);
        let country = &COUNTRIES[world.by_country.draw(&mut random)];
        let [first, second] = country.network;
        let hosts = random.next();
        let mut session = Self {
            id: random.id(),
            user: random.happens(0.3).then(|| random.between(1, 50_000)),
            country,
            device: &DEVICES[world.by_device.draw(&mut random)],
            release: &RELEASES[world.by_release.draw(&mut random)],
            probability: random
                .happens(world.sampled)
                .then(|| PROBABILITIES[random.between(0, PROBABILITIES.len() as u64 - 1) as usize]),
            address: [first, second, hosts as u8, (hosts >> 8) as u8],
            waiting: false,
            buying: false,
            views: Vec::new(),
            details: random.next(),
            counts: Counts::default(),
        };
        if let Some(truths) = world.truths {
            truths.begin(&mut session, number, &mut random);
        }
        let mut start_nano = 0;
        while let Some(route) = session.next_route(world, &mut random) {
            let view = View::draw(world, &session, route, start_nano, &mut random);
            start_nano += view.duration_nano;
            session.views.push(view);
        }
        session.counts = session.count();
        session
    }

    /// Where the visitor goes next, if anywhere.
    fn next_route(&self, world: &World, random: &mut Random) -> Option<usize> {
        if let Some(truths) = world.truths.filter(|_| self.buying) {
            let before = self.views.len().checked_sub(1).map(|at| records::speed(self, world, at).lcp);
            return truths.step(self.views.len(), before, random).and_then(|path| world.route_of(path));
        }
        let goes_on = self.views.len() < VIEWS_MAX && (self.views.is_empty() || random.happens(GOES_ON));
        goes_on.then(|| world.by_route.draw(random))
    }

    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// From the first page to the end of the last.
    pub fn length_nano(&self) -> u64 {
        self.views.last().map_or(0, |view| view.start_nano + view.duration_nano)
    }

    /// Requests that the agent would have sent it in.
    pub fn flushes(&self) -> usize {
        self.views.len()
    }

    /// How much slower than the fastest this session's pages are, but for their routes.
    pub(crate) fn slowness(&self) -> f64 {
        self.country.slowness * self.device.slowness * self.release.slowness
    }

    /// Log records of the views in this range, as one resource. Returns how many.
    pub fn write_logs(
        &self,
        world: &World,
        views: std::ops::Range<usize>,
        start_unix_nano: u64,
        wire: &mut impl Wire,
    ) -> u64 {
        records::open_browser(self, wire);
        let mut written = 0;
        for at in views {
            written += records::Records::new(self, world, at, start_unix_nano, wire).write();
        }
        wire.close_resource();
        written
    }

    /// Spans of the browser's requests and of the services that answered them. Returns how many.
    pub fn write_spans(&self, world: &World, start_unix_nano: u64, wire: &mut impl Wire) -> u64 {
        spans::write(self, world, start_unix_nano, wire)
    }

    fn count(&self) -> Counts {
        let weight = self.probability.map_or(1.0, f64::recip);
        let views = self.views.len() as u64;
        Counts {
            logs: 1 + self.views.iter().map(records::count).sum::<u64>(),
            spans: self.views.iter().map(spans::count).sum(),
            views,
            exceptions: self.views.iter().map(|view| u64::from(view.failed)).sum(),
            views_weighted: views as f64 * weight,
            sessions_weighted: weight,
        }
    }
}

impl View {
    fn draw(world: &World, session: &Session, route: usize, start_nano: u64, random: &mut Random) -> Self {
        let loaded = session.views.is_empty() || session.buying || random.happens(LOADED_SHARE);
        let known = &world.routes[route];
        let number = random.between(1, 20_000);
        let url = match known.numbered {
            true => format!("https://shop.example{}/{number}", known.path),
            false => format!("https://shop.example{}", known.path),
        };
        let mut view = Self {
            id: random.next(),
            trace: random.id(),
            server_span: random.next() | 1,
            route,
            url,
            loaded,
            resources: if loaded { random.between(7, 13) } else { random.between(1, 4) },
            clicks: random.between(0, 4),
            requests: random.between(0, 2),
            failed: random.happens(session.release.errors),
            told: Told::default(),
            start_nano,
            duration_nano: (random.log_normal(20_000.0, 0.9).clamp(1_000.0, 1_800_000.0) * 1e6) as u64,
        };
        if let Some(truths) = world.truths {
            truths.view(&mut view, &known.path, is_second(session.release), random);
        }
        view
    }
}
