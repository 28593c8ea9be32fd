//! The command line: `limen serve`, the process it supervises, `limen engine`, and `limen load`, which sends to any server.

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, value_parser};
use limen_load::LoadArguments;
use tracing_subscriber::EnvFilter;

use crate::backup::{control, restore};
use crate::error::BackupError;
use crate::explain;
use crate::map_tool;
use crate::serve;
use crate::settings::{KEYS, Settings, SettingsError, load};

/// What messages are shown when `LIMEN_LOG` says nothing.
const LOG_DEFAULT: &str = "warn,limen=info,limen_server=info,limen_store=info";

pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let matches = command().get_matches_from(arguments);
    match matches.subcommand() {
        Some(("serve", arguments)) => run_serve(arguments),
        Some(("engine", arguments)) => run_engine(arguments),
        Some(("load", arguments)) => run_load(arguments),
        Some(("explain", arguments)) => run_explain(arguments),
        Some(("sourcemaps", arguments)) => run_map_tool(arguments),
        Some(("backup", arguments)) => run_backup(arguments),
        Some(("restore", arguments)) => run_restore(arguments),
        _ => ExitCode::FAILURE,
    }
}

/// The flags of `serve` are the list of settings.
pub fn command() -> Command {
    let serve = KEYS.iter().fold(
        Command::new("serve").about("Runs the server").arg(
            Arg::new("config").long("config").value_name("FILE").value_parser(value_parser!(PathBuf)).help(
                "Settings file in TOML; ./limen.toml is read when it exists. Settings are also read from the \
                 environment, as LIMEN_SECTION_NAME; flags win over those, and those over the file.",
            ),
        ),
        |command, key| {
            let default = if key.default.is_empty() { String::new() } else { format!(" [default: {}]", key.default) };
            let help = format!("{}{default} [env: {}]", key.meaning, key.variable());
            command.arg(Arg::new(key.path).long(key.flag()).value_name("VALUE").help(help))
        },
    );
    let path = |name: &'static str| Arg::new(name).long(name).required(true).value_parser(value_parser!(PathBuf));
    let engine = Command::new("engine")
        .about("Runs the embedded engine; `limen serve` starts this itself")
        .hide(true)
        .arg(path("data"))
        .arg(path("socket"))
        .arg(path("library"))
        .arg(Arg::new("connections").long("connections").default_value("8").value_parser(value_parser!(usize)))
        .arg(
            Arg::new("memory-max-bytes")
                .long("memory-max-bytes")
                .default_value("2147483648")
                .value_parser(value_parser!(u64)),
        );
    let data = || Arg::new("server.data").long("data").value_name("FOLDER").help("The data folder, as for `serve`");
    Command::new("limen")
        .about("Real User Monitoring in one observability pipeline, self-hosted")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(serve)
        .subcommand(engine)
        .subcommand(
            Command::new("backup")
                .about("Copies everything that a running server has acknowledged into a new folder, while it goes on")
                .arg(data())
                .arg(path("to").value_name("FOLDER").help("Made when it is missing; must be empty")),
        )
        .subcommand(
            Command::new("restore")
                .about("Makes a new data folder from a backup, for `limen serve` to start with")
                .arg(path("from").value_name("FOLDER").help("The backup"))
                .arg(data()),
        )
        .subcommand(explain::command())
        .subcommand(map_tool::command())
        .subcommand(LoadArguments::augment_args(
            Command::new("load").about("Sends made-up visits over OTLP, to try a server out or to measure one"),
        ))
}

