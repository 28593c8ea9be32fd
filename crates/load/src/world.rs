//! The site and its visitors: countries, devices, releases and routes, each with its share and with what it does to speed.

use crate::random::{Choice, Random};
use crate::truths::Truths;

/// A place that visitors come from.
#[derive(Debug)]
pub struct Country {
    pub share: f64,
    /// How much slower than in the first country everything is.
    pub slowness: f64,
    pub language: &'static str,
    /// The first two bytes of addresses that a large provider of the country gives to homes.
    pub network: [u8; 2],
}

pub const COUNTRIES: &[Country] = &[
    Country { share: 0.30, slowness: 1.00, language: "en-US", network: [73, 10] },
    Country { share: 0.16, slowness: 0.95, language: "de-DE", network: [91, 10] },
    Country { share: 0.11, slowness: 1.02, language: "en-GB", network: [86, 130] },
    Country { share: 0.10, slowness: 1.05, language: "fr-FR", network: [90, 10] },
    Country { share: 0.09, slowness: 0.90, language: "ja-JP", network: [126, 10] },
    Country { share: 0.12, slowness: 1.90, language: "hi-IN", network: [117, 200] },
    Country { share: 0.07, slowness: 1.60, language: "pt-BR", network: [177, 10] },
    Country { share: 0.05, slowness: 1.35, language: "en-AU", network: [101, 170] },
];

/// What people browse with.
#[derive(Debug)]
pub struct Device {
    pub share: f64,
    pub slowness: f64,
    pub user_agent: &'static str,
    pub platform: &'static str,
    pub mobile: bool,
    pub screen: (u64, u64),
    pub network: &'static str,
    pub memory: u64,
    pub cores: u64,
}

pub const DEVICES: &[Device] = &[
    Device {
        share: 0.28,
        slowness: 1.0,
        user_agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
        platform: "Windows",
        mobile: false,
        screen: (1920, 1080),
        network: "4g",
        memory: 8,
        cores: 8,
    },
    Device {
        share: 0.10,
        slowness: 0.9,
        user_agent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
        platform: "macOS",
        mobile: false,
        screen: (1728, 1117),
        network: "4g",
        memory: 8,
        cores: 10,
    },
    Device {
        share: 0.30,
        slowness: 1.8,
        user_agent: "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
        platform: "Android",
        mobile: true,
        screen: (412, 915),
        network: "4g",
        memory: 4,
        cores: 8,
    },
    Device {
        share: 0.06,
        slowness: 2.6,
        user_agent: "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
        platform: "Android",
        mobile: true,
        screen: (360, 800),
        network: "3g",
        memory: 2,
        cores: 4,
    },
    Device {
        share: 0.19,
        slowness: 1.2,
        user_agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
        platform: "iOS",
        mobile: true,
        screen: (390, 844),
        network: "4g",
        memory: 4,
        cores: 6,
    },
    Device {
        share: 0.07,
        slowness: 1.05,
        user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
        platform: "Linux",
        mobile: false,
        screen: (2560, 1440),
        network: "4g",
        memory: 8,
        cores: 12,
    },
];

/// A version of the front end.
#[derive(Debug)]
pub struct Release {
    pub share: f64,
    pub slowness: f64,
    pub version: &'static str,
    /// Probability of an error in a view.
    pub errors: f64,
}

pub const RELEASES: &[Release] = &[
    Release { share: 0.62, slowness: 1.0, version: "3.8.0", errors: 0.02 },
    Release { share: 0.28, slowness: 1.12, version: "3.9.0", errors: 0.06 },
    Release { share: 0.10, slowness: 1.05, version: "3.7.4", errors: 0.03 },
];

/// Median and spread of the Largest Contentful Paint where everything is as fast as in the first of each list.
const LCP_MEDIAN: f64 = 1_400.0;
const LCP_SIGMA: f64 = 0.55;

/// The middle of the Largest Contentful Paint, in milliseconds; the draws around it are log-normal.
pub fn lcp_median(slowness: f64) -> f64 {
    LCP_MEDIAN * slowness
}

/// The spread of the logarithm of the Largest Contentful Paint.
pub fn lcp_sigma() -> f64 {
    LCP_SIGMA
}

/// Routes that every shop has; the others are made up as many as are asked for.
const KNOWN_ROUTES: &[(&str, bool)] = &[
    ("/", false),
    ("/product", true),
    ("/search", false),
    ("/category", true),
    ("/cart", false),
    ("/checkout", false),
];

/// A kind of page.
#[derive(Debug)]
pub struct Route {
    pub path: String,
    /// Whether an id follows, as behind `/product`.
    pub numbered: bool,
    pub slowness: f64,
}

/// Everything that visitors are drawn from.
#[derive(Debug)]
pub struct World {
    pub seed: u64,
    /// Share of the sessions that stand for others of their kind.
    pub sampled: f64,
    pub routes: Vec<Route>,
    pub by_route: Choice,
    pub by_country: Choice,
    pub by_device: Choice,
    pub by_release: Choice,
    pub truths: Option<Truths>,
}

impl World {
    /// The same with known things hidden in it.
    pub fn with(mut self, truths: Truths) -> Self {
        self.truths = Some(truths);
        self
    }

    /// The kind of page with this path.
    pub(crate) fn route_of(&self, path: &str) -> Option<usize> {
        self.routes.iter().position(|route| route.path == path)
    }

    pub fn new(seed: u64, routes: usize, sampled: f64) -> Self {
        let mut random = Random::new(seed, u64::MAX);
        let routes: Vec<Route> = (0..routes.max(1))
            .map(|number| {
                let (path, numbered) = KNOWN_ROUTES.get(number).map_or_else(
                    || (format!("/pages/{}", letters(number)), false),
                    |(path, numbered)| ((*path).to_owned(), *numbered),
                );
                Route { path, numbered, slowness: 0.7 + 0.8 * random.share() }
            })
            .collect();
        Self {
            seed,
            sampled,
            by_route: Choice::zipf(routes.len()),
            by_country: Choice::new(COUNTRIES.iter().map(|country| country.share)),
            by_device: Choice::new(DEVICES.iter().map(|device| device.share)),
            by_release: Choice::new(RELEASES.iter().map(|release| release.share)),
            routes,
            truths: None,
        }
    }
}

/// A word for a number, as a digit in a path would look like the id of something.
fn letters(mut number: usize) -> String {
    let mut word = String::from("p");
    while number > 0 {
        word.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
    }
    word
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_route_has_a_path_of_its_own_without_digits() {
        let world = World::new(1, 2000, 0.0);
        let paths: BTreeSet<&str> = world.routes.iter().map(|route| route.path.as_str()).collect();
        assert_eq!(paths.len(), 2000);
        assert!(paths.iter().all(|path| !path.contains(|c: char| c.is_ascii_digit())));
    }
}
