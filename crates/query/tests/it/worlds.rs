//! Worlds with a known truth: visitors, some of whose sessions are drawn, with a probability that depends on much.

use limen_model::enriched::View;

use crate::rows::{MINUTE, view};

/// The world of this number begins so many minutes after the first.
pub const APART: i64 = 60;
/// Who waits longer is not satisfied any more.
pub const TARGET_MS: f64 = 2000.0;

/// What is true of a world, whoever was drawn.
#[derive(Debug)]
pub struct Truth {
    /// Of all who might have come.
    pub p75: f64,
    pub good: f64,
    pub poor: f64,
    pub error_rate: f64,
    pub apdex: f64,
    /// Of those who came.
    pub sessions: f64,
    pub views: f64,
    pub requests: f64,
}

#[derive(Debug)]
pub struct World {
    pub truth: Truth,
    /// Of the sessions that were drawn or brought back.
    pub views: Vec<View<'static>>,
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

    /// Between 0 and 1, neither of them.
    fn unit(&mut self) -> f64 {
        ((self.next() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// By Box and Muller.
    fn normal(&mut self) -> f64 {
        (-2.0 * self.unit().ln()).sqrt() * (std::f64::consts::TAU * self.unit()).cos()
    }
}

/// How the visitors of one world are.
struct Nature {
    sessions: usize,
    /// Mean and spread of the logarithm of the LCP: between visitors, and between the views of one.
    mean: f64,
    between_visitors: f64,
    within: f64,
    /// The share of visitors with a bad day: their pages are slower by this factor's logarithm, and fail more.
    unlucky: f64,
    slower: f64,
    fails: f64,
    fails_unlucky: f64,
    /// Another page follows with this probability.
    goes_on: f64,
}

/// How sessions are drawn: what follows the load, and what some deserve.
struct Rules {
    base: f64,
    /// In the middle of the hour there is so much load that this share of the base is left.
    at_peak: f64,
    high_value: f64,
    errors: f64,
    still: f64,
    /// Of the views of one route, where that is less than of their session.
    help: f64,
}

/// All views of this route are kept, whoever opens it.
const HIGH_VALUE: &str = "/checkout";
const LOW_VALUE: &str = "/help";

const VIEWS_MAX: usize = 12;

pub fn world(number: u64) -> World {
    let random = &mut Random(number.wrapping_mul(0x5851_f42d_4c95_7f2d) ^ 0x1234_5678);
    let nature = Nature {
        sessions: random.between(300.0, 1300.0) as usize,
        mean: random.between(1200.0, 3200.0).ln(),
        between_visitors: random.between(0.1, 0.6),
        within: random.between(0.2, 0.6),
        unlucky: random.between(0.05, 0.3),
        slower: random.between(0.0, 0.7),
        fails: random.between(0.01, 0.05),
        fails_unlucky: random.between(0.2, 0.6),
        goes_on: random.between(0.2, 0.7),
    };
    let rules = Rules {
        base: random.between(0.15, 0.9),
        at_peak: random.between(0.3, 1.0),
        high_value: random.between(0.6, 1.0),
        errors: random.between(0.5, 1.0),
        still: random.between(0.5, 1.0),
        help: random.between(0.1, 0.9),
    };
    let mut truth = Truth {
        p75: nature.quantile(0.75),
        good: nature.at_most(2500.0),
        poor: 1.0 - nature.at_most(4000.0),
        error_rate: nature.unlucky * nature.fails_unlucky + (1.0 - nature.unlucky) * nature.fails,
        apdex: nature.apdex(TARGET_MS),
        sessions: nature.sessions as f64,
        views: 0.0,
        requests: 0.0,
    };
    let mut views = Vec::new();
    for session in 0..nature.sessions {
        let visit = visit(&nature, random, number, session);
        truth.views += visit.len() as f64;
        truth.requests += visit.iter().map(|view| f64::from(view.requests)).sum::<f64>();
        views.extend(drawn(&rules, random, session as f64 / nature.sessions as f64, visit));
    }
    World { truth, views }
}

fn visit(nature: &Nature, random: &mut Random, number: u64, session: usize) -> Vec<View<'static>> {
    let unlucky = random.happens(nature.unlucky);
    let own = nature.mean + nature.between_visitors * random.normal() + if unlucky { nature.slower } else { 0.0 };
    let fails = if unlucky { nature.fails_unlucky } else { nature.fails };
    let start =
        number as i64 * APART * MINUTE + (session as f64 / nature.sessions as f64 * 59.0 * MINUTE as f64) as i64;
    let mut views = Vec::new();
    while views.is_empty() || (views.len() < VIEWS_MAX && random.happens(nature.goes_on)) {
        views.push(View {
            lcp: Some((own + nature.within * random.normal()).exp()),
            errors: u32::from(random.happens(fails)),
            requests: random.between(0.0, 8.0) as u32,
            route: ["/", "/item", LOW_VALUE, HIGH_VALUE][random.between(0.0, 3.4) as usize].into(),
            ..view(&format!("{number}-{session}"), &format!("{number}-{session}-{}", views.len()), start)
        });
    }
    views
}

/// The views that are recorded, each with the inverse of its own probability. One draw decides for all views of a session: of a
/// route that has a share of its own the smaller one counts, and those of high value are always in. Who is there only for that,
/// or for an error, brings the other views along with weight 0.
fn drawn(rules: &Rules, random: &mut Random, when: f64, visit: Vec<View<'static>>) -> Vec<View<'static>> {
    let load = 1.0 - (2.0 * when - 1.0).abs();
    let base = rules.base * (1.0 - load * (1.0 - rules.at_peak));
    let failed = visit.iter().any(|view| view.errors > 0);
    let of_session = if visit.len() > 5 {
        base.max(rules.high_value)
    } else if failed {
        base.max(rules.errors)
    } else if visit.len() == 1 {
        base * rules.still
    } else {
        base
    };
    let brought_back = failed || visit.iter().any(|view| view.route == HIGH_VALUE);
    let draw = random.unit();
    let weight = |view: &View<'_>| {
        let probability = match &*view.route {
            HIGH_VALUE => 1.0,
            LOW_VALUE => of_session.min(rules.help),
            _ => of_session,
        };
        if draw < probability { Some(1.0 / probability) } else { (brought_back && draw >= of_session).then_some(0.0) }
    };
    visit.into_iter().filter_map(|view| Some(View { weight: weight(&view)?, ..view })).collect()
}

impl Nature {
    /// The share of LCPs up to a value, over visitors of both kinds.
    fn at_most(&self, value: f64) -> f64 {
        let [lucky, unlucky] = self.both_at_most(value);
        (1.0 - self.unlucky) * lucky + self.unlucky * unlucky
    }

    fn both_at_most(&self, value: f64) -> [f64; 2] {
        let spread = self.between_visitors.hypot(self.within);
        [self.mean, self.mean + self.slower].map(|mean| normal_share((value.ln() - mean) / spread))
    }

    /// Views fail however long they take.
    fn apdex(&self, target: f64) -> f64 {
        let (satisfied, tolerating) = (self.both_at_most(target), self.both_at_most(4.0 * target));
        let of = |kind: usize| f64::midpoint(satisfied[kind], tolerating[kind]);
        (1.0 - self.unlucky) * (1.0 - self.fails) * of(0) + self.unlucky * (1.0 - self.fails_unlucky) * of(1)
    }

    fn quantile(&self, p: f64) -> f64 {
        let (mut low, mut high) = (1.0_f64, 1e6_f64);
        for _ in 0..100 {
            let middle = (low * high).sqrt();
            if self.at_most(middle) < p { low = middle } else { high = middle }
        }
        low
    }
}

/// The normal distribution function (Abramowitz and Stegun, 26.2.17; error below 7.5e-8).
fn normal_share(x: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * x.abs());
    let series = [0.319_381_530, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    let sum = series.iter().rev().fold(0.0, |sum, factor| (sum + factor) * t);
    let above = (-x * x / 2.0).exp() / std::f64::consts::TAU.sqrt() * sum;
    if x > 0.0 { 1.0 - above } else { above }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distribution_is_the_one_of_the_tables() {
        for (x, share) in [(0.0, 0.5), (1.0, 0.841_345), (-1.96, 0.024_998), (3.0, 0.998_650)] {
            assert!((normal_share(x) - share).abs() < 1e-6, "{x}");
        }
    }
}