fn run_serve(arguments: &ArgMatches) -> ExitCode {
    let flags = KEYS
        .iter()
        .filter_map(|key| Some((key.flag(), arguments.get_one::<String>(key.path)?.clone())))
        .collect::<Vec<_>>();
    let file = arguments.get_one::<PathBuf>("config").map(PathBuf::as_path);
    let settings = match load(file, std::env::vars(), flags).and_then(|written| Settings::check(&written)) {
        Ok(settings) => settings,
        Err(error) => return fail(&error),
    };
    let filter = EnvFilter::try_from_env("LIMEN_LOG").unwrap_or_else(|_| EnvFilter::new(LOG_DEFAULT));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    match runtime.block_on(serve::serve(settings)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

fn run_engine(arguments: &ArgMatches) -> ExitCode {
    let path = |name: &str| arguments.get_one::<PathBuf>(name).cloned().unwrap_or_default();
    let options = limen_engine::EngineOptions {
        library: path("library"),
        data: path("data"),
        socket: path("socket"),
        connections: arguments.get_one("connections").copied().unwrap_or(8),
        memory_max_bytes: arguments.get_one("memory-max-bytes").copied().unwrap_or(2 << 30),
        binary_version: env!("CARGO_PKG_VERSION"),
    };
    match limen_engine::run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(error.exit_code())
        }
    }
}

/// A setting of `serve`, by the same flag, variable and default.
fn settings_of(arguments: &ArgMatches) -> Result<Settings, SettingsError> {
    let data = arguments.get_one::<String>("server.data").map(|value| ("data".to_owned(), value.clone()));
    load(None, std::env::vars(), data.into_iter().collect::<Vec<_>>()).and_then(|written| Settings::check(&written))
}

fn run_backup(arguments: &ArgMatches) -> ExitCode {
    let to = arguments.get_one::<PathBuf>("to").cloned().unwrap_or_default();
    let taken = settings_of(arguments).map_err(|error| error.to_string()).and_then(|settings| {
        let to = std::path::absolute(&to).map_err(|error| error.to_string())?;
        block_on(control::ask(&settings.server.data, &to))
    });
    match taken {
        Ok(taken) => {
            println!("backed up {} files with {} bytes to {}", taken.files, taken.bytes, to.display());
            ExitCode::SUCCESS
        }
        Err(error) => fail(&error),
    }
}

fn run_restore(arguments: &ArgMatches) -> ExitCode {
    let from = arguments.get_one::<PathBuf>("from").cloned().unwrap_or_default();
    let restored = settings_of(arguments).map_err(|error| error.to_string()).and_then(|settings| {
        let manifest = block_on(restore::restore(&from, &settings))?;
        Ok((manifest, settings.server.data))
    });
    match restored {
        Ok((manifest, data)) => {
            println!("restored the backup of {} by limen {} to {}", manifest.began, manifest.version, data.display());
            ExitCode::SUCCESS
        }
        Err(error) => fail(&error),
    }
}

fn block_on<T>(work: impl Future<Output = Result<T, BackupError>>) -> Result<T, String> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|error| error.to_string())?.block_on(work).map_err(|error| error.to_string())
}

/// Ends well only when everything that was sent has been acknowledged.
fn run_load(arguments: &ArgMatches) -> ExitCode {
    let options =
        match LoadArguments::from_arg_matches(arguments).map_err(|error| error.exit()).map(LoadArguments::check) {
            Ok(Ok(options)) => options,
            Ok(Err(error)) => return fail(&error),
            Err(never) => never,
        };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    let report = runtime.block_on(limen_load::run(options));
    println!("{report}");
    if report.all_acknowledged() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run_explain(arguments: &ArgMatches) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    match runtime.block_on(explain::run(arguments)) {
        Ok(answer) => {
            print!("{answer}");
            ExitCode::SUCCESS
        }
        Err(error) => fail(&error),
    }
}

fn run_map_tool(arguments: &ArgMatches) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    match runtime.block_on(map_tool::run(arguments)) {
        Ok(report) => {
            print!("{report}");
            ExitCode::SUCCESS
        }
        Err(error) => fail(&error),
    }
}

/// The last line a person reads when the start fails: what went wrong and what to do.
fn fail(error: &dyn std::fmt::Display) -> ExitCode {
    eprintln!("limen: {error}");
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        command().debug_assert();
    }
}
