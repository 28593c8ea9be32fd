//! What each step of time added to the series of a metric: differences of what counts up, with its restarts.

use super::distribution::Distribution;
use super::rows::SeriesRow;

/// What a row adds to its step.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Increase {
    /// Of a sum.
    pub value: f64,
    /// Of a histogram or summary: how many measurements, …
    pub count: f64,
    /// … and their sum.
    pub amount: f64,
    pub distribution: Option<Distribution>,
}

/// One per row of one series in the order of time; None where nobody knows what was there before.
///
/// A sender that starts anew says so by another start, or counts below what it had; then all it has came since (OpenTelemetry,
/// Metrics Data Model, "Resets and Gaps"). `known_from` is from when on rows were read: what started later had nothing before.
pub(super) fn increases(rows: &[SeriesRow], known_from: i64) -> Vec<Option<Increase>> {
    let mut previous: Option<&SeriesRow> = None;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        found.push(if row.delta == 1 { Some(whole(row)) } else { of(row, previous, known_from) });
        previous = Some(row);
    }
    found
}

fn of(row: &SeriesRow, previous: Option<&SeriesRow>, known_from: i64) -> Option<Increase> {
    let Some(previous) = previous.filter(|previous| previous.delta == 0) else {
        return (row.begun >= known_from).then(|| whole(row));
    };
    if previous.begun != row.begun {
        return Some(whole(row));
    }
    Some(since(row, previous).unwrap_or_else(|| whole(row)))
}

fn since(row: &SeriesRow, previous: &SeriesRow) -> Option<Increase> {
    let count = row.measured.checked_sub(previous.measured)?;
    let value = row.last - previous.last;
    if row.monotonic && value < 0.0 {
        return None;
    }
    let distribution = match (Distribution::of(&row.buckets), Distribution::of(&previous.buckets)) {
        (Some(now), Some(before)) => Some(now.since(&before)?),
        (now, _) => now,
    };
    Some(Increase { value, count: count as f64, amount: row.amount - previous.amount, distribution })
}

fn whole(row: &SeriesRow) -> Increase {
    Increase {
        value: if row.delta == 1 { row.total } else { row.last },
        count: row.measured as f64,
        amount: row.amount,
        distribution: Distribution::of(&row.buckets),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(step: i64, begun: i64, last: f64) -> SeriesRow {
        SeriesRow { step, begun, last, monotonic: true, measured: last as u64, ..SeriesRow::default() }
    }

    fn values(rows: &[SeriesRow]) -> Vec<Option<f64>> {
        increases(rows, 100).into_iter().map(|each| each.map(|increase| increase.value)).collect()
    }

    #[test]
    fn what_counts_up_adds_its_differences() {
        assert_eq!(values(&[row(0, 5, 10.0), row(1, 5, 12.0), row(3, 5, 20.0)]), [None, Some(2.0), Some(8.0)]);
    }

    #[test]
    fn a_restart_adds_all_that_came_since() {
        // By another start, and by a smaller count of a sender that tells no start.
        assert_eq!(values(&[row(0, 5, 10.0), row(1, 150, 12.0)]), [None, Some(12.0)]);
        assert_eq!(values(&[row(0, 0, 10.0), row(1, 0, 3.0)]), [None, Some(3.0)]);
    }

    #[test]
    fn what_started_within_the_time_had_nothing_before() {
        assert_eq!(values(&[row(0, 120, 10.0), row(1, 120, 12.0)]), [Some(10.0), Some(2.0)]);
    }

    #[test]
    fn differences_are_added_as_they_are() {
        let delta = |step, total| SeriesRow { delta: 1, total, step, ..SeriesRow::default() };
        assert_eq!(values(&[delta(0, 4.0), delta(1, -1.0)]), [Some(4.0), Some(-1.0)]);
    }
}
