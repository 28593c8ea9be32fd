//! Stage three of the pipeline: a `ReceivedBatch` becomes an `EnrichedBatch`, every record typed, placed and described.
//!
//! The address of the sender ends here: it is turned into a country, and no row has a field for it. Only when the user has chosen
//! so, views say which network it came from, or carry a name for it that holds for one day.

mod address;
mod client;
mod clock;
mod columns;
mod crowd;
mod device;
mod error;
mod events;
mod geo;
mod hints;
mod interned;
mod limits;
mod logs;
mod metrics;
mod origin;
mod place;
mod redact;
mod route;
mod rules;
mod screens;
mod skew;
mod spans;
mod spelling;
mod synthetic;
mod text;
mod url;
mod views;

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

use limen_model::AppId;
use limen_model::enriched::EnrichedBatch;
use limen_model::received::ReceivedBatch;
use limen_model::redaction::Redactions;

pub use client::AddressPolicy;
pub use device::{Visitor, visitor};
pub use error::{EnrichError, RuleError};
pub use hints::HintHeaders;
pub use redact::redacted;
pub use rules::{Rules, WrittenRule};

use address::Proxies;
use client::Clients;
use clock::Clock;
use crowd::Crowds;
use geo::Geo;
use origin::Origins;
use redact::Redactor;
use skew::Skews;

/// What the user set, as text; `Enricher::new` says what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct EnrichOptions {
    /// A database in MaxMind's format with countries; without one the country is unknown.
    pub geo_file: Option<PathBuf>,
    /// Whom its licence wants named, where the file does not say so itself.
    pub geo_attribution: Option<String>,
    /// Addresses or networks of proxies whose `X-Forwarded-For` is believed, such as `10.0.0.0/8`.
    pub trusted_proxies: Vec<String>,
    /// What is kept of the addresses of senders.
    pub addresses: AddressPolicy,
}

/// What is known about a request besides its body.
#[derive(Debug, Clone)]
pub struct Request<'r> {
    pub app: AppId,
    /// When the server had read the request.
    pub received_unix_nano: i64,
    /// The sender's clock when it sent the request, if it told.
    pub sent_unix_milli: Option<i64>,
    /// The other end of the connection.
    pub peer: IpAddr,
    /// The header `X-Forwarded-For`.
    pub forwarded_for: Option<&'r str>,
    /// The header `User-Agent`.
    pub user_agent: Option<&'r str>,
    /// The headers of client hints.
    pub hints: HintHeaders<'r>,
    /// Whether it came by the agent's own door `/v1/rum`.
    pub browser: bool,
    /// What is set for the application.
    pub rules: Arc<Rules>,
}

/// Describes batches; one for the whole server.
pub struct Enricher {
    geo: Option<Geo>,
    proxies: Proxies,
    clients: Clients,
    crowds: Crowds,
    skews: Skews,
}

impl Enricher {
    pub fn new(options: EnrichOptions) -> Result<Self, EnrichError> {
        let attribution = options.geo_attribution;
        let geo = options.geo_file.map(|path| Geo::open(&path, attribution)).transpose()?;
        let proxies = Proxies::parse(&options.trusted_proxies)?;
        Ok(Enricher {
            geo,
            proxies,
            clients: Clients::new(options.addresses),
            crowds: Crowds::default(),
            skews: Skews::default(),
        })
    }

    /// Reads the geographic database again when its file is another one; true when the new one is in use now. To be called
    /// from time to time, where reading a file may take a while.
    pub fn refresh_geo(&self) -> Result<bool, EnrichError> {
        self.geo.as_ref().map_or(Ok(false), Geo::refresh)
    }

    /// Why the geographic database that lies on the disk is not in use.
    pub fn geo_problem(&self) -> Option<String> {
        self.geo.as_ref().and_then(Geo::problem)
    }

    /// Who must be named for the geographic data, if there is any.
    pub fn geo_attribution(&self) -> Option<String> {
        self.geo.as_ref().map(Geo::attribution)
    }

    /// Where a request really comes from, when trusted proxies stand between.
    pub fn client_address(&self, peer: IpAddr, forwarded_for: Option<&str>) -> IpAddr {
        self.proxies.client(peer, forwarded_for)
    }

    /// Turns each record into the row of its table, or into a counted rejection.
    pub fn enrich<'a>(&self, batch: ReceivedBatch<'a>, request: &Request<'_>) -> EnrichedBatch<'a> {
        let address = self.client_address(request.peer, request.forwarded_for);
        let found = self.geo.as_ref().map(|geo| geo.find(address)).unwrap_or_default();
        let client = self.clients.name(address, request.received_unix_nano);
        let shift = self.skews.solve(&request.app, &batch, request.received_unix_nano, request.sent_unix_milli);
        let clock = Clock::new(request.received_unix_nano, request.sent_unix_milli, shift);
        let mut origins = Origins::new(request, found, client);
        let mut rows = EnrichedBatch {
            app: request.app.clone(),
            received_unix_nano: request.received_unix_nano,
            views: Vec::new(),
            events: Vec::new(),
            spans: Vec::new(),
            logs: Vec::new(),
            metrics: Vec::new(),
            views_of_spans: 0,
            rejections: batch.rejections,
            redactions: Redactions::default(),
            routes_over_limit: 0,
        };
        let mut redactor = Redactor::new(Arc::clone(&request.rules));
        for group in batch.logs {
            let origin = origins.describe(group.resource, group.scope, &mut redactor);
            logs::enrich(group.records, &origin, &clock, &mut rows);
        }
        for group in batch.spans {
            let origin = origins.describe(group.resource, group.scope, &mut redactor);
            spans::enrich(group.records, &origin, self.geo.as_ref(), &clock, &mut rows);
        }
        for group in batch.metrics {
            let origin = origins.describe(group.resource, group.scope, &mut redactor);
            metrics::enrich(group.records, &origin, &clock, &mut rows);
        }
        redactor.rows(&mut rows);
        // After it: what is looked up by this later is the stack as it is stored.
        rows.events.iter_mut().for_each(events::name_stack);
        rows.redactions = redactor.counts;
        rows.routes_over_limit = self.crowds.bound(&mut rows, &request.rules);
        rows
    }
}
