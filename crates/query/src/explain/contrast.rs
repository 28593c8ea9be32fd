//! How much slower a cohort is than it was, and how sure that is.
//!
//! Values become scores: the share of the comparison's values below them (ridits; Bross, "How to use ridit analysis",
//! Biometrics 1958). Scores are compared within each cell and the differences added up, each cell with the weight
//! n·m / (n + m), as Cochran, Mantel and Haenszel do (Landis, Heyman and Koch, "Average partial association in three-way
//! contingency tables", 1978): whoever comes more often than before changes no difference, so a shift of the mix is no change.
//!
//! The variance has two parts: that of sessions within cells, and what days differ by although nothing happened, which the
//! periods of the comparison show among themselves. Everything here is a sum over cells, so a cohort is added up once.

use super::cells::Cell;

/// Sums over the cells of one cohort.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Contrast {
    weight: f64,
    difference: f64,
    variance: f64,
    squares: f64,
    freedom: f64,
    /// The same three for each period of the comparison against all of them.
    between: Vec<[f64; 3]>,
    pub sessions: f64,
    pub sessions_before: f64,
    pub views: f64,
}

/// What is the same for all cohorts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Noise {
    /// The variance of one session's view.
    pub of_session: f64,
    /// How many times more scores vary than cells know, because a session may have views in many cells.
    pub beyond: f64,
}

/// What a contrast says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Finding {
    /// The shift of the score: +0.1 is a tenth of the former distribution further up.
    pub shift: f64,
    /// In units of its standard error, made comparable with the normal distribution.
    pub z: f64,
    /// The same by sessions alone, as if days did not differ.
    pub z_of_sessions: f64,
    /// How much of the differences between sessions the shift takes away, in units of their variance.
    pub gain: f64,
}

impl Contrast {
    pub fn of(cell: &Cell) -> Option<Self> {
        let (window, before) = cell.periods.split_first()?;
        let mut all = super::cells::Sums::default();
        before.iter().for_each(|period| all += *period);
        let mut contrast = Contrast { sessions: window.sessions, views: window.b, ..Contrast::default() };
        contrast.sessions_before = all.sessions;
        contrast.between = vec![[0.0; 3]; before.len()];
        for sums in cell.periods.iter() {
            let (squares, freedom) = sums.squares();
            contrast.squares += squares;
            contrast.freedom += freedom;
        }
        if all.b <= 0.0 {
            return Some(contrast);
        }
        if window.b > 0.0 {
            let weight = window.b * all.b / (window.b + all.b);
            contrast.weight = weight;
            contrast.difference = weight * (window.score() - all.score());
            contrast.variance = weight * weight * (window.variance() + all.variance());
        }
        for (sums, between) in before.iter().zip(&mut contrast.between) {
            if sums.b > 0.0 {
                let weight = sums.b;
                *between = [weight, weight * (sums.score() - all.score()), weight * weight * sums.variance()];
            }
        }
        Some(contrast)
    }

    pub fn add(&mut self, other: &Contrast) {
        self.weight += other.weight;
        self.difference += other.difference;
        self.variance += other.variance;
        self.squares += other.squares;
        self.freedom += other.freedom;
        self.sessions += other.sessions;
        self.sessions_before += other.sessions_before;
        self.views += other.views;
        self.between.resize(self.between.len().max(other.between.len()), [0.0; 3]);
        for (own, others) in self.between.iter_mut().zip(&other.between) {
            own.iter_mut().zip(others).for_each(|(own, other)| *own += other);
        }
    }

    /// None when there is nothing to compare with.
    pub fn finding(&self, noise: Noise) -> Option<Finding> {
        if self.weight <= 0.0 || self.freedom <= 0.0 {
            return None;
        }
        let of_session = noise.beyond * self.squares / self.freedom;
        let shift = self.difference / self.weight;
        let within = of_session * self.variance / (self.weight * self.weight);
        let (days, periods) = self.days(of_session);
        let variance = within + days * (1.0 + 1.0 / periods.max(1.0));
        if variance <= 0.0 {
            return None;
        }
        let t = shift / variance.sqrt();
        // Satterthwaite's degrees of freedom: only the days are few.
        let share = days * (1.0 + 1.0 / periods.max(1.0)) / variance;
        let freedom = (periods - 1.0).max(1.0) / (share * share).max(1e-9);
        // With the variance of all sessions, because that of a cohort's own, and of its days, is small in some by chance.
        let gain = shift * shift * self.weight / noise.of_session;
        Some(Finding { shift, z: as_normal(t, freedom), z_of_sessions: shift / within.sqrt(), gain })
    }

    /// What the score of a day differs by beyond what its sessions explain, as a variance, and over how many days.
    fn days(&self, of_session: f64) -> (f64, f64) {
        let (found, expected, periods) = self.between();
        (if periods < 2.0 { 0.0 } else { (found - of_session * expected).max(0.0) }, periods)
    }

