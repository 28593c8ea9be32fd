//! Dashboards: panels that somebody put together, kept as documents.

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use limen_model::AppId;
use limen_query::{Dimension, Metric, MetricReading, Time};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::DashboardKeeper;
use crate::limits::{
    DASHBOARD_NAME_CHARS_MAX, DASHBOARD_PANELS_MAX, DASHBOARD_STATEMENT_BYTES_MAX, DASHBOARD_TEXT_BYTES_MAX,
    DASHBOARDS_MAX,
};
use crate::metadata::Metadata;

/// What is on a dashboard; the same document is exported and imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Dashboard {
    /// 1 to 80 characters.
    pub name: String,
    /// In their order; at most 24.
    #[serde(default)]
    pub panels: Vec<DashboardPanel>,
}

/// One panel. Which of the fields below it needs follows from its kind; the others stay away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DashboardPanel {
    pub kind: PanelKind,
    /// Left out, what it shows.
    #[serde(default)]
    pub title: String,
    /// How many of three columns it takes, 1 to 3.
    pub width: u8,
    /// `dimension:value`, beside those of the page; of vitals, traffic and breakdowns.
    #[serde(default)]
    pub filters: Vec<String>,
    /// Of `vital` and `breakdown`: `lcp`, `inp`, `cls`, `fcp` or `ttfb`. Of `metric`: its name.
    #[serde(default)]
    pub metric: String,
    /// Of `breakdown`.
    #[serde(default)]
    pub dimension: String,
    /// Of `metric`: only of this service.
    #[serde(default)]
    pub service: String,
    /// Of `metric`: how it is read, as `/api/v1/metrics/series` takes it.
    #[serde(default)]
    pub reading: String,
    /// Of `metric`: a line for each value of this attribute.
    #[serde(default)]
    pub by: String,
    /// Of `sql`: the statement. Of `text`: the text.
    #[serde(default)]
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PanelKind {
    /// A vital over time.
    Vital,
    /// Views, sessions and errors over time.
    Traffic,
    /// The values of a dimension with their vital and errors.
    Breakdown,
    /// A metric of services over time.
    Metric,
    /// The answer to a statement.
    Sql,
    /// A note.
    Text,
}

/// A dashboard as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct KeptDashboard {
    pub id: String,
    /// Rises with every change; whoever changes it says which one they saw.
    pub version: i64,
    pub changed: Time,
    pub dashboard: Dashboard,
}

/// Why a dashboard was not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DashboardRefusal {
    Unknown,
    /// Somebody else changed it since it was read.
    Changed,
    TooMany,
}

impl Dashboard {
    /// Why it cannot be shown.
    pub fn check(&self) -> Result<(), String> {
        let letters = self.name.chars().count();
        if self.name.trim().is_empty() || letters > DASHBOARD_NAME_CHARS_MAX {
            return Err(format!("the name has {letters} characters; it has 1 to {DASHBOARD_NAME_CHARS_MAX}"));
        }
        if self.panels.len() > DASHBOARD_PANELS_MAX {
            return Err(format!("{} panels are more than {DASHBOARD_PANELS_MAX}", self.panels.len()));
        }
        self.panels
            .iter()
            .zip(1..)
            .try_for_each(|(panel, number)| panel.check().map_err(|reason| format!("panel {number}: {reason}")))
    }
}

impl DashboardPanel {
    fn check(&self) -> Result<(), String> {
        if !(1..=3).contains(&self.width) {
            return Err(format!("width is {}; it is 1, 2 or 3", self.width));
        }
        let words = [&self.title, &self.metric, &self.dimension, &self.service, &self.reading, &self.by];
        if words.into_iter().chain(&self.filters).any(|word| word.len() > DASHBOARD_TEXT_BYTES_MAX) {
            return Err(format!("a field is longer than {DASHBOARD_TEXT_BYTES_MAX} bytes"));
        }
        if self.filters.len() > DASHBOARD_PANELS_MAX {
            return Err(format!("{} filters are more than {DASHBOARD_PANELS_MAX}", self.filters.len()));
        }
        for filter in &self.filters {
            let (dimension, _) =
                filter.split_once(':').ok_or_else(|| format!("the filter `{filter}` is not dimension:value"))?;
            Dimension::parse(dimension).map_err(|error| error.to_string())?;
        }
        self.check_kind()
    }

