//! A private PostgreSQL cluster: made once, started on a free port, stopped in order, used again.

use std::path::{Path, PathBuf};
use std::process::Output;

use tokio_postgres::{Config, NoTls};

use super::binaries::{Binaries, INSTALL_HINT};
use super::owner::Owner;
use crate::Error;

const USER: &str = "shop";

/// A running cluster. Stop it: what is dropped instead, by a panic for one, is ended the hard way.
#[derive(Debug)]
pub struct Cluster {
    binaries: Binaries,
    owner: Owner,
    data: PathBuf,
    log: PathBuf,
    running: bool,
    pub config: Config,
}

impl Cluster {
    /// Starts the cluster in `folder`, making it first if need be. `None`, with the reason logged, when this system
    /// cannot run one.
    pub async fn start(folder: &Path) -> Result<Option<Self>, Error> {
        let Some(binaries) = Binaries::find() else {
            tracing::warn!("no PostgreSQL on this system: {INSTALL_HINT}");
            return Ok(None);
        };
        let wanted = absolute(folder)?;
        let Some(owner) = Owner::choose(&wanted)? else {
            tracing::warn!("PostgreSQL does not run as root and there is no user `postgres`: {INSTALL_HINT}");
            return Ok(None);
        };
        let home = owner.reachable(&wanted.join("shop-postgres"));
        owner.make_folder(&home)?;
        let mut cluster = Self {
            binaries,
            owner,
            data: home.join("data"),
            log: home.join("postgres.log"),
            running: false,
            config: Config::new(),
        };
        cluster.create().await?;
        if !cluster.adopt_running().await? {
            cluster.launch().await?;
        }
        cluster.running = true;
        Ok(Some(cluster))
    }

    /// The address of its database, for clients that take one.
    pub fn url(&self) -> String {
        let port = self.config.get_ports().first().copied().unwrap_or(5432);
        let password = String::from_utf8_lossy(self.config.get_password().unwrap_or_default());
        format!("postgres://{USER}:{password}@127.0.0.1:{port}/postgres")
    }

    /// Stops at once but in order: open statements are cancelled, nothing is lost.
    pub async fn stop(mut self) -> Result<(), Error> {
        self.running = false;
        self.halt().await
    }

    async fn halt(&self) -> Result<(), Error> {
        self.run("pg_ctl", &["stop", "-m", "fast", "-w", "-t", "20", "-s"]).await.map(drop)
    }

    fn password_file(&self) -> PathBuf {
        self.data.with_file_name("password")
    }

    /// Makes the data folder unless it is there and of this version.
    async fn create(&self) -> Result<(), Error> {
        let version = std::fs::read_to_string(self.data.join("PG_VERSION")).unwrap_or_default();
        if version.trim() == self.binaries.major.to_string() && self.password_file().is_file() {
            return Ok(());
        }
        // Either the first start, a first start that was cut off, or PostgreSQL was upgraded: the shop's data can go.
        if self.data.exists() {
            std::fs::remove_dir_all(&self.data).map_err(|source| self.folder_error(source))?;
        }
        let password_file = self.password_file();
        let unfinished = self.data.with_extension("new");
        if unfinished.exists() {
            std::fs::remove_dir_all(&unfinished).map_err(|source| self.folder_error(source))?;
        }
        self.write_password(&password_file)?;
        let (folder, secret) = (unfinished.to_string_lossy(), password_file.to_string_lossy());
        let auth = ["-U", USER, "--auth=scram-sha-256", "-E", "UTF8", "--no-sync", "--no-locale"];
        let mut command = self.owner.command(&self.binaries.program("initdb"));
        command.args(["-D", &folder, "--pwfile", &secret]).args(auth);
        self.finished("initdb", command).await?;
        std::fs::rename(&unfinished, &self.data).map_err(|source| self.folder_error(source))
    }

    fn write_password(&self, file: &Path) -> Result<(), Error> {
        use std::io::Write;
        use std::os::unix::fs::OpenOptionsExt;
        let secret = crate::random::hex::<16>()?;
        let written = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(file);
        written.and_then(|mut open| open.write_all(secret.as_bytes())).map_err(|source| self.folder_error(source))?;
        if let Owner::Other { uid, gid } = self.owner {
            std::os::unix::fs::chown(file, Some(uid), Some(gid)).map_err(|source| self.folder_error(source))?;
        }
        Ok(())
    }

