//! The governor alone under any load, and with simulated visitors and services whose true number is known.

use std::collections::VecDeque;

use limen_model::sampling::{Randomness, Threshold};
use proptest::prelude::*;

use super::*;

/// Steps after which a load that does not change has its rate: halves downwards, a tenth upwards, from end to end.
const SETTLED: usize = 200;

/// What comes in of a load at a rate, without noise.
fn seen(load: f64, rate: f64) -> Seen {
    Seen { offered: load, accepted: load * rate, refused: false }
}

proptest! {
    #[test]
    fn a_steady_load_gets_one_rate_that_fits_and_keeps_it(
        load in 0.0_f64..1e6,
        events_max in 1.0_f64..1e5,
        begin in SAMPLING_RATE_MIN..=1.0,
    ) {
        let mut rates = vec![begin];
        for _ in 0..SETTLED {
            let rate = *rates.last().expect("one");
            rates.push(next_rate(rate, seen(load, rate), events_max));
        }
        let last = *rates.last().expect("one");
        let fits = (events_max * SAMPLING_TARGET / load.max(1e-9)).clamp(SAMPLING_RATE_MIN, 1.0);
        prop_assert!((last / fits - 1.0).abs() <= SAMPLING_BAND / (1.0 - SAMPLING_BAND) + 1e-9, "{last} where {fits} fits");
        prop_assert!(load * last <= events_max || last == SAMPLING_RATE_MIN);
        let turns = rates.windows(3).filter(|step| (step[1] - step[0]) * (step[2] - step[1]) < 0.0).count();
        prop_assert!(turns == 0, "it swings: {rates:?}");
    }

    #[test]
    fn whatever_comes_a_step_is_bounded_and_the_rate_is_a_share(
        loads in proptest::collection::vec((0.0_f64..1e9, 0.0_f64..1e9, any::<bool>()), 1..200),
        events_max in 1.0_f64..1e6,
    ) {
        let mut rate = 1.0;
        for (offered, accepted, refused) in loads {
            let next = next_rate(rate, Seen { offered, accepted, refused }, events_max);
            prop_assert!((SAMPLING_RATE_MIN..=1.0).contains(&next));
            prop_assert!(next >= rate * SAMPLING_DOWN_MAX - 1e-12 && next <= rate * SAMPLING_UP_MAX + 1e-12);
            rate = next;
        }
    }
}

#[test]
fn a_refusal_halves_the_rate_and_a_pause_opens_the_gate_again() {
    let mut governor = Governor::beginning_at(0);
    governor.note(Seen { refused: true, ..Seen::default() });
    assert_eq!(governor.rate(1, 100.0), 0.5);
    governor.note(Seen { offered: 1e6, ..Seen::default() });
    assert_eq!(governor.rate(2, 100.0), 0.25);
    assert_eq!(governor.rate(3_600, 100.0), 1.0);
    assert_eq!(governor.rate(5, 100.0), 1.0, "a clock does not go back");
}

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn draw(&mut self) -> Randomness {
        Randomness::of_bits(self.next())
    }

    /// About so many, one more or less by chance.
    fn about(&mut self, many: f64) -> usize {
        many as usize + usize::from((self.next() >> 11) as f64 / ((1_u64 << 53) as f64) < many.fract())
    }
}

const EVENTS_MAX: f64 = 1_000.0;
/// A session sends one event a second for so long, with the probability that held when it began.
const SESSION_SECONDS: u64 = 60;
const CALM: u64 = 300;
const END: u64 = 1_500;

/// Of every second: events that there were, events that came in, and for how many those stand.
struct World {
    there: Vec<f64>,
    came: Vec<f64>,
    stand_for: Vec<f64>,
}

/// The sessions that began in one second.
#[derive(Default)]
struct Cohort {
    there: f64,
    came: f64,
    stand_for: f64,
}

