//! The connections to the database: each runs one statement at a time, so many are held and lent out one by one.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::exception::{Exception, code};
use crate::exit;
use crate::ffi::{Connection, Library};
use crate::limits::WAITING_MAX;
use crate::request::Ask;
use crate::settings::{NAME_SETTING, Settings};

pub struct Pool {
    library: &'static Library,
    settings: Settings,
    data: PathBuf,
    free: Mutex<Vec<Session>>,
    permits: Arc<Semaphore>,
    waiting: AtomicUsize,
    size: usize,
    /// Never lent out: it ends statements on the others, and keeps the database open while those are renewed.
    control: Mutex<Connection>,
}

/// A connection with what is known about its state.
pub struct Session {
    name: String,
    connection: Connection,
    database: String,
}

impl Pool {
    /// Nothing when the database does not open; the library says why on stderr.
    pub fn open(library: &'static Library, settings: Settings, data: &Path, size: usize) -> Option<Arc<Self>> {
        let control = library.connect(&settings.arguments("limen-control"))?;
        let sessions: Option<Vec<Session>> =
            (0..size).map(|number| Session::open(library, &settings, format!("limen-{number}"))).collect();
        Some(Arc::new(Self {
            library,
            settings,
            data: data.to_owned(),
            free: Mutex::new(sessions?),
            permits: Arc::new(Semaphore::new(size)),
            waiting: AtomicUsize::new(0),
            size,
            control: Mutex::new(control),
        }))
    }

    /// Waits for a free connection, in the order of asking.
    pub async fn lend(self: &Arc<Self>) -> Result<Lease, Exception> {
        let waiting = Waiting::new(&self.waiting);
        if waiting.before >= WAITING_MAX {
            let message = format!("{WAITING_MAX} requests wait for the database already; try again later");
            return Err(Exception::new(code::TOO_MANY_SIMULTANEOUS_QUERIES, "TOO_MANY_SIMULTANEOUS_QUERIES", &message));
        }
        let permit = Arc::clone(&self.permits).acquire_owned().await;
        let (Ok(permit), Some(session)) = (permit, held(&self.free).pop()) else {
            return Err(Exception::new(code::NETWORK_ERROR, "NETWORK_ERROR", "the engine is stopping"));
        };
        Ok(Lease { session: Some(session), pool: Arc::clone(self), _permit: permit })
    }

    /// Runs one statement on the connection that is never lent out.
    pub fn control(&self, sql: &str) -> Result<String, Exception> {
        let answer = held(&self.control).query(sql, "TabSeparated", &[]);
        match answer {
            Ok(answer) => Ok(String::from_utf8_lossy(&answer.bytes).into_owned()),
            Err(error) => Err(self.exception(&error)),
        }
    }

    /// Asks the engine to end the statement of the connection called `name`.
    pub fn kill(&self, name: &str) {
        // A statement that ended by itself in between is not an error.
        let _ = self.control(&format!("KILL QUERY WHERE Settings['{NAME_SETTING}'] = '{name}' ASYNC FORMAT Null"));
    }

    /// Closes every connection once all have come back; nothing is lent from now on.
    pub async fn close(&self) {
        let all = u32::try_from(self.size).unwrap_or(u32::MAX);
        if let Ok(permits) = self.permits.acquire_many(all).await {
            permits.forget();
        }
        self.permits.close();
        held(&self.free).clear();
    }

    pub fn exception(&self, text: &str) -> Exception {
        Exception::from_engine(text, &self.data)
    }
}

/// A connection for one request. It comes back when this is dropped.
pub struct Lease {
    session: Option<Session>,
    pool: Arc<Pool>,
    _permit: OwnedSemaphorePermit,
}

impl Lease {
    pub fn name(&self) -> String {
        self.session.as_ref().map(|session| session.name.clone()).unwrap_or_default()
    }

    pub fn pool(&self) -> Arc<Pool> {
        Arc::clone(&self.pool)
    }

    /// The connection in the database and under the settings of the request; nothing of them stays afterwards.
    pub fn enter(&mut self, ask: &Ask) -> Result<&mut Connection, Exception> {
        let Some(session) = self.session.as_mut() else {
            return Err(self.pool.exception("the connection is gone"));
        };
        session.enter(ask).map_err(|error| self.pool.exception(&error))?;
        Ok(&mut session.connection)
    }

    /// Takes the request's settings back. A token left behind would make the next insert look like a repeated one, so
    /// a connection of which that is not certain is replaced.
    pub fn leave(mut self, ask: &Ask, sticky: bool) {
        let Some(mut session) = self.session.take() else { return };
        if !sticky && session.leave(ask, &self.pool.settings) {
            self.session = Some(session);
            return;
        }
        let name = session.name.clone();
        drop(session);
        self.session = Session::open(self.pool.library, &self.pool.settings, name);
        if self.session.is_none() {
            eprintln!("the database takes no more connections; ending so that a new process can open it");
            std::process::exit(exit::DATABASE_REFUSED.into());
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            held(&self.pool.free).push(session);
        }
    }
}

impl Session {
    fn open(library: &'static Library, settings: &Settings, name: String) -> Option<Self> {
        let connection = library.connect(&settings.arguments(&name))?;
        Some(Self { name, connection, database: String::new() })
    }

    fn enter(&mut self, ask: &Ask) -> Result<(), String> {
        if self.database != ask.database {
            let name = ask.database.replace('\\', "\\\\").replace('`', "\\`");
            self.connection.query(&format!("USE `{name}`"), "Null", &[])?;
            self.database.clone_from(&ask.database);
        }
        if ask.settings.is_empty() {
            return Ok(());
        }
        let values = ask.settings.iter().map(|(name, value)| {
            let value = value.replace('\\', "\\\\").replace('\'', "\\'");
            format!("{name} = '{value}'")
        });
        let list = values.collect::<Vec<_>>().join(", ");
        self.connection.query(&format!("SET {list}"), "Null", &[]).map(drop)
    }

    /// True when the connection is as new.
    fn leave(&mut self, ask: &Ask, settings: &Settings) -> bool {
        if ask.settings.is_empty() {
            return true;
        }
        let values = ask.settings.iter().map(|(name, _)| format!("{name} = {}", settings.at_start(name)));
        let list = values.collect::<Vec<_>>().join(", ");
        self.connection.query(&format!("SET {list}"), "Null", &[]).is_ok()
    }
}

/// Counts a request among the waiting ones while it waits, also when it stops waiting.
struct Waiting<'count> {
    count: &'count AtomicUsize,
    before: usize,
}

impl<'count> Waiting<'count> {
    fn new(count: &'count AtomicUsize) -> Self {
        let before = count.fetch_add(1, Ordering::Relaxed);
        Self { count, before }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.count.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A thread that panicked leaves these values whole, so its lock may be used on.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
