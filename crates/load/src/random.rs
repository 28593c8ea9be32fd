//! Repeatable chance: the same seed gives the same draws on every machine.

/// SplitMix64: one multiplication and a few shifts a draw, and any seed is a good one.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// An own stream for each pair, so that a session's draws do not depend on who made the one before.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut random = Self(seed);
        let start = random.next() ^ stream.wrapping_mul(0xD134_2543_DE82_EF95);
        Self(start)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to 1, which is never reached.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn happens(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// From the first to the last number, both included.
    pub fn between(&mut self, first: u64, last: u64) -> u64 {
        first + (self.share() * (last - first + 1) as f64) as u64
    }

    /// A draw of a log-normal distribution, which is what durations on the web look like.
    pub fn log_normal(&mut self, median: f64, sigma: f64) -> f64 {
        // Box and Muller; 1 - share is never 0.
        let radius = (-2.0 * (1.0 - self.share()).ln()).sqrt();
        median * (sigma * radius * (std::f64::consts::TAU * self.share()).cos()).exp()
    }

    pub fn id(&mut self) -> u128 {
        u128::from(self.next()) << 64 | u128::from(self.next())
    }
}

/// Draws places of a list by their weights.
#[derive(Debug, Clone)]
pub struct Choice(Vec<f64>);

impl Choice {
    /// The weights must not be empty; they need not add up to one.
    pub fn new(weights: impl IntoIterator<Item = f64>) -> Self {
        let mut sum = 0.0;
        let mut ends: Vec<f64> = weights
            .into_iter()
            .map(|weight| {
                sum += weight;
                sum
            })
            .collect();
        ends.iter_mut().for_each(|end| *end /= sum);
        Self(ends)
    }

    /// Zipf's law: the second is half as likely as the first, the third a third.
    pub fn zipf(count: usize) -> Self {
        Self::new((1..=count).map(|rank| 1.0 / rank as f64))
    }

    pub fn draw(&self, random: &mut Random) -> usize {
        let share = random.share();
        self.0.partition_point(|end| *end <= share).min(self.0.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWS: usize = 100_000;

    #[test]
    fn the_quantiles_of_a_log_normal_draw_are_those_of_the_formula() {
        let mut random = Random::new(7, 0);
        let mut draws: Vec<f64> = (0..DRAWS).map(|_| random.log_normal(1000.0, 0.5)).collect();
        draws.sort_by(f64::total_cmp);
        for (share, z) in [(0.05, -1.6449), (0.25, -0.6745), (0.5, 0.0), (0.75, 0.6745), (0.95, 1.6449), (0.99, 2.3263)]
        {
            let (found, formula) = (draws[(share * DRAWS as f64) as usize], 1000.0 * f64::exp(0.5 * z));
            assert!((found / formula - 1.0).abs() < 0.02, "p{share}: {found} instead of {formula}");
        }
    }

    #[test]
    fn zipf_gives_every_rank_its_share() {
        let (mut random, choice) = (Random::new(8, 0), Choice::zipf(10));
        let mut counts = [0_usize; 10];
        (0..DRAWS).for_each(|_| counts[choice.draw(&mut random)] += 1);
        let harmonic: f64 = (1..=10).map(|rank| 1.0 / f64::from(rank)).sum();
        for (rank, count) in (1..).zip(counts) {
            let expected = DRAWS as f64 / f64::from(rank) / harmonic;
            assert!((count as f64 - expected).abs() < 5.0 * expected.sqrt(), "rank {rank}: {count}, not {expected}");
        }
    }

    #[test]
    fn streams_of_one_seed_differ_and_repeat() {
        let first = |seed, stream| Random::new(seed, stream).next();
        assert_eq!(first(1, 2), first(1, 2));
        assert_ne!(first(1, 2), first(1, 3));
        assert_ne!(first(1, 2), first(2, 2));
    }

    #[test]
    fn between_reaches_both_ends_and_no_further() {
        let mut random = Random::new(9, 0);
        let drawn: std::collections::BTreeSet<u64> = (0..1000).map(|_| random.between(3, 5)).collect();
        assert_eq!(drawn.into_iter().collect::<Vec<_>>(), [3, 4, 5]);
    }
}