    /// The variance of the score between the periods of the comparison; what it would be if sessions varied by one; how many
    /// periods there are.
    fn between(&self) -> (f64, f64, f64) {
        let seen: Vec<&[f64; 3]> = self.between.iter().filter(|[weight, ..]| *weight > 0.0).collect();
        let periods = seen.len() as f64;
        let (mut found, mut expected) = (0.0, 0.0);
        for [weight, difference, variance] in seen {
            found += (difference / weight).powi(2) / (periods - 1.0).max(1.0);
            expected += variance / (weight * weight) / periods;
        }
        (found, expected, periods)
    }

    /// How many times more the periods differ than the sessions in each cell let expect; none with too few periods.
    pub fn beyond(&self) -> Option<f64> {
        let (found, expected, periods) = self.between();
        let expected = expected * self.squares / self.freedom;
        (periods >= 3.0 && expected > 0.0).then(|| found / expected)
    }

    /// The variance of one session's view.
    pub fn of_session(&self) -> f64 {
        self.squares / self.freedom
    }
}

/// Student's t as the normal deviate of the same probability (Abramowitz and Stegun, 26.7.8).
fn as_normal(t: f64, freedom: f64) -> f64 {
    t * (1.0 - 1.0 / (4.0 * freedom)) / (1.0 + t * t / (2.0 * freedom)).sqrt()
}

/// The probability of a normal deviate above `z` (Abramowitz and Stegun, 7.1.26; for large ones the first term of 26.2.12).
pub(crate) fn upper_tail(z: f64) -> f64 {
    let x = z.abs() / std::f64::consts::SQRT_2;
    let tail = if x > 3.0 {
        (-x * x).exp() / (2.0 * x * std::f64::consts::PI.sqrt())
    } else {
        let t = 1.0 / (1.0 + 0.327_591_1 * x);
        let series = [0.254_829_592, -0.284_496_736, 1.421_413_741, -1.453_152_027, 1.061_405_429];
        series.iter().rev().fold(0.0, |sum, factor| (sum + factor) * t) * (-x * x).exp() / 2.0
    };
    if z > 0.0 { tail } else { 1.0 - tail }
}

#[cfg(test)]
mod tests {
    use super::super::cells::{ANY, DIMENSIONS, Sums};
    use super::*;

    fn sums(sessions: u32, score: f64) -> Sums {
        let mut sums = Sums::default();
        for number in 0..sessions {
            sums.add_session(score + if number % 2 == 0 { 0.1 } else { -0.1 }, 1.0);
        }
        sums
    }

    fn cell(window: (u32, f64), before: [(u32, f64); 3]) -> Contrast {
        let periods = [window].into_iter().chain(before).map(|(sessions, score)| sums(sessions, score)).collect();
        Contrast::of(&Cell { values: [ANY; DIMENSIONS], periods }).expect("periods")
    }

    fn finding(contrast: &Contrast) -> Option<Finding> {
        contrast.finding(Noise { of_session: contrast.of_session(), beyond: 1.0 })
    }

    #[test]
    fn a_shift_of_the_mix_is_no_change() {
        let mut all = cell((100, 0.2), [(500, 0.2), (500, 0.2), (500, 0.2)]);
        all.add(&cell((900, 0.8), [(100, 0.8), (100, 0.8), (100, 0.8)]));
        let finding = finding(&all).expect("a finding");
        assert!(finding.shift.abs() < 1e-9 && finding.z.abs() < 1e-6, "{finding:?}");
    }

    #[test]
    fn what_days_differ_by_is_no_change_either() {
        let calm = finding(&cell((400, 0.6), [(400, 0.5), (400, 0.5), (400, 0.5)])).expect("a finding");
        let wild = finding(&cell((400, 0.6), [(400, 0.4), (400, 0.6), (400, 0.5)])).expect("a finding");
        assert!((calm.shift - 0.1).abs() < 1e-9 && calm.z > 8.0, "{calm:?}");
        assert!((wild.shift - 0.1).abs() < 1e-9 && wild.z < 1.5, "{wild:?}");
    }

    #[test]
    fn what_was_never_there_before_has_nothing_to_be_compared_with() {
        assert_eq!(finding(&cell((400, 0.6), [(0, 0.0); 3])), None);
    }

    #[test]
    fn the_tails_are_those_of_the_tables() {
        for (z, tail) in [(0.0, 0.5), (1.959_964, 0.025), (4.0, 3.167_1e-5), (-1.0, 0.841_345), (6.0, 9.866e-10)] {
            assert!((upper_tail(z) / tail - 1.0).abs() < 0.06, "{z}: {}", upper_tail(z));
        }
        // Student's t with 6 degrees of freedom is above 3.143 in 1 % of cases; the approximation is a little less sure.
        assert!((0.01..0.014).contains(&upper_tail(as_normal(3.143, 6.0))));
    }
}
