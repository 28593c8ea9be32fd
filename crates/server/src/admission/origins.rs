//! Which pages may send: exact origins, and every subdomain of one.

use limen_model::Outcome;

use crate::limits::{ORIGIN_BYTES_MAX, ORIGINS_MAX};
use crate::pipeline::Refusal;

/// Says what is wrong with a list.
pub fn check_list(origins: &[String]) -> Result<(), String> {
    if origins.len() > ORIGINS_MAX {
        return Err(format!("origins has {} entries; at most {ORIGINS_MAX}", origins.len()));
    }
    match origins.iter().find(|origin| Origin::parse(origin).is_none()) {
        Some(origin) => Err(format!(
            "origins has `{}`; an origin is written https://shop.example or https://*.shop.example, with a port where it \
             has one and nothing after it",
            origin.chars().take(80).collect::<String>()
        )),
        None => Ok(()),
    }
}

/// A page always says where it comes from when it sends to another origin; a service never does.
pub fn check(allowed: &[String], sent: Option<&str>, page: bool) -> Result<(), Refusal> {
    let fits = match sent {
        _ if allowed.is_empty() => true,
        None => !page,
        Some(sent) => Origin::parse(sent).is_some_and(|sent| {
            sent.subdomains_of.is_none()
                && allowed.iter().filter_map(|text| Origin::parse(text)).any(|a| a.allows(&sent))
        }),
    };
    if fits {
        return Ok(());
    }
    let sent = sent.map_or("none".to_owned(), |sent| format!("`{}`", sent.chars().take(200).collect::<String>()));
    let message = format!(
        "the origin of this page, {sent}, is not on the list of its application: add it with PUT /api/v1/admission, or use \
         the key of another application"
    );
    Err(Refusal::new(Outcome::OriginRefused, message))
}

/// `scheme://host:port`, in lower case.
#[derive(Debug, PartialEq)]
struct Origin {
    scheme: String,
    host: String,
    /// Of `*.shop.example`: `.shop.example`.
    subdomains_of: Option<String>,
    /// Empty where it is the scheme's own.
    port: String,
}

impl Origin {
    fn parse(text: &str) -> Option<Self> {
        if text.len() > ORIGIN_BYTES_MAX {
            return None;
        }
        let text = text.trim().to_ascii_lowercase();
        let (scheme, rest) = text.split_once("://")?;
        // Only an address of IPv6, which stands in brackets, has colons of its own.
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, port),
            _ => (rest, ""),
        };
        let subdomains_of = host.strip_prefix('*').map(str::to_owned);
        let name = match &subdomains_of {
            Some(parent) => parent.strip_prefix('.')?,
            None => host,
        };
        let of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._[]:".contains(&byte);
        let sound = !scheme.is_empty()
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
            && !name.is_empty()
            && name.bytes().all(of_name)
            && (name.contains('[') || !name.contains(':'))
            && port.bytes().all(|byte| byte.is_ascii_digit());
        let usual = matches!((scheme, port), ("https", "443") | ("http", "80"));
        sound.then(|| Self {
            scheme: scheme.to_owned(),
            host: host.to_owned(),
            port: if usual { String::new() } else { port.to_owned() },
            subdomains_of: subdomains_of.clone(),
        })
    }

    fn allows(&self, sent: &Origin) -> bool {
        let host = match &self.subdomains_of {
            Some(parent) => sent.host.ends_with(parent.as_str()) && sent.host.len() > parent.len(),
            None => sent.host == self.host,
        };
        host && self.scheme == sent.scheme && self.port == sent.port
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(allowed: &[&str], sent: Option<&str>, page: bool) -> bool {
        let allowed: Vec<String> = allowed.iter().map(|&text| text.to_owned()).collect();
        assert_eq!(check_list(&allowed), Ok(()));
        check(&allowed, sent, page).is_ok()
    }

    #[test]
    fn without_a_list_any_page_may_send() {
        for sent in [None, Some("https://anything.example"), Some("null"), Some("")] {
            assert!(takes(&[], sent, true));
        }
    }

    #[test]
    fn with_a_list_only_its_pages_and_services_may() {
        let list = ["https://shop.example", "https://*.shop.example", "http://localhost:8080", "capacitor://localhost"];
        for sent in [
            "https://shop.example",
            "HTTPS://Shop.Example:443",
            "https://www.shop.example",
            "https://a.b.shop.example",
            "http://localhost:8080",
            "capacitor://localhost",
        ] {
            assert!(takes(&list, Some(sent), true), "{sent}");
        }
        for sent in [
            "http://shop.example",
            "https://shop.example:8443",
            "https://shop.example.evil.example",
            "https://evilshop.example",
            "https://.shop.example",
            "https://*.shop.example",
            "https://evil.example/.shop.example",
            "https://user@www.shop.example",
            "http://localhost",
            "null",
            "",
        ] {
            assert!(!takes(&list, Some(sent), true), "{sent}");
            assert!(!takes(&list, Some(sent), false), "{sent}, from a page at the door for services");
        }
        assert!(!takes(&list, None, true));
        assert!(takes(&list, None, false));
    }

    #[test]
    fn addresses_are_hosts_too() {
        let list = ["http://127.0.0.1:3000", "https://[2001:db8::7]:8443"];
        assert!(takes(&list, Some("http://127.0.0.1:3000"), true));
        assert!(takes(&list, Some("https://[2001:DB8::7]:8443"), true));
        assert!(!takes(&list, Some("https://[2001:db8::7]"), true));
    }

    #[test]
    fn what_is_no_origin_is_told() {
        for text in
            ["shop.example", "https://", "https://shop.example/", "https://*", "*", "https://a*.example", "null"]
        {
            assert!(check_list(&[text.to_owned()]).is_err_and(|told| told.contains(text)), "{text}");
        }
        assert!(check_list(&vec!["https://shop.example".to_owned(); ORIGINS_MAX + 1]).is_err());
    }
}