    /// A cluster left by a run that was killed is used on; what is left of one that died is cleared away.
    async fn adopt_running(&mut self) -> Result<bool, Error> {
        let pid_file = self.data.join("postmaster.pid");
        let Ok(text) = std::fs::read_to_string(&pid_file) else {
            return Ok(false);
        };
        let mut lines = text.lines();
        let pid = lines.next().unwrap_or_default().trim().to_owned();
        let port = lines.nth(2).and_then(|line| line.trim().parse().ok());
        if let Some(port) = port {
            self.config = self.config_at(port)?;
            if self.answers().await {
                tracing::info!("using the shop's PostgreSQL that is still running on port {port}");
                return Ok(true);
            }
        }
        if !is_postgres(&pid).await {
            // The number may belong to another program by now, which `pg_ctl` would take for ours.
            std::fs::remove_file(&pid_file).map_err(|source| self.folder_error(source))?;
            return Ok(false);
        }
        self.halt().await?;
        Ok(false)
    }

    async fn launch(&mut self) -> Result<(), Error> {
        let port = free_port().map_err(|source| self.folder_error(source))?;
        // Durability is not wanted of play data, speed and a small footprint are. No socket file: its path can be
        // longer than the system allows.
        let settings = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off \
             -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=16MB -c max_connections=64 \
             -c max_wal_size=64MB -c min_wal_size=32MB -c log_min_messages=warning -c timezone=UTC"
        );
        let log = self.log.to_string_lossy().into_owned();
        self.run("pg_ctl", &["start", "-w", "-t", "30", "-s", "-l", &log, "-o", &settings]).await?;
        self.config = self.config_at(port)?;
        Ok(())
    }

    fn config_at(&self, port: u16) -> Result<Config, Error> {
        let secret = std::fs::read_to_string(self.password_file()).map_err(|source| self.folder_error(source))?;
        let mut config = Config::new();
        config.host("127.0.0.1").port(port).user(USER).password(secret.trim()).dbname("postgres");
        config.application_name("limen-demo").connect_timeout(crate::limits::POOL_WAIT_MAX);
        Ok(config)
    }

    /// Whether what listens there is ours, which the password tells.
    async fn answers(&self) -> bool {
        match self.config.connect(NoTls).await {
            Ok((client, connection)) => {
                let link = tokio::spawn(connection);
                let answered = client.simple_query("SELECT 1").await.is_ok();
                drop(client);
                let _ = link.await;
                answered
            }
            Err(_) => false,
        }
    }

    async fn run(&self, program: &'static str, arguments: &[&str]) -> Result<Output, Error> {
        let mut command = self.owner.command(&self.binaries.program(program));
        command.arg("-D").arg(&self.data).args(arguments);
        self.finished(program, command).await
    }

    async fn finished(&self, program: &'static str, mut command: tokio::process::Command) -> Result<Output, Error> {
        let path = self.binaries.program(program);
        let output = command.output().await.map_err(|source| Error::Program { program: path, source })?;
        if output.status.success() {
            return Ok(output);
        }
        let said = String::from_utf8_lossy(&output.stderr).trim().replace('\n', "; ");
        Err(Error::Postgres { program, detail: said, log: self.log.clone() })
    }

    fn folder_error(&self, source: std::io::Error) -> Error {
        Error::Folder { path: self.data.clone(), source }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.running {
            let mut command = self.owner.command(&self.binaries.program("pg_ctl"));
            command.arg("-D").arg(&self.data).args(["stop", "-m", "immediate", "-s"]);
            // Nobody is left to be told: the next start clears up what stays.
            let _ = command.as_std_mut().status();
        }
    }
}

fn absolute(folder: &Path) -> Result<PathBuf, Error> {
    let made = std::fs::create_dir_all(folder).and_then(|()| folder.canonicalize());
    made.map_err(|source| Error::Folder { path: folder.to_owned(), source })
}

fn free_port() -> std::io::Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// `ps` is the one way to ask that Linux and macOS share.
async fn is_postgres(pid: &str) -> bool {
    let asked = tokio::process::Command::new("ps").args(["-p", pid, "-o", "comm="]).output().await;
    asked.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("postgres"))
}
