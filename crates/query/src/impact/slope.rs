//! How much less often sessions get to the end for each unit that their page took longer, from sums over sessions.
//!
//! A line is fitted to "got there or not" by weighted least squares: its slope is a difference of shares, which a person can
//! read, and needs no model of the curve. Its error is the sandwich of Eicker, Huber and White (White, "A
//! heteroskedasticity-consistent covariance matrix estimator", Econometrica 1980), because the spread of a yes-or-no differs from
//! place to place and weights are no counts. Within strata every stratum has its own level, and the slope is common (the
//! "within" estimator of fixed effects; Wooldridge, "Econometric Analysis of Cross Section and Panel Data", §10.5).

use crate::precision::NORMAL;

/// Sums over the sessions of one stratum.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Moments {
    pub w: f64,
    pub wc: f64,
    pub wx: f64,
    pub wxx: f64,
    pub wxc: f64,
    /// Of squared weights: times the powers 0 to 4 of x …
    pub squares: [f64; 5],
    /// … and of those that got there, 0 to 3.
    pub converted: [f64; 4],
}

/// The slope with its 95 % interval, as a share per unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Slope {
    pub change: f64,
    pub low: f64,
    pub high: f64,
}

impl Moments {
    #[cfg(test)]
    pub fn of(sessions: impl Iterator<Item = (f64, f64, bool)>) -> Self {
        sessions.fold(Self::default(), |mut sums, (w, x, got_there)| {
            let c = f64::from(u8::from(got_there));
            let (s, r) = (w * w, w * w * c);
            sums.add(&Self {
                w,
                wc: w * c,
                wx: w * x,
                wxx: w * x * x,
                wxc: w * x * c,
                squares: [s, s * x, s * x * x, s * x.powi(3), s * x.powi(4)],
                converted: [r, r * x, r * x * x, r * x.powi(3)],
            });
            sums
        })
    }

    pub fn add(&mut self, other: &Self) {
        self.w += other.w;
        self.wc += other.wc;
        self.wx += other.wx;
        self.wxx += other.wxx;
        self.wxc += other.wxc;
        self.squares.iter_mut().zip(other.squares).for_each(|(own, other)| *own += other);
        self.converted.iter_mut().zip(other.converted).for_each(|(own, other)| *own += other);
    }

    /// Weighted sums of squares and products around the stratum's own means.
    fn spread(&self) -> (f64, f64) {
        (self.wxx - self.wx * self.wx / self.w, self.wxc - self.wx * self.wc / self.w)
    }

    /// The sum of w²·(x − x̄)²·e² with e what the line leaves of a session; c is 0 or 1, so c² is c.
    fn left(&self, slope: f64) -> f64 {
        let (middle, share) = (self.wx / self.w, self.wc / self.w);
        // e = c − u − slope·(x − x̄) with u the share; with d = x − x̄ the moments of d are those of x, shifted.
        let [s0, s1, s2, s3, s4] = self.squares;
        let [c0, c1, c2, c3] = self.converted;
        let m = middle;
        let d2 = s2 - 2.0 * m * s1 + m * m * s0;
        let d3 = s3 - 3.0 * m * s2 + 3.0 * m * m * s1 - m.powi(3) * s0;
        let d4 = s4 - 4.0 * m * s3 + 6.0 * m * m * s2 - 4.0 * m.powi(3) * s1 + m.powi(4) * s0;
        let e2 = c2 - 2.0 * m * c1 + m * m * c0;
        let e3 = c3 - 3.0 * m * c2 + 3.0 * m * m * c1 - m.powi(3) * c0;
        (1.0 - 2.0 * share) * e2 + share * share * d2 + slope * slope * d4 - 2.0 * slope * e3 + 2.0 * share * slope * d3
    }
}