    fn check_kind(&self) -> Result<(), String> {
        match self.kind {
            PanelKind::Traffic => Ok(()),
            PanelKind::Vital => Metric::parse(&self.metric).map(drop).map_err(|error| error.to_string()),
            PanelKind::Breakdown => {
                Metric::parse(&self.metric).map_err(|error| error.to_string())?;
                Dimension::parse(&self.dimension).map(drop).map_err(|error| error.to_string())
            }
            PanelKind::Metric if self.metric.is_empty() => Err("metric is the name of one".to_owned()),
            PanelKind::Metric if self.reading.is_empty() => Ok(()),
            PanelKind::Metric => MetricReading::parse(&self.reading).map(drop).map_err(|error| error.to_string()),
            PanelKind::Sql | PanelKind::Text => match self.text.len() {
                0 => Err("text is empty".to_owned()),
                bytes if bytes > DASHBOARD_STATEMENT_BYTES_MAX => {
                    Err(format!("text has {bytes} bytes, more than {DASHBOARD_STATEMENT_BYTES_MAX}"))
                }
                _ => Ok(()),
            },
        }
    }
}

/// Dashboards in the metadata.
#[derive(Debug, Clone)]
pub struct Dashboards(pub Metadata);

impl DashboardKeeper for Dashboards {
    fn list<'l>(&'l self, app: &'l AppId) -> BoxFuture<'l, Result<Vec<KeptDashboard>, String>> {
        async { self.0.dashboards(app).await.map_err(|error| error.to_string()) }.boxed()
    }

    fn make<'m>(
        &'m self,
        app: &'m AppId,
        dashboard: Dashboard,
    ) -> BoxFuture<'m, Result<Result<KeptDashboard, DashboardRefusal>, String>> {
        async move {
            let there = self.0.dashboards(app).await.map_err(|error| error.to_string())?.len();
            if there >= DASHBOARDS_MAX {
                return Ok(Err(DashboardRefusal::TooMany));
            }
            self.0.make_dashboard(app, dashboard).await.map(Ok).map_err(|error| error.to_string())
        }
        .boxed()
    }

    fn change<'c>(
        &'c self,
        app: &'c AppId,
        id: &'c str,
        seen: i64,
        dashboard: Dashboard,
    ) -> BoxFuture<'c, Result<Result<KeptDashboard, DashboardRefusal>, String>> {
        async move { self.0.change_dashboard(app, id, seen, dashboard).await.map_err(|error| error.to_string()) }
            .boxed()
    }

    fn delete<'d>(&'d self, app: &'d AppId, id: &'d str) -> BoxFuture<'d, Result<Option<KeptDashboard>, String>> {
        async move { self.0.delete_dashboard(app, id).await.map_err(|error| error.to_string()) }.boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panel(document: serde_json::Value) -> Result<(), String> {
        let panel: DashboardPanel = serde_json::from_value(document).map_err(|error| error.to_string())?;
        Dashboard { name: "Shop".to_owned(), panels: vec![panel] }.check()
    }

    #[test]
    fn every_kind_says_what_it_lacks() {
        use serde_json::json;
        assert_eq!(panel(json!({ "kind": "vital", "width": 1, "metric": "lcp", "filters": ["country:SG"] })), Ok(()));
        assert_eq!(panel(json!({ "kind": "metric", "width": 3, "metric": "jvm.threads", "reading": "max" })), Ok(()));
        for (document, reason) in [
            (json!({ "kind": "vital", "width": 1, "metric": "speed" }), "panel 1: there is no metric `speed`"),
            (json!({ "kind": "breakdown", "width": 1, "metric": "lcp", "dimension": "x" }), "panel 1: "),
            (json!({ "kind": "traffic", "width": 4 }), "panel 1: width is 4"),
            (json!({ "kind": "traffic", "width": 1, "filters": ["SG"] }), "panel 1: the filter `SG`"),
            (json!({ "kind": "metric", "width": 1 }), "panel 1: metric is the name of one"),
            (json!({ "kind": "sql", "width": 1 }), "panel 1: text is empty"),
            (json!({ "kind": "text", "width": 1, "text": "x".repeat(99_999) }), "panel 1: text has 99999 bytes"),
            (json!({ "kind": "traffic", "width": 1, "title": "x".repeat(9_999) }), "panel 1: a field is longer"),
            (json!({ "kind": "traffic", "width": 1, "onload": "x" }), "unknown field `onload`"),
            (json!({ "kind": "map", "width": 1 }), "unknown variant `map`"),
        ] {
            let refused = panel(document.clone()).expect_err("refused");
            assert!(refused.starts_with(reason), "{document}: {refused}");
        }
    }

    #[test]
    fn a_dashboard_has_a_name_and_so_many_panels() {
        let named = |name: &str| Dashboard { name: name.to_owned(), panels: Vec::new() }.check();
        assert_eq!(named("Shop"), Ok(()));
        assert!(named("  ").is_err() && named(&"x".repeat(81)).is_err());
    }
}
