//! A few connections of one service, each with the statements it has prepared.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_postgres::{Client, Config, NoTls, Statement};

use crate::failure::Failure;
use crate::limits::{POOL_CONNECTIONS_MAX, POOL_WAIT_MAX};

#[derive(Debug, Clone)]
pub struct Pool {
    config: Arc<Config>,
    permits: Arc<Semaphore>,
    idle: Arc<Mutex<Vec<Session>>>,
}

pub struct Session {
    pub client: Client,
    pub prepared: HashMap<&'static str, Statement>,
}

/// A connection on loan; it goes back when dropped.
pub struct Loan {
    session: Option<Session>,
    idle: Arc<Mutex<Vec<Session>>>,
    _permit: OwnedSemaphorePermit,
}

impl Pool {
    pub fn new(config: Config) -> Self {
        let permits = Arc::new(Semaphore::new(POOL_CONNECTIONS_MAX));
        Self { config: Arc::new(config), permits, idle: Arc::default() }
    }

    pub async fn lend(&self) -> Result<Loan, Failure> {
        let waiting = tokio::time::timeout(POOL_WAIT_MAX, Arc::clone(&self.permits).acquire_owned());
        let Ok(Ok(permit)) = waiting.await else {
            return Err(Failure::unavailable("all connections to the database are busy; try again"));
        };
        let waiting = lock(&self.idle).pop();
        let session = match waiting.filter(|session| !session.client.is_closed()) {
            Some(session) => session,
            None => self.connect().await?,
        };
        Ok(Loan { session: Some(session), idle: Arc::clone(&self.idle), _permit: permit })
    }

    async fn connect(&self) -> Result<Session, Failure> {
        let connected = self.config.connect(NoTls).await;
        let (client, connection) = connected.map_err(|cause| {
            tracing::warn!("cannot connect to the shop's PostgreSQL: {cause}");
            Failure::unavailable("the database cannot be reached; try again")
        })?;
        tokio::spawn(async move {
            if let Err(cause) = connection.await {
                tracing::debug!("a connection to the shop's PostgreSQL ended: {cause}");
            }
        });
        Ok(Session { client, prepared: HashMap::new() })
    }
}

impl Loan {
    pub fn session(&mut self) -> &mut Session {
        self.session.as_mut().expect("the session leaves only when the loan is dropped")
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        if let Some(session) = self.session.take().filter(|session| !session.client.is_closed()) {
            lock(&self.idle).push(session);
        }
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("prepared", &self.prepared.len()).finish_non_exhaustive()
    }
}

fn lock(idle: &Mutex<Vec<Session>>) -> MutexGuard<'_, Vec<Session>> {
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}
