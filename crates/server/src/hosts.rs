//! Refuses requests for the UI and the API under a host name that is not ours.
//!
//! Without this, a page on the internet could let its own name point at 127.0.0.1 and read everything, because to
//! the browser that would be the page's own origin (DNS rebinding).

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The names under which this server may be asked.
#[derive(Debug, Clone)]
pub struct AllowedHosts(Arc<Vec<String>>);

impl AllowedHosts {
    pub fn new(listen: SocketAddr, more: &[String]) -> Self {
        let mut hosts = vec!["localhost".to_owned()];
        if !listen.ip().is_unspecified() {
            hosts.push(listen.ip().to_string());
        }
        hosts.extend(more.iter().map(|host| host.to_ascii_lowercase()));
        Self(Arc::new(hosts))
    }

    /// A bare address cannot be rebound, so every one of them is ours; a name must be on the list.
    fn allows(&self, host: &str) -> bool {
        let name = without_port(host).to_ascii_lowercase();
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        bare.parse::<IpAddr>().is_ok() || self.0.contains(&name)
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.ends_with(':') => name,
        _ => host,
    }
}

pub async fn check(State(hosts): State<AllowedHosts>, request: Request<Body>, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|value| value.to_str().ok());
    match host {
        Some(host) if !hosts.allows(host) => {
            let message = "this server does not answer under this host name; allow it with the setting \
                           server.allowed_hosts\n";
            (StatusCode::MISDIRECTED_REQUEST, message).into_response()
        }
        _ => next.run(request).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_under_addresses_localhost_and_the_names_it_was_given() {
        let hosts = AllowedHosts::new(([127, 0, 0, 1], 4600).into(), &["rum.example.org".to_owned()]);
        for host in ["127.0.0.1:4600", "localhost:4600", "LOCALHOST", "[::1]:4600", "rum.example.org", "10.1.2.3"] {
            assert!(hosts.allows(host), "{host}");
        }
        for host in ["evil.example:4600", "127.0.0.1.evil.example", "localhost.evil.example", ""] {
            assert!(!hosts.allows(host), "{host}");
        }
    }
}
