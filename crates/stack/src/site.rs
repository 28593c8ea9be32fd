//! Which hosts are of one site, by the rule that the agent has for third parties too.

use std::net::IpAddr;

/// Whether two URLs lead to hosts of one site; `None` where one has no host.
pub(crate) fn same_site(url: &str, other: &str) -> Option<bool> {
    Some(site(host(url)?) == site(host(other)?))
}

fn host(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let host = match authority.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    (scheme.starts_with("http") && !host.is_empty()).then_some(host)
}

/// Without the public suffix list: two labels, or three below a short second one such as "co.uk". An address is itself.
fn site(host: &str) -> &str {
    if host.parse::<IpAddr>().is_ok() {
        return host;
    }
    let mut dots = host.rmatch_indices('.').map(|(at, _)| at);
    let (Some(last), second) = (dots.next(), dots.next()) else { return host };
    let start = second.map_or(0, |at| at + 1);
    let short = host.len() - last == 3 && last - start <= 3;
    match (second, short) {
        (Some(_), true) => &host[dots.next().map_or(0, |at| at + 1)..],
        _ => &host[start..],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_below_one_registered_name_are_one_site() {
        for (host, of) in [
            ("shop.example", "shop.example"),
            ("cdn.eu.shop.example", "shop.example"),
            ("www.shop.co.uk", "shop.co.uk"),
            ("shop.co.uk", "shop.co.uk"),
            ("localhost", "localhost"),
            ("192.0.2.7", "192.0.2.7"),
            ("2001:db8::7", "2001:db8::7"),
            (".", "."),
        ] {
            assert_eq!(site(host), of, "{host}");
        }
    }

    #[test]
    fn ports_and_schemes_make_no_other_site() {
        let page = "https://www.shop.example/cart?x#y";
        assert_eq!(same_site("http://cdn.shop.example:8080/a.js", page), Some(true));
        assert_eq!(same_site("https://tags.example/t.js", page), Some(false));
        assert_eq!(same_site("http://[2001:db8::7]:1/a.js", "http://[2001:db8::7]/"), Some(true));
        assert_eq!(same_site("app.js", page), None);
        assert_eq!(same_site("https:///a.js", page), None);
        assert_eq!(same_site("blob://x", page), None);
    }
}
