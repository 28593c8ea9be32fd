//! The one place that knows what the engine is: ClickHouse's HTTP interface, embedded behind a socket or on a server.

use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use clickhouse::Client;
use hyper_util::client::legacy::connect::{Connected, Connection};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::UnixStream;

use crate::StoreError;
use crate::limits::INSERT_TIMEOUT;

/// The database that holds all of Limen's tables.
pub const DATABASE: &str = "limen";
/// On a cluster, the database that holds the rows of one shard.
pub const LOCAL_DATABASE: &str = "limen_local";

/// Where the engine is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// The child process `limen engine`, on its private socket.
    Socket(PathBuf),
    /// A ClickHouse server, as `http://user:password@host:8123`.
    Url(String),
}

/// A client for the engine at `address`. Nothing is sent yet.
pub fn client(address: &Address) -> Result<Client, StoreError> {
    let client = match address {
        Address::Socket(path) => Client::with_http_client(
            hyper_util::client::legacy::Client::builder(TokioExecutor::new())
                .pool_idle_timeout(std::time::Duration::from_secs(30))
                .build(SocketConnector { path: path.clone() }),
        )
        .with_url("http://engine/"),
        Address::Url(url) => server(url)?,
    };
    Ok(client.with_database(DATABASE))
}

fn server(text: &str) -> Result<Client, StoreError> {
    let refused = || StoreError::Url { url: without_password(text) };
    let rest = text.strip_prefix("http://").ok_or_else(refused)?;
    let (user, place) = match rest.rsplit_once('@') {
        Some((user, place)) => (Some(user), place),
        None => (None, rest),
    };
    let host = format!("http://{}", place.trim_end_matches('/'));
    let uri: http::Uri = host.parse().map_err(|_| refused())?;
    if uri.host().is_none_or(str::is_empty) {
        return Err(refused());
    }
    let mut client = Client::default().with_url(host);
    if let Some(user) = user {
        let (name, password) = user.split_once(':').unwrap_or((user, ""));
        client = client.with_user(name).with_password(password);
    }
    Ok(client)
}

/// The address for messages: a password in it must not reach a log.
fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if scheme + 3 <= at => format!("{}…@{}", &url[..scheme + 3], &url[at + 1..]),
        _ => url.to_owned(),
    }
}

/// Inserts rows that stand ready in the engine's format. The engine ignores a second insert with the same `token`.
pub async fn insert(client: &Client, statement: &str, token: &str, rows: Bytes) -> Result<(), StoreError> {
    let mut insert = client
        .insert_formatted_with(statement)
        .with_setting("insert_deduplication_token", token)
        .with_setting("async_insert", "0")
        // Rows that replace each other within an insert are few and found by FINAL; looking for them here costs as much
        // as the insert itself.
        .with_setting("optimize_on_insert", "0")
        .with_setting("throw_on_max_partitions_per_insert_block", "0")
        .with_timeouts(Some(INSERT_TIMEOUT), Some(INSERT_TIMEOUT));
    insert.send(rows).await?;
    insert.end().await?;
    Ok(())
}

/// Runs a statement that answers nothing.
pub async fn execute(client: &Client, statement: &str) -> Result<(), StoreError> {
    Ok(client.query(statement).execute().await?)
}

/// Opens a connection to the socket whatever host the request names.
#[derive(Debug, Clone)]
struct SocketConnector {
    path: PathBuf,
}

impl tower::Service<http::Uri> for SocketConnector {
    type Response = SocketStream;
    type Error = std::io::Error;
    type Future = Pin<Box<dyn Future<Output = Result<SocketStream, std::io::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: http::Uri) -> Self::Future {
        let path = self.path.clone();
        Box::pin(async move { connect(&path).await })
    }
}

async fn connect(path: &Path) -> Result<SocketStream, std::io::Error> {
    Ok(SocketStream(TokioIo::new(UnixStream::connect(path).await?)))
}

/// hyper wants to know whether the connection is a proxy's; a private socket never is.
struct SocketStream(TokioIo<UnixStream>);

impl Connection for SocketStream {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}

impl hyper::rt::Read for SocketStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: hyper::rt::ReadBufCursor<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl hyper::rt::Write for SocketStream {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_an_address_that_is_none_without_showing_its_password() {
        for url in ["localhost:8123", "http://", "https://me:secret@host", "ftp://me:secret@host"] {
            let Err(error) = client(&Address::Url(url.to_owned())) else { panic!("{url} was taken") };
            assert!(!error.to_string().contains("secret"), "{error}");
        }
        assert!(client(&Address::Url("http://me:secret@127.0.0.1:8123/".to_owned())).is_ok());
    }
}
