//! Starts everything in order, announces it, waits for the end, and stops everything in the reverse order.

use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use limen_enrich::{EnrichOptions, Enricher};
use limen_store::{Address, Committer, Loss, Spool, SpoolLevel, Store};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::backup::{Backups, control};
use crate::connections::{self, Pace, Protocol};
use crate::directory::Directory;
use crate::erasure::Erasures;
use crate::error::ServeError;
use crate::limits::{BODIES_BYTES_MAX, STOPPED_WITHIN};
use crate::metadata::{Metadata, random_bytes};
use crate::outcomes::Outcomes;
use crate::pipeline::Pipeline;
use crate::settings::{SelfTelemetry, Settings};
use crate::sourcemaps::SourceMaps;
use crate::supervisor::{EngineCommand, EngineState, Supervisor};
use crate::telemetry::{Counters, export};
use crate::usage::{self, Usage};
use crate::{jobs, router};

/// How often a ClickHouse server is asked whether it is there.
const PING_EVERY: Duration = Duration::from_secs(2);

/// Everything that is open while the server runs.
pub struct Running {
    pub settings: Settings,
    pub addresses: Addresses,
    pub metadata: Metadata,
    /// Names this run of the server among others.
    pub node: String,
    pub directory: Directory,
    pub store: Store,
    pub pipeline: Pipeline,
    pub erasures: Erasures,
    pub source_maps: SourceMaps,
    pub engine: watch::Receiver<EngineState>,
    /// Nothing when the settings want no spool.
    pub spool: Option<watch::Receiver<SpoolLevel>>,
    /// Room for the bodies of both ports.
    pub bodies: Arc<Semaphore>,
    pub counters: Arc<Counters>,
}

/// Where the server listens, ports chosen by the system included.
#[derive(Debug, Clone, Copy)]
pub struct Addresses {
    pub main: SocketAddr,
    pub otlp: SocketAddr,
    pub grpc: Option<SocketAddr>,
}

/// The sockets behind those addresses.
struct Ports {
    main: TcpListener,
    otlp: TcpListener,
    grpc: Option<TcpListener>,
}

pub async fn serve(settings: Settings) -> Result<(), ServeError> {
    let (ports, addresses) = take_ports(&settings).await?;
    make_data_folder(&settings.server.data)?;
    let mut stop = stop_signal()?;
    let counters = Arc::new(Counters::default());
    let (engine, address) = start_engine(&settings, &counters)?;
    let opened = tokio::select! {
        opened = open(settings, addresses, counters, &engine, &address) => opened,
        () = stopped(&mut stop) => { engine.stop().await; return Ok(()) }
    };
    let (running, writer) = match opened {
        Ok(opened) => opened,
        Err(error) => {
            engine.stop().await;
            return Err(error);
        }
    };
    announce(&running);
    let metadata = running.metadata.clone();
    let reporting = export::start(&running);
    let control = control::start(&running.settings.server.data, Backups::of(&running), stop.clone());
    let keeper = usage::Keeper::start(Arc::clone(&running.pipeline.usage), metadata.clone());
    let (geo, membership) = jobs::start(&running);
    run(running, ports, stop).await;
    // Half a round of sums never counts, and an erasure goes on after the next start: they can end anywhere.
    geo.abort();
    if let Some(reporting) = reporting {
        // It holds a committer, for which the writer would wait.
        reporting.abort();
        let _ = reporting.await;
    }
    if let Some(control) = control {
        let _ = control.await;
    }
    // Every committer is gone with the routers: the writer ends once what waits is written.
    let _ = writer.await;
    keeper.stop().await;
    membership.stop().await;
    metadata.close().await;
    engine.stop().await;
    tracing::info!("stopped, all acknowledged data is on the disk");
    Ok(())
}

async fn take_ports(settings: &Settings) -> Result<(Ports, Addresses), ServeError> {
    let main = listen(settings.server.listen, "listen").await?;
    let otlp = listen(settings.server.otlp_listen, "otlp-listen").await?;
    let grpc = match settings.server.grpc {
        Some(address) => Some(listen(address, "grpc").await?),
        None => None,
    };
    let addresses = Addresses {
        main: main.local_addr().map_err(ServeError::System)?,
        otlp: otlp.local_addr().map_err(ServeError::System)?,
        grpc: grpc.as_ref().map(TcpListener::local_addr).transpose().map_err(ServeError::System)?,
    };
    Ok((Ports { main, otlp, grpc }, addresses))
}

async fn listen(address: SocketAddr, flag: &'static str) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).await.map_err(|reason| match reason.kind() {
        std::io::ErrorKind::AddrInUse => ServeError::AddressTaken { address, flag },
        _ => ServeError::Listen { address, flag, reason },
    })
}

fn make_data_folder(path: &Path) -> Result<(), ServeError> {
    let refuse = |reason| ServeError::DataFolder { path: path.to_owned(), reason };
    std::fs::create_dir_all(path).map_err(refuse)?;
    // Telemetry is personal data: other users of this machine have no business here.
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700)).map_err(refuse)
}

