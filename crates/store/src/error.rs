//! What can go wrong between Limen and its engine, sorted by what the caller can do about it.

/// Why the store could not do what it was asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// The engine cannot be reached or is restarting; the same call may succeed soon.
    #[error("the engine cannot be reached: {0}")]
    Unavailable(String),
    /// The disk of the data folder is full.
    #[error("the data folder's disk is full: free space, then writing goes on by itself ({0})")]
    DiskFull(String),
    /// The engine refused this statement or these rows; the same call will fail again.
    #[error("the engine refused: {0}")]
    Refused(String),
    /// The query took longer than its limit.
    #[error("the query took too long: narrow the time range or the filters ({0})")]
    Timeout(String),
    /// Too many bytes wait to be written.
    #[error("{waiting_bytes} bytes wait to be written already: come again in a moment")]
    Overloaded { waiting_bytes: usize },
    /// The engine is away, and the spool that stands in for it holds as much as it may.
    #[error("the engine is away and the spool has reached its limit of {bytes_max} bytes: see the setting spool_max")]
    SpoolFull { bytes_max: u64 },
    /// The engine is away, and the spool's file cannot be written or read.
    #[error("the engine is away and the spool failed: {0}; check that its disk has space")]
    SpoolFailed(String),
    /// The spool's file cannot be opened at the start.
    #[error("cannot use the spool {path}: {reason}")]
    SpoolUnusable { path: String, reason: String },
    /// The tables were made by a newer Limen.
    #[error(
        "the tables are of version {found}, this binary knows versions up to {known}: install the newer Limen again"
    )]
    SchemaNewer { found: u32, known: u32 },
    /// The address of the engine cannot be used.
    #[error("`{url}` is no address of a ClickHouse server: write it like http://user:password@host:8123")]
    Url { url: String },
    /// The name of a cluster cannot be used.
    #[error(
        "`{name}` is no name of a cluster: letters, digits, `-`, `_` and `.` as in remote_servers of the ClickHouse servers"
    )]
    ClusterName { name: String },
    /// The ClickHouse server knows no such cluster.
    #[error(
        "the ClickHouse server knows no cluster `{name}`, only: {known}; name it in remote_servers of every server"
    )]
    ClusterUnknown { name: String, known: String },
    /// A server of the cluster does not know who it is.
    #[error(
        "server {server} of the cluster has no macro `{wanted}`: write <macros> with shard and replica in its configuration"
    )]
    ClusterMacro { server: u32, wanted: &'static str },
    /// A server of the cluster is too old.
    #[error("server {server} of the cluster is ClickHouse {version}: {major}.{minor} or newer is needed")]
    ClusterVersion { server: u32, version: String, major: u32, minor: u32 },
    /// A step of the schema that has no form for a cluster.
    #[error("this statement of the schema has no form for a cluster: {statement}")]
    ClusterStatement { statement: String },
    /// An id that more sessions have than a person can.
    #[error("more than {max} {what} have this id: it belongs to more than a person; name sessions one by one")]
    TooMuchOfOne { what: &'static str, max: usize },
    /// The writer has been stopped.
    #[error("the server is stopping")]
    Stopping,
}

impl StoreError {
    /// Whether the same call may succeed later without a change.
    pub fn is_transient(&self) -> bool {
        !matches!(
            self,
            StoreError::Refused(_)
                | StoreError::SchemaNewer { .. }
                | StoreError::SpoolUnusable { .. }
                | StoreError::Url { .. }
                | StoreError::ClusterName { .. }
                | StoreError::ClusterUnknown { .. }
                | StoreError::ClusterMacro { .. }
                | StoreError::ClusterVersion { .. }
                | StoreError::ClusterStatement { .. }
                | StoreError::TooMuchOfOne { .. }
        )
    }

    /// Whether the engine did not do its work, rather than say that it cannot.
    pub(crate) fn means_away(&self) -> bool {
        matches!(self, StoreError::Unavailable(_) | StoreError::Timeout(_))
    }
}

/// Codes of ClickHouse's `ErrorCodes.cpp` that ask for another reaction than "refused".
const NOT_ENOUGH_SPACE: u32 = 243;
const TIMEOUT_EXCEEDED: u32 = 159;
const MEMORY_LIMIT_EXCEEDED: u32 = 241;
const TOO_MANY_PARTS: u32 = 252;
const QUERY_WAS_CANCELLED: u32 = 394;

impl From<clickhouse::error::Error> for StoreError {
    fn from(error: clickhouse::error::Error) -> Self {
        use clickhouse::error::Error;
        match error {
            Error::BadResponse(text) => from_exception(text),
            Error::Network(source) => StoreError::Unavailable(chain(source.as_ref())),
            Error::TimedOut => StoreError::Timeout("no answer in time".to_owned()),
            other => StoreError::Refused(chain(&other)),
        }
    }
}

fn from_exception(text: String) -> StoreError {
    let code = text
        .split_once("Code: ")
        .and_then(|(_, rest)| rest.split(|c: char| !c.is_ascii_digit()).next())
        .and_then(|digits| digits.parse().ok());
    match code {
        Some(NOT_ENOUGH_SPACE) => StoreError::DiskFull(text),
        Some(TIMEOUT_EXCEEDED) => StoreError::Timeout(text),
        Some(MEMORY_LIMIT_EXCEEDED | TOO_MANY_PARTS | QUERY_WAS_CANCELLED) => StoreError::Unavailable(text),
        Some(_) => StoreError::Refused(text),
        // An answer without a code comes from something in front of the engine, or from an engine that is going down.
        None => StoreError::Unavailable(text),
    }
}

/// The error with its causes: "connect: connection refused" helps, "connect" does not.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exception_is_sorted_by_its_code() {
        let sorted = |text: &str| from_exception(text.to_owned());
        assert!(matches!(sorted("Code: 243. DB::Exception: no space"), StoreError::DiskFull(_)));
        assert!(matches!(sorted("Code: 159. DB::Exception: Timeout exceeded"), StoreError::Timeout(_)));
        assert!(matches!(sorted("Code: 62. DB::Exception: Syntax error"), StoreError::Refused(_)));
        assert!(matches!(sorted("bad gateway"), StoreError::Unavailable(_)));
        assert!(!sorted("Code: 62. DB::Exception: Syntax error").is_transient());
    }
}
