//! The whole shop in one process: opens ports and database, starts the services, stops them in reverse.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use serde::Serialize;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use crate::faults::row_lock::hold_rows;
use crate::faults::{Faults, third_party};
use crate::gateway::switch::Switch;
use crate::gateway::{self, Gateway, Page, RegionPeers};
use crate::limits::PEER_WAIT_MAX;
use crate::peer::Peer;
use crate::postgres::{self, Cluster, Database};
use crate::region::REGIONS;
use crate::service::{Plan, Service, bind};
use crate::services::{Shelf, cart, inventory, payment, pricing};
use crate::store::Store;
use crate::store::memory::Memory;
use crate::telemetry::Telemetry;
use crate::telemetry::export::RuntimeClient;
use crate::telemetry::providers::{Destination, Identity};
use crate::telemetry::serve::Audience;
use crate::way::Directory;
use crate::{Error, ShopOptions};

/// A running shop. Stop it: dropping loses telemetry and ends PostgreSQL the hard way.
#[derive(Debug)]
pub struct Shop {
    cluster: Option<Cluster>,
    services: Vec<Service>,
    stop: watch::Sender<bool>,
    /// What locks rows, and the other host: they have no requests to end.
    aside: Vec<AbortHandle>,
}

/// The line on standard output that tells other programs that the shop is open.
#[derive(Debug, Clone, Serialize)]
pub struct Ready {
    pub ready: bool,
    pub url: String,
    pub postgres: bool,
    pub postgres_port: Option<u16>,
    pub services: Vec<Place>,
}

/// Where one service listens.
#[derive(Debug, Clone, Serialize)]
pub struct Place {
    pub name: &'static str,
    pub region: &'static str,
    pub url: String,
}

/// What starting the services needs.
struct Opening<'a> {
    options: &'a ShopOptions,
    destination: Destination,
    client: reqwest::Client,
    store: Shared,
    faults: Arc<Faults>,
    stop: watch::Receiver<bool>,
    services: Vec<Service>,
}

/// One database or one memory for all; each service has a pool of its own.
enum Shared {
    Postgres(Box<tokio_postgres::Config>),
    Memory(Arc<Memory>),
}

impl Shop {
    pub async fn start(options: &ShopOptions) -> Result<Self, Error> {
        // The public port first: a second shop must fail before it touches the first one's database.
        let public = bind(options.listen, "--listen").await?;
        let cluster = match options.no_postgres {
            true => None,
            false => Cluster::start(&options.build_dir).await?,
        };
        if cluster.is_none() {
            tracing::warn!("without PostgreSQL the services answer from memory, and traces have no database span");
        }
        match open(options, cluster.as_ref(), public).await {
            Ok((services, stop, aside)) => Ok(Self { cluster, services, stop, aside }),
            Err(cause) => {
                if let Some(cluster) = cluster {
                    cluster.stop().await?;
                }
                Err(cause)
            }
        }
    }

    pub fn ready(&self) -> Ready {
        let place = |service: &Service| Place {
            name: service.name,
            region: service.region,
            url: format!("http://{}", service.address),
        };
        let url = self.services.iter().find(|service| service.name == "gateway").map(|gateway| place(gateway).url);
        Ready {
            ready: true,
            url: url.unwrap_or_default(),
            postgres: self.cluster.is_some(),
            postgres_port: self.cluster.as_ref().and_then(|cluster| cluster.config.get_ports().first().copied()),
            services: self.services.iter().map(place).collect(),
        }
    }

    /// Requests end, telemetry leaves, then the database stops.
    pub async fn stop(self) -> Result<(), Error> {
        self.stop.send_replace(true);
        self.aside.iter().for_each(AbortHandle::abort);
        let stopping: Vec<_> = self.services.into_iter().map(|service| tokio::spawn(service.stopped())).collect();
        for service in stopping {
            if let Err(cause) = service.await {
                tracing::warn!("a service did not stop in order: {cause}");
            }
        }
        match self.cluster {
            Some(cluster) => cluster.stop().await,
            None => Ok(()),
        }
    }
}

