//! Who a piece of time belongs to.

use serde::Serialize;
use utoipa::ToSchema;

use super::input::Span;

/// What kind of owner: who could make this piece of time shorter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OwnerKind {
    /// The page's own work on the main thread, and its decision when to ask for what.
    Browser,
    /// Redirects, names, connections, the way there and back, downloads.
    Network,
    Cdn,
    Gateway,
    Service,
    Database,
    ThirdParty,
    /// From having everything to painting it.
    RenderDelay,
    /// Nobody measured it.
    Unknown,
}

/// An owner; the name is the service, the kind of database or the host, and empty where the kind says it all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ToSchema)]
pub struct Owner {
    pub kind: OwnerKind,
    pub name: String,
}

impl Owner {
    pub(super) fn of(kind: OwnerKind) -> Self {
        Self { kind, name: String::new() }
    }

    pub(super) fn named(kind: OwnerKind, name: &str) -> Self {
        Self { kind, name: name.to_owned() }
    }
}

/// Services whose name has one of these words hand requests on: nothing in a span says so.
const GATEWAYS: [&str; 9] =
    ["gateway", "ingress", "proxy", "nginx", "envoy", "traefik", "kong", "haproxy", "loadbalancer"];

/// OTLP's kind of a span that calls another process.
pub(super) const CLIENT: u8 = 3;
/// OTLP's kind of a span that handles what was left for later: nobody waits for it.
pub(super) const CONSUMER: u8 = 5;

/// Whose the own time of a span is, which is what none of its children covers. `calls` says that a child of it ran in
/// another process: then its own time is the way there and back.
pub(super) fn of_span(span: &Span, calls: bool) -> Owner {
    if !span.db_system.is_empty() {
        return Owner::named(OwnerKind::Database, &span.db_system);
    }
    if span.kind == CLIENT && calls {
        return Owner::of(OwnerKind::Network);
    }
    if span.browser {
        return Owner::of(OwnerKind::Browser);
    }
    if span.kind == CLIENT && !span.host.is_empty() {
        // Called, but it has not reported: its work and the way cannot be told apart.
        return Owner::named(OwnerKind::Unknown, &span.host);
    }
    let mut words = span.service.split(|letter: char| !letter.is_ascii_alphanumeric()).map(str::to_ascii_lowercase);
    let kind = match words.find(|word| word == "cdn" || GATEWAYS.contains(&word.as_str())) {
        Some(word) if word == "cdn" => OwnerKind::Cdn,
        Some(_) => OwnerKind::Gateway,
        None => OwnerKind::Service,
    };
    Owner::named(kind, &span.service)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_service_tells_who_hands_requests_on() {
        let kind = |service: &str| of_span(&Span { service: service.to_owned(), ..Span::default() }, false).kind;
        assert_eq!(kind("api-gateway"), OwnerKind::Gateway);
        assert_eq!(kind("edge.CDN"), OwnerKind::Cdn);
        assert_eq!(kind("cdnify"), OwnerKind::Service);
    }

    #[test]
    fn a_call_that_nobody_answered_in_the_trace_is_unknown_and_not_the_callers() {
        let call = Span { kind: CLIENT, host: "pay.example".to_owned(), ..Span::default() };
        assert_eq!(of_span(&call, false), Owner::named(OwnerKind::Unknown, "pay.example"));
        assert_eq!(of_span(&call, true).kind, OwnerKind::Network);
    }
}
