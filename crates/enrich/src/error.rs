//! What can be wrong with the settings and the rules of this stage; batches themselves never fail here.

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

/// Why a rule cannot be one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// More rules than the limit.
    #[error("{count} rules are more than the limit of {max}")]
    TooMany { count: usize, max: usize },
    /// The pattern of a route is none.
    #[error("the pattern `{pattern}` cannot be used: {why}")]
    Pattern { pattern: String, why: &'static str },
    /// A route without a name, or with one that is too long.
    #[error("the template for `{pattern}` must have 1 to 256 bytes")]
    Template { pattern: String },
    /// The name of a secret is none.
    #[error("the name `{name}` must be 1 to 32 letters in lower case, digits and _")]
    Name { name: String },
    /// The expression for a secret is none.
    #[error("the expression of `{name}` cannot be used: {why}")]
    Expression { name: String, why: String },
}
