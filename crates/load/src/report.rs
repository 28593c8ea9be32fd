//! What became of a run.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use crate::session::Counts;

/// Steps of the histogram of answer times within each power of two: quantiles err by at most a sixteenth.
const STEPS: u64 = 16;

#[derive(Debug, Clone, Default)]
pub struct Report {
    pub seed: u64,
    /// Whole sessions that were given to senders.
    pub sessions: u64,
    /// All that these hold.
    pub made: Counts,
    /// Log records and spans that the receiver has acknowledged.
    pub accepted: u64,
    /// Those that the receiver took the request of but would not keep.
    pub rejected: u64,
    /// Those whose request was refused for good, or not taken in time: they are in no store.
    pub lost: u64,
    pub requests: u64,
    /// Answers by status; 0 counts requests without one.
    pub by_status: BTreeMap<u16, u64>,
    pub retries: u64,
    /// Bytes of bodies, before and after packing.
    pub open_bytes: u64,
    pub sent_bytes: u64,
    pub took: Duration,
    answers: Times,
}

impl Report {
    pub fn of_seed(seed: u64) -> Self {
        Self { seed, ..Self::default() }
    }

    pub fn all_acknowledged(&self) -> bool {
        self.accepted == self.made.events() && self.rejected == 0 && self.lost == 0
    }

    pub fn count_session(&mut self, counts: Counts) {
        self.sessions += 1;
        self.made.add(&counts);
    }

    pub fn count_answer(&mut self, status: u16, took: Duration) {
        *self.by_status.entry(status).or_default() += 1;
        self.answers.add(took);
    }

    pub fn answered_within(&self, share: f64) -> Duration {
        self.answers.quantile(share)
    }

    /// Takes in what another sender has done.
    pub fn add(&mut self, other: &Report) {
        self.sessions += other.sessions;
        self.made.add(&other.made);
        self.accepted += other.accepted;
        self.rejected += other.rejected;
        self.lost += other.lost;
        self.requests += other.requests;
        self.retries += other.retries;
        self.open_bytes += other.open_bytes;
        self.sent_bytes += other.sent_bytes;
        for (status, count) in &other.by_status {
            *self.by_status.entry(*status).or_default() += count;
        }
        self.answers.0.resize(self.answers.0.len().max(other.answers.0.len()), 0);
        self.answers.0.iter_mut().zip(&other.answers.0).for_each(|(sum, count)| *sum += count);
    }
}

impl Counts {
    fn add(&mut self, other: &Counts) {
        self.logs += other.logs;
        self.spans += other.spans;
        self.views += other.views;
        self.exceptions += other.exceptions;
        self.views_weighted += other.views_weighted;
        self.sessions_weighted += other.sessions_weighted;
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counts { logs, spans, views, views_weighted, sessions_weighted, .. } = self.made;
        let seconds = self.took.as_secs_f64();
        let millis = |share| self.answered_within(share).as_secs_f64() * 1e3;
        writeln!(f, "seed {}", self.seed)?;
        writeln!(f, "sent      {} sessions with {views} views: {logs} log records and {spans} spans", self.sessions)?;
        writeln!(f, "stand for {sessions_weighted} sessions with {views_weighted} views")?;
        writeln!(f, "accepted  {} of {} events", self.accepted, self.made.events())?;
        writeln!(f, "rejected  {} in requests that were taken, {} lost with their request", self.rejected, self.lost)?;
        let statuses: Vec<String> = self
            .by_status
            .iter()
            .map(|(status, count)| match status {
                0 => format!("{count} without an answer"),
                status => format!("{count} × {status}"),
            })
            .collect();
        writeln!(f, "answers   {}; {} retries of {} requests", statuses.join(", "), self.retries, self.requests)?;
        writeln!(f, "bytes     {} open, {} sent", self.open_bytes, self.sent_bytes)?;
        write!(
            f,
            "took      {seconds:.1} s: {:.0} events/s; answers p50 {:.1} ms, p99 {:.1} ms",
            self.accepted as f64 / seconds.max(1e-9),
            millis(0.5),
            millis(0.99)
        )
    }
}

/// Counts of times in microseconds, in steps that grow with them.
#[derive(Debug, Clone, Default)]
struct Times(Vec<u64>);

impl Times {
    fn add(&mut self, time: Duration) {
        let at = step_of(u64::try_from(time.as_micros()).unwrap_or(u64::MAX));
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        self.0[at] += 1;
    }

    /// The upper end of the step in which the share is reached.
    fn quantile(&self, share: f64) -> Duration {
        let wanted = (self.0.iter().sum::<u64>() as f64 * share).ceil() as u64;
        let mut seen = 0;
        let at = self.0.iter().position(|count| {
            seen += count;
            seen >= wanted.max(1)
        });
        at.map_or(Duration::ZERO, |at| Duration::from_micros(end_of(at)))
    }
}

fn step_of(micros: u64) -> usize {
    if micros < STEPS {
        return micros as usize;
    }
    let power = u64::from(micros.ilog2() - STEPS.ilog2());
    (power * STEPS + (micros >> power)) as usize
}

fn end_of(step: usize) -> u64 {
    let step = step as u64;
    if step < 2 * STEPS {
        return step;
    }
    let power = step / STEPS - 1;
    ((step % STEPS + STEPS + 1) << power) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_lies_in_its_step_within_a_sixteenth() {
        for micros in (0..2000).chain([65_535, 65_536, 1_000_003, 60_000_000, u64::MAX >> 1]) {
            let end = end_of(step_of(micros));
            assert!(end >= micros && end as f64 <= micros as f64 * 17.0 / 16.0 + 1.0, "{micros}: {end}");
        }
    }

    #[test]
    fn quantiles_are_those_of_the_times_added() {
        let mut report = Report::default();
        assert_eq!(report.answered_within(0.5), Duration::ZERO);
        (1..=100).for_each(|millis| report.count_answer(200, Duration::from_millis(millis)));
        let near = |share, millis: f64| {
            let found = report.answered_within(share).as_secs_f64() * 1e3;
            assert!((millis..millis * 17.0 / 16.0 + 0.1).contains(&found), "{share}: {found}");
        };
        near(0.5, 50.0);
        near(0.99, 99.0);
    }

    #[test]
    fn what_is_not_acknowledged_is_seen() {
        let mut report = Report::default();
        report.count_session(Counts { logs: 3, spans: 1, ..Counts::default() });
        assert!(!report.all_acknowledged());
        report.accepted = 4;
        assert!(report.all_acknowledged());
        report.lost = 1;
        assert!(!report.all_acknowledged());
    }
}
