//! `limen sourcemaps`: gives built scripts and their maps a common id, and uploads the maps.

mod inject;
mod scripts;
mod upload;

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

pub fn command() -> Command {
    let folder = || {
        Arg::new("folder")
            .required(true)
            .value_name("FOLDER")
            .value_parser(value_parser!(PathBuf))
            .help("Where the build is")
    };
    let text = |name: &'static str, help: &'static str| Arg::new(name).long(name).value_name("TEXT").help(help);
    Command::new("sourcemaps")
        .about("Makes errors of built scripts show their source")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("inject")
                .about("Writes a debug id into every script that has a map, and into the map; before the scripts are deployed")
                .arg(folder()),
        )
        .subcommand(
            Command::new("upload")
                .about("Sends the maps of every script below a folder to a server; the maps need not be deployed")
                .arg(folder())
                .arg(text("release", "As pages report it; needed for scripts without a debug id"))
                .arg(text("url-prefix", "Path under which browsers load the folder").default_value("/"))
                .arg(text("app", "Slug of the application; left out, the first one"))
                .arg(text("server", "Host and port of the server").default_value("127.0.0.1:4600"))
                .arg(
                    Arg::new("dry-run")
                        .long("dry-run")
                        .action(ArgAction::SetTrue)
                        .help("Says what would be sent, and sends nothing"),
                ),
        )
}

/// What was done in words, or why not all of it could be.
pub async fn run(arguments: &ArgMatches) -> Result<String, String> {
    let folder = |arguments: &ArgMatches| arguments.get_one::<PathBuf>("folder").cloned().unwrap_or_default();
    match arguments.subcommand() {
        Some(("inject", arguments)) => inject::run(&folder(arguments)),
        Some(("upload", arguments)) => upload::run(&folder(arguments), arguments).await,
        _ => Err("say inject or upload".to_owned()),
    }
}
