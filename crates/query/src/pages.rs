//! Which addresses of pages were looked at, and under which route?

use clickhouse::Row;
use limen_store::Store;
use serde::Deserialize;

use crate::limits::PAGES_MAX;
use crate::prepare::prepare_scoped;
use crate::{QueryError, Scope};

/// One address without its query, under one route.
#[derive(Debug, Clone, PartialEq, Row, Deserialize)]
pub struct Page {
    #[serde(rename = "page_url")]
    pub url: String,
    pub route: String,
    /// Weighted.
    pub views: f64,
}

/// Those with the most views, and whether there were more.
pub async fn pages(store: &Store, scope: &Scope) -> Result<(Vec<Page>, bool), QueryError> {
    let query = prepare_scoped(store, include_str!("pages.sql"), scope).param("limit", PAGES_MAX + 1);
    let mut pages: Vec<Page> = query.fetch_all().await?;
    let more = pages.len() > PAGES_MAX as usize;
    pages.truncate(PAGES_MAX as usize);
    Ok((pages, more))
}