/// The engine behind the store: a process of ours, or a server that somebody else runs.
enum Engine {
    Embedded(Supervisor),
    Server { state: watch::Receiver<EngineState>, pings: JoinHandle<()> },
}

impl Engine {
    fn state(&self) -> watch::Receiver<EngineState> {
        match self {
            Engine::Embedded(supervisor) => supervisor.state(),
            Engine::Server { state, .. } => state.clone(),
        }
    }

    async fn stop(self) {
        match self {
            Engine::Embedded(supervisor) => supervisor.stop().await,
            Engine::Server { pings, .. } => pings.abort(),
        }
    }
}

fn start_engine(settings: &Settings, counters: &Arc<Counters>) -> Result<(Engine, Address), ServeError> {
    if let Some(address) = &settings.engine.clickhouse {
        let store = open_store(settings, address)?;
        let (sender, state) = watch::channel(EngineState::Starting);
        return Ok((Engine::Server { state, pings: tokio::spawn(keep_pinging(store, sender)) }, address.clone()));
    }
    let library = limen_engine::find_library(settings.engine.library.as_deref())?;
    let socket = socket_path(&settings.server.data)?;
    let command = EngineCommand {
        program: std::env::current_exe().map_err(ServeError::OwnProgram)?,
        data: settings.server.data.join("engine"),
        socket: socket.clone(),
        library,
        connections: settings.engine.connections,
        memory_max_bytes: settings.engine.memory_max_bytes,
    };
    Ok((Engine::Embedded(Supervisor::start(command, Arc::clone(counters))), Address::Socket(socket)))
}

fn open_store(settings: &Settings, address: &Address) -> Result<Store, ServeError> {
    Ok(match &settings.engine.cluster {
        Some(cluster) => Store::open_cluster(address, cluster.clone())?,
        None => Store::open(address)?,
    })
}

/// In the data folder, as an absolute path: the engine's process may have another working directory.
fn socket_path(data: &Path) -> Result<PathBuf, ServeError> {
    let refuse = |reason| ServeError::DataFolder { path: data.to_owned(), reason };
    Ok(data.canonicalize().map_err(refuse)?.join("run").join("engine.sock"))
}

async fn keep_pinging(store: Store, state: watch::Sender<EngineState>) {
    loop {
        let now = match store.ping().await {
            Ok(()) => EngineState::Ready,
            Err(error) => EngineState::Down(error.to_string()),
        };
        if state.send_if_modified(|before| std::mem::replace(before, now.clone()) != now)
            && let EngineState::Down(reason) = &now
        {
            tracing::warn!(reason, "the ClickHouse server does not answer, asking it again");
        }
        sleep(PING_EVERY).await;
    }
}

async fn open(
    settings: Settings,
    addresses: Addresses,
    counters: Arc<Counters>,
    engine: &Engine,
    address: &Address,
) -> Result<(Running, JoinHandle<()>), ServeError> {
    let metadata = match &settings.server.metadata {
        Some(url) => Metadata::connect(&url.0).await?,
        None => Metadata::open(&settings.server.data).await?,
    };
    let directory = open_directory(&metadata, &settings).await?;
    let erasures = Erasures::open(&metadata).await?;
    let source_maps = SourceMaps::open(&settings.server.data, &metadata).map_err(ServeError::System)?;
    let enricher = Enricher::new(EnrichOptions {
        geo_file: settings.enrich.geoip_file.clone(),
        geo_attribution: settings.enrich.geoip_attribution.clone(),
        trusted_proxies: settings.enrich.trusted_proxies.iter().map(ToString::to_string).collect(),
        addresses: settings.enrich.addresses,
    })?;
    let store = open_store(&settings, address)?;
    let mut state = engine.state();
    wait_until_ready(&mut state).await?;
    metadata.making_tables(store.migrate()).await??;
    let outcomes = Arc::new(Outcomes::default());
    let spool = open_spool(&settings, &outcomes).await?;
    let spool_level = spool.as_ref().map(Spool::level);
    let instance = u64::from_le_bytes(random_bytes().map_err(ServeError::System)?);
    let (committer, writer) = Committer::start(store.client().clone(), instance, spool);
    let pipeline = Pipeline {
        enricher: Arc::new(enricher),
        committer,
        outcomes,
        gate: Arc::default(),
        usage: open_usage(&metadata).await?,
        engine: state.clone(),
        spools: spool_level.is_some(),
        screen: erasures.screen().clone(),
    };
    let bodies = Arc::new(Semaphore::new(BODIES_BYTES_MAX));
    let running = Running {
        settings,
        addresses,
        metadata,
        node: format!("{instance:016x}"),
        directory,
        store,
        pipeline,
        erasures,
        source_maps,
        engine: state,
        spool: spool_level,
        bodies,
        counters,
    };
    Ok((running, writer))
}

/// With what is used of today's quotas.
async fn open_usage(metadata: &Metadata) -> Result<Arc<Usage>, ServeError> {
    let today = usage::first_hour_of_day(time::OffsetDateTime::now_utc().unix_timestamp());
    Ok(Arc::new(Usage::begin(&metadata.usage_since(today).await?)))
}

