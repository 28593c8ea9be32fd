//! Where a visitor is and which region serves them, read off the address a proxy vouches for.

use std::net::Ipv4Addr;
use std::sync::LazyLock;

use axum::http::HeaderMap;
use serde::Deserialize;

/// Both regions, in the order their services are started.
pub const REGIONS: [&str; 2] = ["eu-central", "ap-southeast"];

/// The traffic generator draws its addresses from the same table.
const COUNTRIES: &str = include_str!("../traffic/countries.json");

/// One line of the table: a network of the real internet that belongs to this country.
#[derive(Debug, Clone, Deserialize)]
pub struct Country {
    pub country: String,
    pub region: String,
    pub network: String,
}

/// A visitor as far as the shop wants to know them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visitor {
    /// `None` for addresses outside the table, such as one's own machine.
    pub country: Option<&'static str>,
    /// Place in [`REGIONS`].
    pub region: usize,
}

struct Network {
    first: u32,
    mask: u32,
    visitor: Visitor,
}

static NETWORKS: LazyLock<Vec<Network>> = LazyLock::new(|| countries().iter().filter_map(network).collect());

pub fn countries() -> &'static [Country] {
    static PARSED: LazyLock<Vec<Country>> = LazyLock::new(|| serde_json::from_str(COUNTRIES).unwrap_or_default());
    &PARSED
}

fn network(line: &'static Country) -> Option<Network> {
    let (address, length) = line.network.split_once('/')?;
    let mask = u32::MAX.checked_shl(32 - length.parse::<u32>().ok()?)?;
    let region = REGIONS.iter().position(|name| *name == line.region)?;
    let visitor = Visitor { country: Some(&line.country), region };
    Some(Network { first: u32::from(address.parse::<Ipv4Addr>().ok()?) & mask, mask, visitor })
}

impl Visitor {
    /// The last address is the one that the nearest proxy saw; those before it are the visitor's own claims.
    pub fn of(headers: &HeaderMap) -> Self {
        let chain = headers.get("x-forwarded-for").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let nearest = chain.rsplit(',').next().and_then(|address| address.trim().parse::<Ipv4Addr>().ok());
        nearest.map_or(Self { country: None, region: 0 }, Self::at)
    }

    /// By the country's code; whoever is not in the table is served like them whose address is not.
    pub fn from_country(code: &str) -> Self {
        let found = NETWORKS.iter().find(|network| network.visitor.country == Some(code));
        found.map_or(Self { country: None, region: 0 }, |network| network.visitor)
    }

    fn at(address: Ipv4Addr) -> Self {
        let bits = u32::from(address);
        let found = NETWORKS.iter().find(|network| bits & network.mask == network.first);
        found.map_or(Self { country: None, region: 0 }, |network| network.visitor)
    }

    /// The region that serves this visitor.
    pub fn region_name(self) -> &'static str {
        REGIONS[self.region]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(chain: &str, country: Option<&str>, region: &str) {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", chain.parse().expect("a header"));
        let visitor = Visitor::of(&headers);
        assert_eq!((visitor.country, visitor.region_name()), (country, region), "{chain}");
    }

    #[test]
    fn sends_asia_pacific_to_its_own_region_and_everyone_else_to_europe() {
        check("175.156.3.4", Some("SG"), "ap-southeast");
        check("126.0.0.1", Some("JP"), "ap-southeast");
        check("91.0.200.1", Some("DE"), "eu-central");
        check("127.0.0.1", None, "eu-central");
    }

    #[test]
    fn believes_the_nearest_proxy_and_not_what_the_visitor_claims() {
        check("175.156.3.4, 91.0.0.9", Some("DE"), "eu-central");
        check("nonsense", None, "eu-central");
    }

    #[test]
    fn understands_every_line_of_the_table() {
        assert_eq!(NETWORKS.len(), countries().len());
        assert_eq!(NETWORKS.len(), 10);
    }
}