/// `load` says how many sessions begin in a second; `operator` is the share that the operator wants.
fn visitors(seed: u64, operator: f64, load: impl Fn(u64) -> f64) -> World {
    let (mut random, mut governor) = (Random(seed), Governor::beginning_at(0));
    let (mut world, mut running) = (World { there: vec![], came: vec![], stand_for: vec![] }, VecDeque::new());
    for second in 0..END {
        let probability = governor.rate(second, EVENTS_MAX).min(operator);
        let threshold = Threshold::of_probability(probability);
        let mut cohort = Cohort::default();
        for _ in 0..random.about(load(second)) {
            cohort.there += 1.0;
            if threshold.keeps(random.draw()) {
                cohort.came += 1.0;
                cohort.stand_for += 1.0 / threshold.probability();
            }
        }
        running.push_back(cohort);
        if running.len() as u64 > SESSION_SECONDS {
            running.pop_front();
        }
        let sum = |figure: fn(&Cohort) -> f64| running.iter().map(figure).sum::<f64>();
        let (came, stand_for) = (sum(|cohort| cohort.came), sum(|cohort| cohort.stand_for));
        governor.note(Seen { offered: stand_for, accepted: came, refused: false });
        world.there.push(sum(|cohort| cohort.there));
        world.came.push(came);
        world.stand_for.push(stand_for);
    }
    world
}

/// Spans of services, which the server thins out itself: the rate holds from the next second on.
fn services(seed: u64, seconds: u64, load: impl Fn(u64) -> f64) -> World {
    let (mut random, mut governor) = (Random(seed), Governor::beginning_at(0));
    let mut world = World { there: vec![], came: vec![], stand_for: vec![] };
    for second in 0..seconds {
        let threshold = Threshold::of_probability(governor.rate(second, EVENTS_MAX));
        let there = random.about(load(second));
        let came = (0..there).filter(|_| threshold.keeps(random.draw())).count() as f64;
        governor.note(Seen { offered: there as f64, accepted: came, refused: false });
        world.there.push(there as f64);
        world.came.push(came);
        world.stand_for.push(came / threshold.probability());
    }
    world
}

/// Over many worlds the sum of the weights is the truth: the error is within four of its standard errors.
fn assert_unbiased(worlds: &[World]) {
    let error = |world: &World| world.stand_for.iter().sum::<f64>() / world.there.iter().sum::<f64>() - 1.0;
    let errors: Vec<f64> = worlds.iter().map(error).collect();
    let count = errors.len() as f64;
    let center = errors.iter().sum::<f64>() / count;
    let variance = errors.iter().map(|error| (error - center).powi(2)).sum::<f64>() / (count - 1.0);
    let standard = (variance / count).sqrt();
    assert!(center.abs() <= 4.0 * standard, "the weighted count is {center:+.5} off, {standard:.5} would be chance");
    assert!(standard < 0.01, "the test sees a bias of one per cent: {standard}");
}

#[test]
fn ten_times_the_visitors_stay_below_the_maximum_and_are_counted_right() {
    // 600 events a second in calm, 6,000 after it, and calm again in the end.
    let load = |second| if (CALM..CALM + 600).contains(&second) { 100.0 } else { 10.0 };
    let worlds: Vec<World> = (0..40).map(|seed| visitors(seed, 1.0, load)).collect();
    for world in &worlds {
        // The sessions that began before the rate had fallen go on for their time.
        let settled = CALM + SESSION_SECONDS + 10;
        let after = &world.came[settled as usize..];
        let most = after.iter().copied().fold(0.0, f64::max);
        assert!(most <= EVENTS_MAX, "{most} events a second");
        let used = world.came[settled as usize..CALM as usize + 600].iter().sum::<f64>() / (600.0 - 70.0);
        assert!(used >= EVENTS_MAX * 0.5, "only {used} events a second are used of what may come");
        assert!(world.came[END as usize - 1] >= 550.0, "in calm everything comes in again");
    }
    assert_unbiased(&worlds);
}

#[test]
fn ten_times_the_spans_stay_below_the_maximum_within_seconds_and_are_counted_right() {
    let calm = 30;
    let load = |second| if second < calm { 600.0 } else { 6_000.0 };
    let worlds: Vec<World> = (0..20).map(|seed| services(seed, 4 * calm, load)).collect();
    for world in &worlds {
        let most = world.came[calm as usize + 5..].iter().copied().fold(0.0, f64::max);
        assert!(most <= EVENTS_MAX, "{most} events a second");
    }
    assert_unbiased(&worlds);
}

#[test]
fn a_share_that_the_operator_set_is_never_exceeded() {
    let world = visitors(7, 0.25, |_| 10.0);
    let came = world.came[SESSION_SECONDS as usize..].iter().sum::<f64>();
    let there = world.there[SESSION_SECONDS as usize..].iter().sum::<f64>();
    assert!((0.23..0.27).contains(&(came / there)), "{}", came / there);
}
