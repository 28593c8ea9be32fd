//! Quantiles and histograms from bins.

use limen_store::rollup::bin_of;

use crate::HistogramBin;
use crate::metric::Bins;

/// The bins of one vital: the value that stands for each, and the weight in it, in the order of the values.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sketch {
    bins: Vec<(f64, f64)>,
}

/// Each key once with all of its weight, in the order of the keys, which for one vital is that of its values.
pub(super) fn added_up(keys: Vec<u32>, weights: Vec<f64>) -> Vec<(u32, f64)> {
    let mut bins: Vec<(u32, f64)> = keys.into_iter().zip(weights).collect();
    bins.sort_unstable_by_key(|(key, _)| *key);
    bins.dedup_by(|later, kept| {
        let same = later.0 == kept.0;
        if same {
            kept.1 += later.1;
        }
        same
    });
    bins
}

impl Sketch {
    /// One vital of bins that are added up.
    pub(super) fn of(bins: &[(u32, f64)], place: usize) -> Self {
        let found = bins.iter().filter_map(|(key, weight)| {
            let (vital, value) = bin_of(*key)?;
            (vital == place && *weight > 0.0).then_some((value, *weight))
        });
        Self { bins: found.collect() }
    }

    /// The smallest value at which the running weight reaches the level, as in `vitals.sql`; none without values.
    pub(crate) fn quantile(&self, level: f64) -> Option<f64> {
        let total: f64 = self.bins.iter().map(|(_, weight)| weight).sum();
        let mut running = 0.0;
        for (value, weight) in &self.bins {
            running += weight;
            // Sums of the same doubles in another order may differ in the last bits.
            if running >= level * total * (1.0 - 1e-12) {
                return Some(*value);
            }
        }
        self.bins.last().map(|(value, _)| *value)
    }

    /// The weight of values up to one; what stands for a bin decides for all of it.
    pub(crate) fn weight_up_to(&self, most: f64) -> f64 {
        self.bins.iter().filter(|(value, _)| *value <= most).map(|(_, weight)| weight).sum()
    }

    /// The weight in each equal bin; what stands for a bin of the sketch decides into which all of it goes.
    pub(crate) fn histogram(&self, bins: Bins) -> Vec<HistogramBin> {
        let edge = |index: u32| f64::from(index) * bins.width;
        let mut histogram: Vec<HistogramBin> = (0..=bins.count)
            .map(|index| HistogramBin {
                low: edge(index),
                high: (index < bins.count).then(|| edge(index + 1)),
                count: 0.0,
            })
            .collect();
        for (value, weight) in &self.bins {
            let index = ((value / bins.width).ceil() - 1.0).clamp(0.0, f64::from(bins.count)) as usize;
            if let Some(bin) = histogram.get_mut(index) {
                bin.count += weight;
            }
        }
        histogram
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Metric;

    /// Bins of the first and the second vital, in no order.
    fn sketch() -> Sketch {
        let bin = |vital: u32, number: u32| (vital << 16) + 32768 + number;
        let keys = vec![bin(1, 400), bin(2, 100), bin(1, 300), 1 << 16, bin(1, 300)];
        Sketch::of(&added_up(keys, vec![1.0, 9.0, 0.5, 1.0, 1.5]), 0)
    }

    #[test]
    fn a_bin_of_several_hours_is_there_once() {
        assert_eq!(added_up(vec![7, 3, 7], vec![1.0, 2.0, 4.0]), [(3, 2.0), (7, 5.0)]);
    }

    #[test]
    fn a_quantile_is_a_value_of_its_own_vital() {
        let sketch = sketch();
        let at = |level| sketch.quantile(level).expect("there are values");
        assert_eq!(at(0.25), 0.0);
        assert!(at(0.26) == at(0.75) && at(0.75) > 399.0 && at(0.75) < 405.0, "{}", at(0.75));
        assert!(at(1.0) > 2900.0 && at(1.0) < 3000.0);
        assert_eq!(Sketch::default().quantile(0.75), None);
    }

    #[test]
    fn the_histogram_holds_all_the_weight() {
        let bins = sketch().histogram(Metric::Lcp.bins());
        assert_eq!(bins.iter().map(|bin| bin.count).sum::<f64>(), 4.0);
        assert_eq!((bins[0].count, bins[1].count, bins[11].count), (1.0, 2.0, 1.0));
        assert_eq!([0.0, 500.0, 5000.0].map(|most| sketch().weight_up_to(most)), [1.0, 3.0, 4.0]);
    }
}
