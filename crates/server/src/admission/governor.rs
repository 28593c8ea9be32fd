//! Which share of an application's sessions and traces comes in, so that its events stay below the most it may send.
//!
//! Every record says for how many it stands. Their sum is the load that there would be without sampling, whatever is sampled
//! at the moment, so the share that fits is known at once: nothing has to be tried, and nothing swings. Only what that sum
//! cannot see (records kept for what happened, requests refused undecoded) is answered by what came in.

use crate::limits::{SAMPLING_BAND, SAMPLING_DOWN_MAX, SAMPLING_RATE_MIN, SAMPLING_TARGET, SAMPLING_UP_MAX};

/// The newest second counts this much, those before it the rest: a quiet second is no reason to open the gate.
const NEWEST: f64 = 0.2;
/// After a pause of so many seconds everything is forgotten anyway.
const SECONDS_CAUGHT_UP: u64 = 1_000;

/// What a second brought.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Seen {
    /// For how many records those that came stand.
    pub offered: f64,
    /// Records that came in.
    pub accepted: f64,
    /// Whether something had to be refused.
    pub refused: bool,
}

/// Decides for one application. Time is given in whole seconds since whatever beginning.
#[derive(Debug, Clone)]
pub struct Governor {
    second: u64,
    now: Seen,
    /// What of late was offered in a second.
    load: f64,
    rate: f64,
}

impl Governor {
    pub fn beginning_at(second: u64) -> Self {
        Self { second, now: Seen::default(), load: 0.0, rate: 1.0 }
    }

    /// The share that comes in during this second.
    pub fn rate(&mut self, second: u64, events_max: f64) -> f64 {
        let passed = second.saturating_sub(self.second).min(SECONDS_CAUGHT_UP);
        for _ in 0..passed {
            let seen = std::mem::take(&mut self.now);
            self.load = if seen.offered > self.load { seen.offered } else { mix(self.load, seen.offered) };
            self.rate = next_rate(self.rate, Seen { offered: self.load, ..seen }, events_max);
        }
        self.second = self.second.max(second);
        self.rate
    }

    /// Adds to what this second brought.
    pub fn note(&mut self, seen: Seen) {
        self.now.offered += seen.offered;
        self.now.accepted += seen.accepted;
        self.now.refused |= seen.refused;
    }
}

fn mix(before: f64, newest: f64) -> f64 {
    before + NEWEST * (newest - before)
}

/// The share for the next second: down at once by up to half, up slowly, and not at all within a band.
pub fn next_rate(rate: f64, seen: Seen, events_max: f64) -> f64 {
    let aim = events_max * SAMPLING_TARGET;
    let fits = if seen.offered > aim { aim / seen.offered } else { 1.0 };
    let over = if seen.accepted > events_max { rate * aim / seen.accepted } else { 1.0 };
    let stopped = if seen.refused { rate * SAMPLING_DOWN_MAX } else { 1.0 };
    let wanted = fits.min(over).min(stopped);
    let next = if wanted < rate * (1.0 - SAMPLING_BAND) || wanted < SAMPLING_RATE_MIN {
        wanted.max(rate * SAMPLING_DOWN_MAX)
    } else if wanted > rate * (1.0 + SAMPLING_BAND) || wanted == 1.0 {
        wanted.min(rate * SAMPLING_UP_MAX)
    } else {
        rate
    };
    next.clamp(SAMPLING_RATE_MIN, 1.0)
}

#[cfg(test)]
mod tests;