async fn open(
    options: &ShopOptions,
    cluster: Option<&Cluster>,
    public: TcpListener,
) -> Result<(Vec<Service>, watch::Sender<bool>, Vec<AbortHandle>), Error> {
    let store = match cluster {
        Some(cluster) => {
            postgres::prepare(&cluster.config).await?;
            Shared::Postgres(Box::new(cluster.config.clone()))
        }
        None => Shared::Memory(Arc::new(Memory::new())),
    };
    let faults = Arc::new(Faults::new(options.fault));
    let (third_party_port, mut aside) = third_party().await?;
    if let Some(cluster) = cluster {
        aside.push(tokio::spawn(hold_rows(cluster.config.clone(), faults.watch())).abort_handle());
    }
    let (stop, stopping) = watch::channel(false);
    let mut opening = Opening {
        options,
        destination: Destination {
            otlp: options.otlp.clone(),
            key: options.key.clone(),
            client: Arc::new(RuntimeClient::new()?),
        },
        client: reqwest::Client::builder().no_proxy().timeout(PEER_WAIT_MAX).build()?,
        store,
        faults: Arc::clone(&faults),
        stop: stopping,
        services: Vec::new(),
    };
    let mut regions = Vec::with_capacity(REGIONS.len());
    for (place, region) in (0_u16..).zip(REGIONS) {
        regions.push(opening.region(region, place).await?);
    }
    let page = Page::new(&options.limen, options.key.as_deref(), &options.release, third_party_port);
    let directory = Arc::new(Directory::open().await.map_err(Error::Port)?);
    let broken = options.broken_release.as_deref().map(gateway::assets::built).transpose()?;
    let switch = Switch { faults: Arc::clone(&faults), postgres: cluster.is_some() };
    let assets = gateway::assets::routes(Arc::clone(&faults), broken).merge(gateway::switch::routes(switch));
    let gateway = gateway::routes(Gateway { regions: regions.into(), page: Arc::new(page), faults, directory });
    opening.serve("gateway", REGIONS[0], public, Audience::Browsers, gateway, assets)?;
    Ok((opening.services, stop, aside))
}

/// The other host of the fault of that name; it is there all the time, and asked only then.
async fn third_party() -> Result<(u16, Vec<AbortHandle>), Error> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(Error::Port)?;
    let port = listener.local_addr().map_err(Error::Port)?.port();
    let serving = tokio::spawn(async move { axum::serve(listener, third_party::routes()).await });
    Ok((port, vec![serving.abort_handle()]))
}

impl Opening<'_> {
    /// The four services of one region, each after those that it calls.
    async fn region(&mut self, region: &'static str, place: u16) -> Result<RegionPeers, Error> {
        let shelf = |opening: &Self, pricing| Shelf {
            store: opening.store(),
            region,
            pricing,
            faults: Arc::clone(&opening.faults),
            leak: Arc::default(),
        };
        let first = self.options.service_port.map(|port| port.saturating_add(place * 4));

        let routes = pricing::routes(shelf(self, None));
        let pricing = self.behind("pricing", region, first, routes).await?;
        let routes = cart::routes(shelf(self, Some(Arc::clone(&pricing))));
        let cart = self.behind("cart", region, first.map(|port| port + 1), routes).await?;
        let routes = inventory::routes(shelf(self, None));
        let inventory = self.behind("inventory", region, first.map(|port| port + 2), routes).await?;
        let routes = payment::routes(shelf(self, None));
        let payment = self.behind("payment", region, first.map(|port| port + 3), routes).await?;
        Ok(RegionPeers { name: region, cart, inventory, pricing, payment })
    }

    async fn behind(
        &mut self,
        name: &'static str,
        region: &'static str,
        port: Option<u16>,
        routes: Router,
    ) -> Result<Arc<Peer>, Error> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port.unwrap_or(0)));
        let listener = bind(address, "--service-port").await?;
        let address = self.serve(name, region, listener, Audience::Services, routes, Router::new())?;
        Ok(Arc::new(Peer { name, port: address.port(), client: self.client.clone() }))
    }

    fn serve(
        &mut self,
        name: &'static str,
        region: &'static str,
        listener: TcpListener,
        audience: Audience,
        traced: Router,
        untraced: Router,
    ) -> Result<SocketAddr, Error> {
        let identity = Identity { service: name, region, release: self.options.release.clone() };
        let telemetry = Telemetry::new(&identity, &self.destination)?;
        let plan = Plan { name, region, listener, audience, telemetry, traced, untraced };
        let wanted = self.options.listen;
        let service = Service::start(plan, self.stop.clone()).map_err(|source| Error::Listen {
            address: wanted,
            flag: "--listen",
            source,
        })?;
        let address = service.address;
        self.services.push(service);
        Ok(address)
    }

    fn store(&self) -> Store {
        match &self.store {
            Shared::Postgres(config) => Store::Postgres(Database::new((**config).clone())),
            Shared::Memory(memory) => Store::Memory(Arc::clone(memory)),
        }
    }
}
