//! Runs a short command to its end: quietly into a log, aloud on the terminal, or for what it prints.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::progress::Step;
use crate::workspace::Workspace;

/// So many last lines of a log are shown when a command or program failed.
pub const TAIL_LINES: usize = 25;

/// A command as a person would type it, for messages.
pub fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}

/// Runs with the output on the terminal. The command never gets our input.
pub fn aloud(command: &mut Command) -> Result<()> {
    let text = shown(command);
    let status =
        command.stdin(Stdio::null()).status().with_context(|| format!("could not start `{text}`; is it installed?"))?;
    if !status.success() {
        bail!("`{text}` ended with {status}");
    }
    Ok(())
}

/// Runs for its standard output; what it says on standard error appears only when it fails.
pub fn output(command: &mut Command) -> Result<String> {
    let text = shown(command);
    let output =
        command.stdin(Stdio::null()).output().with_context(|| format!("could not start `{text}`; is it installed?"))?;
    if !output.status.success() {
        bail!("`{text}` ended with {}\n{}", output.status, String::from_utf8_lossy(&output.stderr).trim_end());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs with the output in a log file, the latest line beside the spinner, and the log's tail in the error.
pub fn quietly(workspace: &Workspace, step: &Step, log_name: &str, command: &mut Command) -> Result<()> {
    let text = shown(command);
    let log_path = workspace.log(log_name);
    let mut log = create_log(&log_path)?;
    writeln!(log, "$ {text}")?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("could not start `{text}`; is it installed?"))?;
    let (sender, lines) = mpsc::channel();
    let streams: [Option<Box<dyn std::io::Read + Send>>; 2] = [
        child.stdout.take().map(|stream| Box::new(stream) as Box<dyn std::io::Read + Send>),
        child.stderr.take().map(|stream| Box::new(stream) as Box<dyn std::io::Read + Send>),
    ];
    for stream in streams.into_iter().flatten() {
        let sender = sender.clone();
        thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
    }
    drop(sender);
    let mut latest = text.clone();
    loop {
        match lines.recv_timeout(Duration::from_secs(5)) {
            Ok(line) => {
                writeln!(log, "{line}")?;
                if !line.trim().is_empty() {
                    latest = line.trim().to_owned();
                }
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {}
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
        }
        step.doing(&latest);
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("`{text}` ended with {status}; the end of {}:\n{}", workspace.shown(&log_path), tail(&log_path));
    }
    Ok(())
}

/// Opens a fresh log file, making its folder.
pub fn create_log(path: &Path) -> Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("could not create the folder {}", folder.display()))?;
    }
    File::create(path).with_context(|| format!("could not write {}", path.display()))
}

/// The last lines of a log, indented for an error message.
pub fn tail(path: &Path) -> String {
    let Ok(file) = File::open(path) else { return "    (no log)".to_owned() };
    let mut last = VecDeque::with_capacity(TAIL_LINES);
    for line in BufReader::new(file).lines().map_while(Result::ok) {
        if last.len() == TAIL_LINES {
            last.pop_front();
        }
        last.push_back(format!("    {line}"));
    }
    last.make_contiguous().join("\n")
}
