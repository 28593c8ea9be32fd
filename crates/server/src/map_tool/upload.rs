//! Sends maps to a server, each with its debug id and, where a release is told, its path.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use clap::ArgMatches;
use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::body::Bytes;
use hyper::{Method, StatusCode, header};
use tokio::time::sleep;

use super::scripts::{self, Script, debug_id};
use crate::ask::{self, Asked, NoAnswer, ask, encoded};
use crate::limits::{ANSWER_WITHIN, EXPLANATION_BYTES_MAX};

/// How long to wait before each further try of a server that is away.
const TRY_AGAIN_AFTER: [Duration; 3] = [Duration::from_millis(500), Duration::from_secs(2), Duration::from_secs(8)];

struct Target<'a> {
    server: &'a str,
    app: Option<&'a str>,
    release: Option<&'a str>,
    prefix: &'a str,
}

pub async fn run(folder: &Path, arguments: &ArgMatches) -> Result<String, String> {
    let text = |name: &str| arguments.get_one::<String>(name).map(String::as_str);
    let target = Target {
        server: ask::server(text("server").unwrap_or_default())?,
        app: text("app"),
        release: text("release").filter(|release| !release.is_empty()),
        prefix: text("url-prefix").unwrap_or("/"),
    };
    let scripts = scripts::find(folder)?;
    if scripts.is_empty() {
        return Err(format!("no script below {} has a map: build with source maps", folder.display()));
    }
    let (mut report, mut failed) = (String::new(), 0);
    for script in &scripts {
        let told = match path(script, &target)? {
            path if arguments.get_flag("dry-run") => format!("would be sent to {path}"),
            path => match send(script, &target, &path).await {
                Ok(told) => told.to_owned(),
                Err(why) => {
                    failed += 1;
                    format!("NOT uploaded: {why}")
                }
            },
        };
        report.push_str(&format!("{} {told}\n", script.name));
    }
    match failed {
        0 => Ok(report),
        _ => Err(format!("{failed} of {} maps were not uploaded\n{report}", scripts.len())),
    }
}

/// Of the request.
fn path(script: &Script, target: &Target<'_>) -> Result<String, String> {
    let told = |error: std::io::Error| format!("{}: {error}", script.name);
    let text = fs::read_to_string(&script.path).map_err(told)?;
    let id = debug_id(&text);
    if id.is_none() && target.release.is_none() {
        return Err(format!(
            "{} has no debug id: run `limen sourcemaps inject` first, or name the release with --release",
            script.name
        ));
    }
    let mut path = "/api/v1/sourcemaps?".to_owned();
    let mut add = |name: &str, value: &str| path.push_str(&format!("&{name}={}", encoded(value)));
    if let Some(app) = target.app {
        add("app", app);
    }
    if let Some(id) = id {
        add("debug_id", id);
    }
    if let Some(release) = target.release {
        add("release", release);
        add("url", &format!("{}/{}", target.prefix.trim_end_matches('/'), script.name));
    }
    Ok(path.replace("?&", "?"))
}

async fn send(script: &Script, target: &Target<'_>, path: &str) -> Result<&'static str, String> {
    let map = fs::read(&script.map).map_err(|error| error.to_string())?;
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    let map = packed.write_all(&map).and_then(|()| packed.finish()).map_err(|error| error.to_string())?;
    let map = Bytes::from(map);
    let mut waits = TRY_AGAIN_AFTER.iter();
    loop {
        let asked = Asked {
            method: Method::PUT,
            path,
            headers: &[(header::CONTENT_TYPE, "application/json"), (header::CONTENT_ENCODING, "gzip")],
            body: map.clone(),
            answer_bytes_max: EXPLANATION_BYTES_MAX,
            within: ANSWER_WITHIN,
        };
        match (ask(target.server, asked).await, waits.next()) {
            (Ok((StatusCode::CREATED, _)), _) => return Ok("uploaded"),
            (Ok(_), _) => return Ok("was there"),
            (Err(NoAnswer::Away(_)), Some(wait)) => sleep(*wait).await,
            (Err(none), _) => return Err(none.to_string()),
        }
    }
}
