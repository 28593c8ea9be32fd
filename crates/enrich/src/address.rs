//! Which address a request really comes from, when proxies stand between.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::error::EnrichError;
use crate::limits::FORWARDED_HOPS_MAX;

/// The proxies whose word is taken.
pub(crate) struct Proxies(Vec<IpNet>);

impl Proxies {
    pub fn parse(texts: &[String]) -> Result<Self, EnrichError> {
        let parse = |text: &String| {
            let trimmed = text.trim();
            let network = trimmed.parse::<IpNet>().or_else(|_| trimmed.parse::<IpAddr>().map(IpNet::from));
            network.map_err(|_| EnrichError::TrustedProxy(text.clone()))
        };
        texts.iter().map(parse).collect::<Result<_, _>>().map(Proxies)
    }

    /// The nearest hop that is no trusted proxy. What stands left of it in the header is the client's own claim.
    pub fn client(&self, peer: IpAddr, forwarded_for: Option<&str>) -> IpAddr {
        let mut client = peer.to_canonical();
        let mut hops = forwarded_for.unwrap_or_default().rsplit(',').take(FORWARDED_HOPS_MAX);
        while self.trusts(client) {
            match hops.next().and_then(hop_address) {
                Some(hop) => client = hop,
                None => break,
            }
        }
        client
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// Some proxies add the port: `203.0.113.7:4711`, `[2001:db8::1]:4711`.
fn hop_address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let address = match text.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?.0,
        None if text.matches(':').count() == 1 => text.split_once(':')?.0,
        None => text,
    };
    address.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(peer: &str, forwarded_for: Option<&str>, client: &str) {
        let trusted = ["127.0.0.1".to_owned(), "10.0.0.0/8".to_owned(), "fd00::/8".to_owned()];
        let proxies = Proxies::parse(&trusted).expect("networks");
        let peer = peer.parse().expect("an address");
        assert_eq!(proxies.client(peer, forwarded_for).to_string(), client, "{forwarded_for:?}");
    }

    #[test]
    fn the_header_of_a_stranger_is_not_believed() {
        check("203.0.113.9", Some("198.51.100.1"), "203.0.113.9");
        check("203.0.113.9", None, "203.0.113.9");
    }

    #[test]
    fn the_nearest_untrusted_hop_is_the_client() {
        check("127.0.0.1", Some("198.51.100.1"), "198.51.100.1");
        check("10.1.2.3", Some("6.6.6.6, 198.51.100.1, 10.9.9.9"), "198.51.100.1");
        check("::ffff:10.1.2.3", Some("2001:db8::7"), "2001:db8::7");
    }

    #[test]
    fn a_hop_may_have_a_port() {
        check("127.0.0.1", Some("198.51.100.1:5000"), "198.51.100.1");
        check("127.0.0.1", Some("[2001:db8::7]:5000"), "2001:db8::7");
    }

    #[test]
    fn nonsense_in_the_header_leaves_the_last_known_hop() {
        check("127.0.0.1", Some("198.51.100.1, unknown"), "127.0.0.1");
        check("127.0.0.1", Some("198.51.100.1, , 10.0.0.7"), "10.0.0.7");
        check("127.0.0.1", Some(""), "127.0.0.1");
        check("127.0.0.1", Some("10.0.0.1, 10.0.0.2"), "10.0.0.1");
    }

    #[test]
    fn a_proxy_that_is_no_network_is_an_error_that_shows_it() {
        let error = Proxies::parse(&["10.0.0.0/99".to_owned()]).err().expect("refused");
        assert!(error.to_string().contains("`10.0.0.0/99`"), "{error}");
    }
}