/// The common slope of some strata; none when the page was equally fast for all.
pub(super) fn slope(strata: &[Moments]) -> Option<Slope> {
    let strata: Vec<&Moments> = strata.iter().filter(|sums| sums.w > 0.0).collect();
    let (mut xx, mut xc) = (0.0, 0.0);
    for sums in &strata {
        let (of_x, of_both) = sums.spread();
        (xx, xc) = (xx + of_x.max(0.0), xc + of_both);
    }
    if xx <= 1e-9 {
        return None;
    }
    let change = xc / xx;
    let variance = strata.iter().map(|sums| sums.left(change)).sum::<f64>().max(0.0) / (xx * xx);
    let reach = NORMAL * variance.sqrt();
    Some(Slope { change, low: change - reach, high: change + reach })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SplitMix64 (Steele, Lea and Flood, 2014), as a number between 0 and 1.
    struct Random(u64);

    impl Random {
        fn unit(&mut self) -> f64 {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = self.0;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
        }
    }

    /// Phones are slower and buy less, whatever the page does; each unit costs `true_change`. A part is drawn, with weights.
    fn world(seed: u64, true_change: f64) -> [Moments; 2] {
        let mut random = Random(seed);
        [(0.5, 10.0), (0.25, 20.0)].map(|(share, slow)| {
            let mut drawn = Vec::new();
            for _ in 0..3000 {
                let x = slow * (0.5 + random.unit());
                let got_there = random.unit() < (share + true_change * (x - slow)).clamp(0.0, 1.0);
                let kept = if x > slow { 0.8 } else { 0.4 };
                if random.unit() < kept {
                    drawn.push((1.0 / kept, x, got_there));
                }
            }
            Moments::of(drawn.into_iter())
        })
    }

    /// In how many of 400 worlds the interval holds the truth.
    fn held(true_change: f64, of: impl Fn(&[Moments; 2]) -> Option<Slope>) -> usize {
        let holds = |seed: &u64| {
            let slope = of(&world(seed.wrapping_mul(0x5851_f42d_4c95_7f2d), true_change)).expect("a slope");
            (slope.low..=slope.high).contains(&true_change)
        };
        (1..=400).filter(holds).count()
    }

    #[test]
    fn the_interval_within_kinds_of_visitors_holds_the_truth_as_often_as_it_says() {
        for true_change in [0.0, -0.008] {
            let held = held(true_change, |strata| slope(strata));
            assert!((370..=391).contains(&held), "{true_change}: {held} of 400");
        }
    }

    #[test]
    fn without_kinds_of_visitors_phones_are_taken_for_the_speed() {
        let held = held(0.0, |strata| {
            let mut all = strata[0];
            all.add(&strata[1]);
            slope(&[all])
        });
        assert!(held < 5, "{held} of 400");
    }

    #[test]
    fn the_sums_give_what_the_sessions_themselves_would() {
        let sessions = [(1.0, 1.0, true), (2.0, 3.0, false), (1.5, 2.0, true), (1.0, 5.0, false), (3.0, 4.0, true)];
        let sums = Moments::of(sessions.into_iter());
        let found = slope(&[sums]).expect("a slope");
        let (w, x, c) = sessions
            .iter()
            .fold((0.0, 0.0, 0.0), |sum, (w, x, c)| (sum.0 + w, sum.1 + w * x, sum.2 + w * f64::from(u8::from(*c))));
        let (middle, share) = (x / w, c / w);
        let of = |each: fn(f64, f64, f64) -> f64| -> f64 {
            sessions.iter().map(|(w, x, c)| each(*w, x - middle, f64::from(u8::from(*c)) - share)).sum()
        };
        let (xx, xc) = (of(|w, d, _| w * d * d), of(|w, d, e| w * d * e));
        assert!((found.change - xc / xx).abs() < 1e-12);
        let left: f64 = sessions
            .iter()
            .map(|(w, x, c)| {
                let (d, e) = (x - middle, f64::from(u8::from(*c)) - share);
                w * w * d * d * (e - found.change * d).powi(2)
            })
            .sum();
        assert!(((found.high - found.low) / 2.0 - NORMAL * left.sqrt() / xx).abs() < 1e-9);
    }

    #[test]
    fn without_a_difference_of_speed_there_is_no_slope() {
        assert_eq!(slope(&[Moments::of([(1.0, 2.0, true), (1.0, 2.0, false)].into_iter())]), None);
        assert_eq!(slope(&[]), None);
    }
}
