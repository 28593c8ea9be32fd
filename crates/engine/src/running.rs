//! A statement that runs on its own thread, and the hand that ends it when nobody waits for its answer any more.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use tokio::runtime::Handle;

use crate::limits::KILL_AGAIN_AFTER;
use crate::pool::{Lease, Pool};

/// Shared by the thread that runs a statement and the request that waits for it.
pub struct Running {
    pool: Arc<Pool>,
    connection: String,
    ended: Mutex<bool>,
    changed: Condvar,
}

impl Running {
    pub fn new(lease: &Lease) -> Arc<Self> {
        let (pool, connection) = (lease.pool(), lease.name());
        Arc::new(Self { pool, connection, ended: Mutex::new(false), changed: Condvar::new() })
    }

    /// The statement is over. Waits for a kill that is on its way, so that it cannot hit the connection's next statement.
    pub fn end(&self) {
        *self.ended.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.changed.notify_all();
    }

    /// Ends the statement and returns when it is over. Asked repeatedly: the engine may not list it yet.
    fn kill(&self) {
        let mut ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        while !*ended {
            self.pool.kill(&self.connection);
            let waited = self.changed.wait_timeout(ended, KILL_AGAIN_AFTER);
            (ended, _) = waited.unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Held by whoever waits for the answer: dropping it ends the statement if that still runs.
pub struct Interest {
    running: Arc<Running>,
    runtime: Handle,
}

impl Interest {
    pub fn new(running: Arc<Running>) -> Self {
        Self { running, runtime: Handle::current() }
    }
}

impl Drop for Interest {
    fn drop(&mut self) {
        if *self.running.ended.lock().unwrap_or_else(PoisonError::into_inner) {
            return;
        }
        let running = Arc::clone(&self.running);
        self.runtime.spawn_blocking(move || running.kill());
    }
}
