//! What the group commit has done since the start, for whoever watches the server.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use super::Kept;
use crate::StoreError;

/// Upper ends of the steps in which the time of a group is counted, in seconds; longer ones are in one more.
pub const COMMIT_SECONDS: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// Counts only go up; they are read one by one and may be a group apart.
#[derive(Debug, Default)]
pub struct CommitFigures {
    committed: AtomicU64,
    spooled: AtomicU64,
    failed: AtomicU64,
    rows: AtomicU64,
    steps: [AtomicU64; COMMIT_SECONDS.len() + 1],
    micros: AtomicU64,
}

impl CommitFigures {
    pub(super) fn add(&self, result: &Result<Kept, StoreError>, rows: usize, took: Duration) {
        let groups = match result {
            Ok(Kept::Committed) => &self.committed,
            Ok(Kept::Spooled) => &self.spooled,
            Err(_) => &self.failed,
        };
        groups.fetch_add(1, Relaxed);
        if result.is_ok() {
            self.rows.fetch_add(rows as u64, Relaxed);
        }
        let step = COMMIT_SECONDS.partition_point(|end| *end < took.as_secs_f64());
        self.steps[step].fetch_add(1, Relaxed);
        self.micros.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Relaxed);
    }

    /// Groups by what became of them.
    pub fn groups(&self) -> [(&'static str, u64); 3] {
        let count = |count: &AtomicU64| count.load(Relaxed);
        [("committed", count(&self.committed)), ("spooled", count(&self.spooled)), ("failed", count(&self.failed))]
    }

    /// Rows of the groups that were committed or spooled.
    pub fn rows(&self) -> u64 {
        self.rows.load(Relaxed)
    }

    /// Groups in each step of `COMMIT_SECONDS`, and above the last.
    pub fn steps(&self) -> [u64; COMMIT_SECONDS.len() + 1] {
        std::array::from_fn(|step| self.steps[step].load(Relaxed))
    }

    /// All groups together.
    pub fn seconds(&self) -> f64 {
        self.micros.load(Relaxed) as f64 / 1e6
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_counted_under_what_became_of_it_and_in_its_step() {
        let figures = CommitFigures::default();
        figures.add(&Ok(Kept::Committed), 7, Duration::from_millis(5));
        figures.add(&Ok(Kept::Spooled), 2, Duration::from_millis(6));
        figures.add(&Err(StoreError::Stopping), 100, Duration::from_secs(60));
        assert_eq!(figures.groups(), [("committed", 1), ("spooled", 1), ("failed", 1)]);
        assert_eq!((figures.rows(), figures.seconds()), (9, 60.011));
        let steps = figures.steps();
        assert_eq!((steps[0], steps[1], steps[11], steps.iter().sum::<u64>()), (1, 1, 1, 3));
    }
}
