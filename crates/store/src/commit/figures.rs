//! What the group commit has done since the start, for whoever watches the server.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use limen_model::AppId;

use super::Kept;
use crate::insert::Insert;
use crate::limits::{SLOW_INSERT, SLOW_INSERTS_MAX};
use crate::{StoreError, Table};

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
    slow: Mutex<Vec<SlowInsert>>,
}

/// An insert that took longer than `SLOW_INSERT`, all attempts together.
#[derive(Debug, Clone, PartialEq)]
pub struct SlowInsert {
    pub table: Table,
    pub rows: usize,
    pub bytes: usize,
    pub began: SystemTime,
    pub took: Duration,
    pub failed: bool,
    /// The application that all rows are of, if it is one.
    pub only_app: Option<AppId>,
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

    pub(super) fn note_insert(&self, insert: &Insert, took: Duration, failed: bool) {
        if took < SLOW_INSERT {
            return;
        }
        let first = insert.pieces.first().map(|piece| &piece.app);
        let only_app = first.filter(|app| insert.pieces.iter().all(|piece| piece.app == **app));
        let mut slow = self.slow.lock().unwrap_or_else(PoisonError::into_inner);
        if slow.len() < SLOW_INSERTS_MAX {
            slow.push(SlowInsert {
                table: insert.table,
                rows: insert.row_count(),
                bytes: insert.rows.len(),
                began: SystemTime::now() - took,
                took,
                failed,
                only_app: only_app.cloned(),
            });
        }
    }

    /// The slow inserts since this was asked last; when nobody asks, only the first ones are kept.
    pub fn take_slow(&self) -> Vec<SlowInsert> {
        std::mem::take(&mut *self.slow.lock().unwrap_or_else(PoisonError::into_inner))
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
    use crate::batch::Piece;

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

    fn insert(apps: &[&str]) -> Insert {
        let piece = |app: &&str| Piece { app: AppId::parse(app).expect("valid"), rows: 2, bytes: 3 };
        Insert {
            table: Table::Views,
            statement: String::new(),
            token: String::new(),
            rows: vec![0; 3 * apps.len()].into(),
            pieces: apps.iter().map(piece).collect(),
        }
    }

    #[test]
    fn a_slow_insert_is_noted_with_whose_it_is_and_given_out_once() {
        let figures = CommitFigures::default();
        figures.note_insert(&insert(&["limen"]), SLOW_INSERT - Duration::from_nanos(1), false);
        figures.note_insert(&insert(&["limen", "limen"]), SLOW_INSERT, false);
        figures.note_insert(&insert(&["limen", "shop"]), SLOW_INSERT, true);
        let slow = figures.take_slow();
        let whose: Vec<_> = slow.iter().map(|slow| slow.only_app.as_ref().map(AppId::as_str)).collect();
        assert_eq!(whose, [Some("limen"), None]);
        assert_eq!((slow[1].rows, slow[1].bytes, slow[1].failed), (4, 6, true));
        assert!(figures.take_slow().is_empty());
    }

    #[test]
    fn no_more_slow_inserts_are_kept_than_the_limit() {
        let figures = CommitFigures::default();
        (0..SLOW_INSERTS_MAX + 3).for_each(|_| figures.note_insert(&insert(&["shop"]), SLOW_INSERT, false));
        assert_eq!(figures.take_slow().len(), SLOW_INSERTS_MAX);
    }
}
