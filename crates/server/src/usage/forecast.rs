//! What the next days will bring, and cost, if things go on as they did in the last ones.

use limen_model::AppId;

use super::{UsageByHour, Used};
use crate::limits::{FORECAST_DAYS, FORECAST_FROM_DAYS};

/// Figures of whole days, the oldest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Days {
    pub events: Vec<f64>,
    pub bytes_sent: Vec<f64>,
}

/// The days of 24 hours before this hour, which has not ended. Of a younger application only those that it was there for;
/// of one younger than a day, a day is as much as its hours were.
pub fn last_days(usage: &UsageByHour, app: &AppId, this_hour: i64) -> Days {
    let own = || usage.iter().filter(|((other, hour, _), _)| other == app && *hour < this_hour);
    let Some(first) = own().map(|((_, hour, _), _)| *hour).min() else { return Days::default() };
    let hours = this_hour - first;
    let whole = (hours / 24).min(FORECAST_FROM_DAYS);
    let sum = |from: i64, to: i64, figure: fn(&Used) -> u64| {
        let inside = own().filter(|((_, hour, _), _)| (from..to).contains(hour));
        inside.map(|(_, used)| figure(used)).sum::<u64>() as f64
    };
    let days = |figure: fn(&Used) -> u64| -> Vec<f64> {
        if whole == 0 {
            return vec![sum(first, this_hour, figure) / hours as f64 * 24.0];
        }
        (1..=whole).rev().map(|ago| sum(this_hour - 24 * ago, this_hour - 24 * (ago - 1), figure)).collect()
    };
    Days { events: days(|used| used.events), bytes_sent: days(|used| used.bytes_sent) }
}

/// The sum of the next days on the straight line that lies nearest to the days before (least squares). Fewer than three
/// days have no trend; nothing ever falls below zero.
pub fn next_days(days: &[f64]) -> f64 {
    let count = days.len() as f64;
    if days.is_empty() {
        return 0.0;
    }
    let level = days.iter().sum::<f64>() / count;
    let middle = (count - 1.0) / 2.0;
    let spread: f64 = (0..days.len()).map(|day| (day as f64 - middle).powi(2)).sum();
    let common: f64 = days.iter().enumerate().map(|(day, value)| (day as f64 - middle) * (value - level)).sum();
    let slope = if days.len() < 3 { 0.0 } else { common / spread };
    (0..FORECAST_DAYS).map(|ahead| (level + slope * (count + ahead as f64 - middle)).max(0.0)).sum()
}

#[cfg(test)]
mod tests {
    use limen_model::Signal;
    use proptest::prelude::*;

    use super::*;

    fn app() -> AppId {
        AppId::parse("shop").expect("valid")
    }

    fn usage(hours: impl IntoIterator<Item = (i64, u64)>) -> UsageByHour {
        let used = |events| Used { events, bytes_sent: 10 * events, ..Used::default() };
        hours.into_iter().map(|(hour, events)| ((app(), hour, Signal::Logs), used(events))).collect()
    }

    #[test]
    fn a_steady_application_goes_on_and_a_growing_one_grows() {
        assert_eq!(next_days(&[100.0; 7]), 3000.0);
        assert_eq!(next_days(&[]), 0.0);
        assert_eq!(next_days(&[50.0, 150.0]), 3000.0);
        // 10, 20, … 70 becomes 80, 90, … 370.
        let growing: Vec<f64> = (1..=7).map(|day| f64::from(day) * 10.0).collect();
        assert!((next_days(&growing) - (8..=37).map(|day| f64::from(day) * 10.0).sum::<f64>()).abs() < 1e-6);
        let ending: Vec<f64> = growing.into_iter().rev().collect();
        assert_eq!(next_days(&ending), 0.0);
    }

    #[test]
    fn the_days_are_those_before_this_hour_that_the_application_was_there_for() {
        let this_hour = 1_000;
        let steady = usage((700..=this_hour).map(|hour| (hour, 5)));
        assert_eq!(last_days(&steady, &app(), this_hour).events, [120.0; 7]);
        assert_eq!(last_days(&steady, &app(), this_hour).bytes_sent, [1200.0; 7]);
        let young = usage((this_hour - 50..this_hour).map(|hour| (hour, 5)));
        assert_eq!(last_days(&young, &app(), this_hour).events, [120.0; 2]);
        let newborn = usage([(this_hour - 2, 5), (this_hour - 1, 15), (this_hour, 1_000)]);
        assert_eq!(last_days(&newborn, &app(), this_hour).events, [240.0]);
        assert_eq!(last_days(&steady, &AppId::parse("blog").expect("valid"), this_hour), Days::default());
    }

    proptest! {
        #[test]
        fn twice_as_much_costs_twice_as_much(days in proptest::collection::vec(0.0_f64..1e9, 0..8)) {
            let twice: Vec<f64> = days.iter().map(|day| day * 2.0).collect();
            let (one, two) = (next_days(&days), next_days(&twice));
            prop_assert!(one >= 0.0 && (two - 2.0 * one).abs() <= 1e-6 * two.max(1.0));
        }
    }
}
