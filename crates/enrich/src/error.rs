//! What can be wrong with the settings of this stage; batches themselves never fail here.

use std::path::PathBuf;

/// Why an `Enricher` cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum EnrichError {
    /// The geographic database cannot be read or is none.
    #[error(
        "cannot open the geographic database {path}: {source}; it must be a country or city database in MaxMind's .mmdb format"
    )]
    GeoFile { path: PathBuf, source: maxminddb::MaxMindDbError },
    /// A trusted proxy is neither an address nor a network.
    #[error("trusted proxy `{0}` is no address and no network: write 10.0.0.1 or 10.0.0.0/8")]
    TrustedProxy(String),
}
