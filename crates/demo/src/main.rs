//! `limen-demo`: the program that runs the demo shop until it is asked to stop.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;
use limen_demo::{Shop, ShopOptions};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// The demo shop of Limen.
#[derive(Debug, Parser)]
#[command(version)]
enum Arguments {
    /// Run the shop: a gateway, four services in each of two regions, and a PostgreSQL of its own.
    Shop(ShopOptions),
}

#[tokio::main]
async fn main() -> ExitCode {
    let Arguments::Shop(options) = Arguments::parse();
    // OpenTelemetry's own messages repeat with every batch; the exporter says once what matters.
    let filter = EnvFilter::try_from_env("LIMEN_DEMO_LOG").unwrap_or_else(|_| EnvFilter::new("limen_demo=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_target(false)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    match run(&options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            tracing::error!("{cause}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: &ShopOptions) -> anyhow::Result<()> {
    // Listened for from the start, so that Ctrl-C while PostgreSQL starts still stops it in order.
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    let shop = Shop::start(options).await?;
    let ready = shop.ready();
    // Whoever reads this may have gone away, which is no reason to close the shop.
    let _ = writeln!(std::io::stdout(), "{}", serde_json::to_string(&ready)?);
    tracing::info!("the shop is open at {}", ready.url);
    asked_to_stop(&mut interrupted, &mut terminated).await;
    tracing::info!("closing the shop");
    shop.stop().await?;
    Ok(())
}

async fn asked_to_stop(interrupted: &mut Signal, terminated: &mut Signal) {
    tokio::select! {
        _ = interrupted.recv() => {}
        _ = terminated.recv() => {}
    }
}
