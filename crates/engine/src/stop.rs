//! When the engine has to stop: asked by a signal, or left alone by the process that started it.

use std::io::{self, Read};

use rustix::fs::FileType;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;

use crate::EngineError;

/// The reasons to stop, listened for from the moment this is made.
pub struct Stop {
    terminate: Signal,
    interrupt: Signal,
    left_alone: oneshot::Receiver<()>,
}

impl Stop {
    pub fn listen() -> Result<Self, EngineError> {
        let refused = |source| EngineError::SystemRefused { what: "to listen for signals", source };
        Ok(Self {
            terminate: signal(SignalKind::terminate()).map_err(refused)?,
            interrupt: signal(SignalKind::interrupt()).map_err(refused)?,
            left_alone: left_alone().map_err(|source| EngineError::SystemRefused { what: "a thread", source })?,
        })
    }

    pub async fn wait(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
            Ok(()) = &mut self.left_alone => {}
        }
    }
}

/// Ready when the supervisor closed its end of standard input, which the system does for it also when it is killed.
/// A terminal, a file or /dev/null is no supervisor.
fn left_alone() -> io::Result<oneshot::Receiver<()>> {
    let (sender, receiver) = oneshot::channel();
    let kind = rustix::fs::fstat(io::stdin()).map(|status| FileType::from_raw_mode(status.st_mode));
    if !matches!(kind, Ok(FileType::Fifo | FileType::Socket)) {
        return Ok(receiver);
    }
    std::thread::Builder::new().name("stdin".to_owned()).spawn(move || {
        let mut bytes = [0; 64];
        while matches!(io::stdin().read(&mut bytes), Ok(1..)) {}
        let _ = sender.send(());
    })?;
    Ok(receiver)
}
