//! How long what an application sends is kept: by kind of data, and longer for chosen routes and events.

mod job;

use limen_store::{Flow, Keep, Longer, Table};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app_settings::AppSettings;
use crate::limits::{RETENTION_DAYS_DEFAULT, RETENTION_DAYS_MAX, RETENTION_FLOW_BYTES_MAX, RETENTION_FLOWS_MAX};

use crate::sampling::HighValue;

pub use job::Keeper;

/// Days for which raw data is kept, the day on which it happened not counted. Sums by hour and day are kept for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Retention {
    #[schema(minimum = 1, maximum = 3650, default = 30)]
    pub views_days: u32,
    #[schema(minimum = 1, maximum = 3650, default = 30)]
    pub events_days: u32,
    #[schema(minimum = 1, maximum = 3650, default = 30)]
    pub spans_days: u32,
    #[schema(minimum = 1, maximum = 3650, default = 30)]
    pub logs_days: u32,
    #[schema(minimum = 1, maximum = 3650, default = 30)]
    pub metrics_days: u32,
    /// What is kept longer than that.
    pub longer: Vec<LongerFlow>,
    /// Days for which the routes and events are kept that `/api/v1/sampling` names as of high value; null is no longer than the rest.
    #[schema(minimum = 1, maximum = 3650)]
    pub high_value_days: Option<u32>,
}

/// A flow that is kept longer: exactly one of a route and an event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct LongerFlow {
    /// Template of a route, as reports show it: its views, their events and browser spans.
    pub route: Option<String>,
    /// Name of an event.
    pub event: Option<String>,
    #[schema(minimum = 1, maximum = 3650)]
    pub days: u32,
}

impl Default for Retention {
    fn default() -> Self {
        let days = RETENTION_DAYS_DEFAULT;
        Self {
            views_days: days,
            events_days: days,
            spans_days: days,
            logs_days: days,
            metrics_days: days,
            longer: vec![],
            high_value_days: None,
        }
    }
}

/// What is kept of an application, by all that is set for it.
pub fn keeps(settings: &AppSettings, now_unix_nano: i64) -> Vec<Keep> {
    settings.retention.keeps(&settings.sampling.high_value, now_unix_nano)
}

const DAY_NANOS: i64 = 86_400_000_000_000;

impl Retention {
    /// Says what is wrong with it.
    pub fn check(&self) -> Result<(), String> {
        let days = Table::ALL.map(|table| (format!("{}_days", table.name()), self.days(table)));
        let longer = self.longer.iter().map(|flow| ("days".to_owned(), flow.days));
        let high_value = self.high_value_days.map(|days| ("high_value_days".to_owned(), days));
        if let Some((name, days)) =
            days.into_iter().chain(longer).chain(high_value).find(|(_, days)| !(1..=RETENTION_DAYS_MAX).contains(days))
        {
            return Err(format!("{name} is {days}; 1 to {RETENTION_DAYS_MAX}"));
        }
        if self.longer.len() > RETENTION_FLOWS_MAX {
            return Err(format!("longer has {} flows; at most {RETENTION_FLOWS_MAX}", self.longer.len()));
        }
        for flow in &self.longer {
            let ((Some(text), None) | (None, Some(text))) = (&flow.route, &flow.event) else {
                return Err("each of longer names either a route or an event".to_owned());
            };
            if text.is_empty() || text.len() > RETENTION_FLOW_BYTES_MAX {
                return Err(format!("longer names a flow of {} bytes; 1 to {RETENTION_FLOW_BYTES_MAX}", text.len()));
            }
        }
        Ok(())
    }

    /// What that means now. Whole days in UTC: what happens on a day ends with it.
    pub fn keeps(&self, high_value: &[HighValue], now_unix_nano: i64) -> Vec<Keep> {
        let today = now_unix_nano.div_euclid(DAY_NANOS) * DAY_NANOS;
        let before = |days: u32| today - i64::from(days) * DAY_NANOS;
        let longer = |flow: &LongerFlow| {
            let route = flow.route.clone().map(Flow::Route);
            let flow_kept = route.or_else(|| flow.event.clone().map(Flow::Event))?;
            Some(Longer { flow: flow_kept, before_unix_nano: before(flow.days) })
        };
        let high_value = self.high_value_days.into_iter().flat_map(|days| {
            high_value.iter().filter_map(move |flow| {
                let below = flow.route.clone().map(Flow::RouteAndBelow);
                let flow = below.or_else(|| flow.event.clone().map(Flow::Event))?;
                Some(Longer { flow, before_unix_nano: before(days) })
            })
        });
        let longer: Vec<Longer> = self.longer.iter().filter_map(longer).chain(high_value).collect();
        let keep = |table| Keep { table, before_unix_nano: before(self.days(table)), longer: longer.clone() };
        Table::ALL.into_iter().map(keep).collect()
    }

    fn days(&self, table: Table) -> u32 {
        match table {
            Table::Views => self.views_days,
            Table::Events => self.events_days,
            Table::Spans => self.spans_days,
            Table::Logs => self.logs_days,
            Table::Metrics => self.metrics_days,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_wrong() {
        let check = |json: &str| serde_json::from_str::<Retention>(json).map_err(|error| error.to_string())?.check();
        assert_eq!(check("{}"), Ok(()));
        assert_eq!(check(r#"{"logs_days": 7, "longer": [{"route": "/checkout", "days": 365}]}"#), Ok(()));
        for (json, word) in [
            (r#"{"views_days": 0}"#, "views_days is 0"),
            (r#"{"spans_days": 4000}"#, "1 to 3650"),
            (r#"{"longer": [{"days": 9}]}"#, "either a route or an event"),
            (r#"{"longer": [{"route": "/", "event": "e", "days": 9}]}"#, "either a route or an event"),
            (r#"{"longer": [{"event": "", "days": 9}]}"#, "0 bytes"),
            (r#"{"longer": [{"event": "e", "days": 0}]}"#, "days is 0"),
            (r#"{"days": 1}"#, "unknown field"),
        ] {
            assert!(check(json).is_err_and(|message| message.contains(word)), "{json}");
        }
    }

    #[test]
    fn a_day_ends_at_midnight() {
        let retention = Retention { logs_days: 1, ..Retention::default() };
        let before = |now| retention.keeps(&[], now)[1].before_unix_nano;
        assert_eq!(retention.keeps(&[], 0)[1].table, Table::Logs);
        assert_eq!((before(10 * DAY_NANOS), before(11 * DAY_NANOS - 1)), (9 * DAY_NANOS, 9 * DAY_NANOS));
        assert_eq!(before(11 * DAY_NANOS), 10 * DAY_NANOS);
    }

    #[test]
    fn what_sampling_keeps_whole_is_kept_longer_as_well() {
        let json = r#"{"high_value": [{"route": "/checkout"}, {"event": "order.placed"}]}"#;
        let mut settings =
            AppSettings { sampling: serde_json::from_str(json).expect("rules"), ..AppSettings::default() };
        assert_eq!(keeps(&settings, 0)[0].longer, []);
        settings.retention.high_value_days = Some(365);
        let longer = keeps(&settings, 400 * DAY_NANOS)[0].longer.clone();
        let before_unix_nano = 35 * DAY_NANOS;
        let flows = [Flow::RouteAndBelow("/checkout".to_owned()), Flow::Event("order.placed".to_owned())];
        assert_eq!(longer, flows.map(|flow| Longer { flow, before_unix_nano }));
        assert!(Retention { high_value_days: Some(0), ..Retention::default() }.check().is_err());
    }
}
