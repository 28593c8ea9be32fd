//! Long-running programs: started in groups of their own, listened to, and ended in the reverse order of their start.
//!
//! Ctrl-C on a terminal goes to the whole foreground group. Each program is its own group, so only we get it, and
//! we can let the traffic end before the shop and the shop before the server that still takes its last spans.

use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::shell;
use crate::workspace::Workspace;

/// A program that does not end by itself within this time is killed. The server gives its requests 10 s and its engine
/// 30 s, so this is a little more than both.
const END_AFTER: Duration = Duration::from_secs(45);

/// The user asked to stop: not a failure of anything.
#[derive(Debug)]
pub struct Interrupted;

impl fmt::Display for Interrupted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("stopped on request")
    }
}

impl std::error::Error for Interrupted {}

/// What happens while programs run.
pub enum Event {
    /// Ctrl-C, or a request of the system to end.
    Stop,
    /// A program printed a line on its standard output or standard error.
    Line { from: &'static str, text: String },
    /// A program ended.
    Ended { name: &'static str, status: ExitStatus },
}

struct Running {
    name: &'static str,
    pid: Pid,
    log: PathBuf,
}

pub struct Children {
    running: Vec<Running>,
    events: Receiver<Event>,
    sender: Sender<Event>,
}

impl Children {
    /// From here on Ctrl-C is an event instead of our end.
    pub fn new() -> Result<Self> {
        let (sender, events) = mpsc::channel();
        let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP]).context("could not listen for Ctrl-C")?;
        let stop = sender.clone();
        thread::spawn(move || {
            for _ in signals.forever() {
                if stop.send(Event::Stop).is_err() {
                    break;
                }
            }
        });
        Ok(Self { running: Vec::new(), events, sender })
    }

    /// Starts a program; its output goes to its log, line by line, and comes back as events.
    pub fn start(&mut self, workspace: &Workspace, name: &'static str, command: &mut Command) -> Result<()> {
        let text = shell::shown(command);
        let log = workspace.log(name);
        let file = shell::create_log(&log)?;
        let mut child = command
            .process_group(0)
            // Its output ends in a log file, where colours are noise.
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("could not start `{text}`"))?;
        let pid = Pid::from_child(&child);
        self.listen(name, child.stdout.take(), file.try_clone()?);
        self.listen(name, child.stderr.take(), file);
        let sender = self.sender.clone();
        thread::spawn(move || {
            if let Ok(status) = child.wait() {
                // Nobody listens any more when we are at our own end.
                let _ = sender.send(Event::Ended { name, status });
            }
        });
        self.running.push(Running { name, pid, log });
        Ok(())
    }

    fn listen(&self, name: &'static str, stream: Option<impl Read + Send + 'static>, mut log: File) {
        let Some(stream) = stream else { return };
        let sender = self.sender.clone();
        thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                // A full disk must not stop the program we listen to.
                let _ = writeln!(log, "{line}");
                let _ = sender.send(Event::Line { from: name, text: line });
            }
        });
    }

    /// The next thing that happens, or `None` after the given time. A program that ended is no longer ours to stop.
    pub fn next(&mut self, patience: Duration) -> Option<Event> {
        match self.events.recv_timeout(patience) {
            Ok(event) => {
                if let Event::Ended { name, .. } = &event {
                    self.running.retain(|running| running.name != *name);
                }
                Some(event)
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => None,
        }
    }

    /// Waits for the line of a program that `find` accepts; fails when it ends first, in time, or on Ctrl-C.
    pub fn wait_for<T>(
        &mut self,
        name: &'static str,
        patience: Duration,
        mut find: impl FnMut(&str) -> Option<T>,
    ) -> Result<T> {
        let log = self.running.iter().find(|running| running.name == name).map(|running| running.log.clone());
        let until = Instant::now() + patience;
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            match self.next(left) {
                Some(Event::Stop) => return Err(Interrupted.into()),
                Some(Event::Line { from, text }) if from == name => {
                    if let Some(found) = find(&text) {
                        return Ok(found);
                    }
                }
                Some(Event::Ended { name: ended, status }) => {
                    bail!("{ended} ended with {status} before everything ran{}", end_of(log.filter(|_| ended == name)));
                }
                Some(Event::Line { .. }) | None => {}
            }
        }
        bail!("{name} was not ready within {} s{}", patience.as_secs(), end_of(log))
    }

    /// Ends everything, the latest first, and waits for each.
    pub fn stop(&mut self) {
        while let Some(running) = self.running.pop() {
            eprintln!("stopping {} ...", running.name);
            // It may have ended in this moment; then there is nothing to do.
            let _ = kill_process(running.pid, Signal::INT);
            if !self.ended_in_time(running.name) {
                eprintln!("{} did not end within {} s and is killed", running.name, END_AFTER.as_secs());
            }
            // Also what it may have left behind in its group.
            let _ = kill_process_group(running.pid, Signal::KILL);
        }
    }

    fn ended_in_time(&mut self, name: &str) -> bool {
        let until = Instant::now() + END_AFTER;
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            match self.next(left) {
                Some(Event::Ended { name: ended, .. }) if ended == name => return true,
                Some(Event::Stop) => eprintln!("still waiting for {name} to end in order ..."),
                _ => {}
            }
        }
        false
    }
}

/// Whatever path an error takes out of a command, nothing stays behind.
impl Drop for Children {
    fn drop(&mut self) {
        self.stop();
    }
}

fn end_of(log: Option<PathBuf>) -> String {
    log.map_or_else(String::new, |log| format!("; the end of {}:\n{}", log.display(), shell::tail(&log)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(30);

    fn workspace() -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::tempdir().expect("a folder for the logs");
        let workspace = Workspace { root: folder.path().to_path_buf(), target: folder.path().join("target") };
        (folder, workspace)
    }

    fn script(text: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", text]);
        command
    }

    #[test]
    fn a_program_that_ends_before_it_is_ready_is_told_with_its_last_words() -> Result<()> {
        let (_folder, workspace) = workspace();
        let mut children = Children::new()?;
        children.start(&workspace, "shop", &mut script("echo no database >&2; exit 7"))?;
        let error = children.wait_for("shop", LONG, |_| None::<()>).expect_err("it ended").to_string();
        assert!(error.contains("shop ended with exit status: 7"), "{error}");
        Ok(())
    }

    #[test]
    fn programs_end_in_the_reverse_order_of_their_start() -> Result<()> {
        let (folder, workspace) = workspace();
        let mut children = Children::new()?;
        let said = folder.path().join("said");
        for name in ["first", "second"] {
            let text =
                format!("trap 'echo {name} >> {}; exit' INT; echo ready; while :; do sleep 0.1; done", said.display());
            children.start(&workspace, name, &mut script(&text))?;
            children.wait_for(name, LONG, |line| (line == "ready").then_some(()))?;
        }
        children.stop();
        assert_eq!(std::fs::read_to_string(said)?, "second\nfirst\n");
        Ok(())
    }
}
