//! Gives out sessions, each once and in order, until enough is promised or the time is over.

use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use tokio::time::Instant;

use crate::curve::Curve;
use crate::options::LoadOptions;
use crate::session::Session;
use crate::truths::Truths;
use crate::world::World;

/// Sessions that are drawn to know how many events a usual one has.
const PROBES: u64 = 500;

pub struct Source {
    pub world: World,
    total: Option<u64>,
    until: Option<Instant>,
    history: Option<History>,
    given: Mutex<Given>,
}

/// Where in the past the sessions lie.
struct History {
    curve: Curve,
    /// How many there will be, about.
    sessions: f64,
}

#[derive(Default)]
struct Given {
    sessions: u64,
    events: u64,
}

impl Source {
    pub fn new(options: &LoadOptions, begin: Instant) -> Self {
        let world = World::new(options.seed, options.routes, options.sampled);
        let Some((length, total)) = options.history.zip(options.total) else {
            return Self::of(world, options, begin, None);
        };
        let with = |sessions: f64, world: World| {
            if options.truths { world.with(Truths { sessions }) } else { world }
        };
        let world = with(PROBES as f64, world);
        let events: u64 = (0..PROBES).map(|number| Session::draw(&world, number).counts().events()).sum();
        let sessions = total as f64 * PROBES as f64 / events as f64;
        let now = now_unix_nano();
        let from = now.saturating_sub(i64::try_from(length.as_nanos()).unwrap_or(i64::MAX));
        let history = History { curve: Curve::new(from, now), sessions };
        Self::of(with(sessions, world), options, begin, Some(history))
    }

    fn of(world: World, options: &LoadOptions, begin: Instant, history: Option<History>) -> Self {
        let until = options.duration.map(|duration| begin + duration);
        Self { world, total: options.total, until, history, given: Mutex::default() }
    }

    /// The next session and the time of its start.
    pub fn next(&self) -> Option<(Session, u64)> {
        if self.until.is_some_and(|until| Instant::now() >= until) {
            return None;
        }
        let (session, number) = {
            let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
            if self.total.is_some_and(|total| given.events >= total) {
                return None;
            }
            let session = Session::draw(&self.world, given.sessions);
            given.sessions += 1;
            given.events += session.counts().events();
            (session, given.sessions - 1)
        };
        let latest = now_unix_nano().saturating_sub(i64::try_from(session.length_nano()).unwrap_or(i64::MAX));
        let start = self.history.as_ref().map_or(latest, |history| {
            history.curve.time_unix_nano((number as f64 + 0.5) / history.sessions).min(latest)
        });
        Some((session, u64::try_from(start).unwrap_or(0)))
    }
}

fn now_unix_nano() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_nanos()).unwrap_or(i64::MAX)
}
