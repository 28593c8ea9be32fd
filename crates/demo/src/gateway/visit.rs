//! Who is visiting: the region and country by address, and the cart by cookie.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};

use super::{Gateway, RegionPeers};
use crate::failure::Failure;
use crate::faults::Fault;
use crate::region::Visitor;

/// Countries whose visitors are sent the wrong way while that is the fault.
const MISLED: [&str; 3] = ["SG", "MY", "ID"];

const COOKIE: &str = "shop_cart";

/// One request's visitor, and the region that serves them.
#[derive(Debug, Clone)]
pub struct Visit {
    pub peers: RegionPeers,
    /// ISO code, or `*`.
    pub country: &'static str,
    pub cart: String,
    /// Set when the visitor is new and must be told their cart's name.
    pub new_cart: bool,
}

impl Visit {
    /// The cookie for a new visitor, and the region for whoever debugs the shop.
    pub fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("x-shop-region", HeaderValue::from_static(self.peers.name));
        if self.new_cart
            && let Ok(cookie) =
                HeaderValue::from_str(&format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Lax", self.cart))
        {
            headers.insert(header::SET_COOKIE, cookie);
        }
        headers
    }
}

impl FromRequestParts<Gateway> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, gateway: &Gateway) -> Result<Self, Failure> {
        let visitor = Visitor::of(&parts.headers);
        let known = cart_of(&parts.headers);
        let new_cart = known.is_none();
        let cart = match known {
            Some(cart) => cart,
            None => crate::random::hex::<16>().map_err(|cause| Failure::internal(cause.to_string()))?,
        };
        let misled = visitor.country.is_some_and(|country| MISLED.contains(&country));
        let far = misled && gateway.faults.is(Fault::WrongRegion);
        let peers = gateway.regions[gateway.directory.region(visitor, far).await].clone();
        Ok(Self { peers, country: visitor.country.unwrap_or("*"), cart, new_cart })
    }
}

/// Only names that we could have given: they become part of a path.
fn cart_of(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    let value = cookies.split(';').find_map(|cookie| cookie.trim().strip_prefix(COOKIE)?.strip_prefix('='))?;
    let ours = value.len() == 32 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    ours.then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cookie: &str, expected: Option<&str>) {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookie.parse().expect("a header"));
        assert_eq!(cart_of(&headers).as_deref(), expected, "{cookie}");
    }

    #[test]
    fn takes_only_cart_names_of_its_own_making_from_the_cookie() {
        let name = "0123456789abcdef0123456789abcdef";
        check(&format!("a=b; shop_cart={name}; c=d"), Some(name));
        check("shop_cart=../orders", None);
        check(&format!("other_shop_cart={name}"), None);
    }
}
