//! When people visit: more in the evening than at night, less on weekends. Spreads events over days of the past.

const HOUR_NANO: i64 = 3_600_000_000_000;
const DAY_HOURS: i64 = 24;

/// How busy each hour of a day is, from midnight UTC.
const BY_HOUR: [f64; 24] = [
    0.35, 0.25, 0.20, 0.18, 0.20, 0.30, 0.50, 0.75, 0.95, 1.05, 1.10, 1.15, 1.20, 1.15, 1.10, 1.10, 1.15, 1.25, 1.40,
    1.55, 1.60, 1.40, 1.00, 0.60,
];
/// How busy each day of a week is, from Thursday: the first of 1970 was one.
const BY_DAY: [f64; 7] = [1.05, 1.00, 0.75, 0.80, 1.10, 1.10, 1.08];

/// Turns a share of all events into the time of the event there.
#[derive(Debug, Clone)]
pub struct Curve {
    from_unix_nano: i64,
    to_unix_nano: i64,
    /// The share of everything that lies before the end of each hour.
    ends: Vec<f64>,
}

impl Curve {
    pub fn new(from_unix_nano: i64, to_unix_nano: i64) -> Self {
        let hours = (to_unix_nano - from_unix_nano + HOUR_NANO - 1) / HOUR_NANO;
        let mut sum = 0.0;
        let mut ends: Vec<f64> = (0..hours.max(1))
            .map(|hour| {
                sum += busy(from_unix_nano / HOUR_NANO + hour);
                sum
            })
            .collect();
        ends.iter_mut().for_each(|end| *end /= sum);
        Self { from_unix_nano, to_unix_nano, ends }
    }

    pub fn time_unix_nano(&self, share: f64) -> i64 {
        let hour = self.ends.partition_point(|end| *end <= share).min(self.ends.len() - 1);
        let before = if hour == 0 { 0.0 } else { self.ends[hour - 1] };
        let within = ((share - before) / (self.ends[hour] - before)).clamp(0.0, 1.0);
        let time = self.from_unix_nano + ((hour as f64 + within) * HOUR_NANO as f64) as i64;
        time.min(self.to_unix_nano)
    }
}

fn busy(hour: i64) -> f64 {
    let day = usize::try_from((hour / DAY_HOURS).rem_euclid(7)).unwrap_or(0);
    BY_DAY[day] * BY_HOUR[usize::try_from(hour.rem_euclid(DAY_HOURS)).unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_filled_from_end_to_end_in_order() {
        let curve = Curve::new(0, 7 * 24 * HOUR_NANO);
        let times: Vec<i64> = (0..=1000).map(|n| curve.time_unix_nano(f64::from(n) / 1000.0)).collect();
        assert!(times.is_sorted());
        assert_eq!((times[0], times[1000]), (0, 7 * 24 * HOUR_NANO));
    }

    #[test]
    fn evenings_have_as_much_more_than_nights_as_the_table_says() {
        let curve = Curve::new(0, 7 * 24 * HOUR_NANO);
        let mut by_hour = [0_u32; 24];
        (0..100_000).for_each(|n| {
            let hour = curve.time_unix_nano((f64::from(n) + 0.5) / 100_000.0) / HOUR_NANO;
            by_hour[(hour % 24) as usize] += 1;
        });
        let found = f64::from(by_hour[20]) / f64::from(by_hour[3]);
        assert!((found - BY_HOUR[20] / BY_HOUR[3]).abs() < 0.1, "{found}");
    }

    #[test]
    fn a_minute_of_the_past_is_a_curve_too() {
        let curve = Curve::new(5, 65);
        assert!((5..=65).contains(&curve.time_unix_nano(0.5)));
        assert!((5..=65).contains(&curve.time_unix_nano(2.0)));
    }
}