async fn open_spool(settings: &Settings, outcomes: &Arc<Outcomes>) -> Result<Option<Spool>, ServeError> {
    let outcomes = Arc::clone(outcomes);
    let losses = move |loss: Loss| outcomes.add(loss.app.as_ref(), loss.signal, loss.outcome, loss.rows);
    match settings.server.spool_bytes_max {
        0 => Ok(None),
        bytes_max => Ok(Some(Spool::open(&settings.server.data, bytes_max, losses).await?)),
    }
}

async fn open_directory(metadata: &Metadata, settings: &Settings) -> Result<Directory, ServeError> {
    if metadata.apps().await?.is_empty() {
        metadata.create_app(&settings.server.first_app).await?;
    }
    if settings.server.self_telemetry == Some(SelfTelemetry::Own) {
        metadata.create_app(&export::own_app()).await?;
    }
    let directory = Directory::default();
    directory.replace(metadata.apps().await?);
    Ok(directory)
}

pub async fn wait_until_ready(state: &mut watch::Receiver<EngineState>) -> Result<(), ServeError> {
    let reached = state
        .wait_for(|state| matches!(state, EngineState::Ready | EngineState::Failed(_) | EngineState::Stopped))
        .await
        .map(|state| state.clone());
    match reached {
        Ok(EngineState::Ready) => Ok(()),
        Ok(EngineState::Failed(reason)) => Err(ServeError::Engine(reason)),
        _ => Err(ServeError::Engine("it was stopped".to_owned())),
    }
}

/// For people on stderr, for programs as one line on stdout.
fn announce(running: &Running) {
    let url = format!("http://{}", running.addresses.main);
    let apps = running.directory.apps();
    eprintln!("Limen {} is ready: {url}", env!("CARGO_PKG_VERSION"));
    for app in &apps {
        eprintln!("\n  Application {}, ingest key {}", app.id, app.key.as_str());
        eprintln!("  <script async src=\"{url}/limen.js\" data-key=\"{}\"></script>", app.key.as_str());
    }
    eprintln!("\n  OTLP/HTTP for services: http://{} with the header limen-key", running.addresses.otlp);
    if let Some(grpc) = running.addresses.grpc {
        eprintln!("  OTLP/gRPC for services: http://{grpc} with the metadata limen-key");
    }
    if running.settings.local_only() {
        eprintln!("  There is no sign-in yet, so only this machine can reach it.\n");
    } else {
        eprintln!("  Warning: there is no sign-in yet, and other machines can reach it: all data is open to them.\n");
    }
    let apps: Vec<_> = apps.iter().map(|app| json!({ "id": app.id.as_str(), "key": app.key.as_str() })).collect();
    let otlp = format!("http://{}", running.addresses.otlp);
    let grpc = running.addresses.grpc.map(|grpc| format!("http://{grpc}"));
    let line = json!({ "url": url, "otlp": otlp, "grpc": grpc, "apps": apps });
    // A closed stdout is no reason to end.
    let _ = writeln!(std::io::stdout(), "limen ready {line}");
}

async fn run(running: Running, ports: Ports, mut stop: watch::Receiver<bool>) {
    let main_router = router::main(&running);
    let otlp_router = router::otlp(&running);
    let grpc_router = router::grpc(&running);
    let counters = Arc::clone(&running.counters);
    drop(running);
    let pace = Pace::usual();
    let main_server = connections::serve(
        ports.main,
        main_router,
        Protocol::Http1,
        pace,
        counters.main_connections.clone(),
        stop.clone(),
    );
    let otlp_server = connections::serve(
        ports.otlp,
        otlp_router,
        Protocol::Http1,
        pace,
        counters.otlp_connections.clone(),
        stop.clone(),
    );
    let grpc_stop = stop.clone();
    let grpc_server = async move {
        if let Some(port) = ports.grpc {
            connections::serve(port, grpc_router, Protocol::Http2, pace, counters.grpc_connections.clone(), grpc_stop)
                .await;
        }
    };
    let servers = async { tokio::join!(main_server, otlp_server, grpc_server) };
    tokio::pin!(servers);
    tokio::select! {
        _ = &mut servers => return,
        () = stopped(&mut stop) => {}
    }
    tracing::info!("stopping: ending requests, then the engine");
    if timeout(STOPPED_WITHIN, servers).await.is_err() {
        tracing::warn!(seconds = STOPPED_WITHIN.as_secs(), "some requests did not end in time");
    }
}

async fn stopped(stop: &mut watch::Receiver<bool>) {
    // An error means that the task that listens for signals is gone, which only happens at the end.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Turns true at Ctrl-C or SIGTERM.
fn stop_signal() -> Result<watch::Receiver<bool>, ServeError> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServeError::System)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(ServeError::System)?;
    let (sender, receiver) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        sender.send_replace(true);
        // Kept until everybody has seen it.
        sender.closed().await;
    });
    Ok(receiver)
}
