//! The `limen` binary: reads the command line and hands over.

use std::process::ExitCode;

fn main() -> ExitCode {
    limen_server::cli::run(std::env::args_os())
}
