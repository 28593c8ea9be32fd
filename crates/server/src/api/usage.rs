//! `/usage`: what an application sends and keeps, what of it weighs most, and what it will cost.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use limen_model::{AppId, Signal};
use limen_query::{Range, StoredAnswer, Time};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

use super::error::Refusals;
use super::params::{Params, ScopeParams, answer};
use super::{ApiError, ApiState};
use crate::app_settings::AppSettings;
use crate::limits::{FORECAST_FROM_DAYS, USAGE_POINTS_BY_HOUR_MAX};
use crate::usage::{Cost, DayUse, UsageByHour, Used, last_days, next_days};

const HOUR: i64 = 3600;
const NANO: i64 = 1_000_000_000;

/// What an application sends and keeps.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct UsageAnswer {
    /// The hours that are counted: those that the range touches.
    pub range: Range,
    pub signals: Vec<SignalUsage>,
    /// Seconds of one point: an hour, or a day of long ranges.
    pub step_seconds: u32,
    /// Without those in which nothing came.
    pub points: Vec<UsagePoint>,
    pub saved: SavedUsage,
    pub today: TodayUsage,
    pub forecast: ForecastUsage,
    pub stored: StoredAnswer,
}

/// One signal. A batch of several counts for each by its share of the records.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SignalUsage {
    /// `logs`, with the views and events of browsers; `traces` or `metrics`.
    pub signal: String,
    /// Records that were accepted.
    pub events: u64,
    /// Bytes of requests as they were sent …
    pub bytes_sent: u64,
    /// … and unpacked.
    pub bytes_opened: u64,
    /// How many records there would be without sampling.
    pub stands_for: f64,
}

/// One hour or day.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct UsagePoint {
    pub time: Time,
    pub events: u64,
    pub bytes_sent: u64,
    pub bytes_opened: u64,
}

/// What sampling has kept away.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SavedUsage {
    /// What the kept records stand for, without themselves. Below zero when more were kept for what happened than were
    /// left out.
    pub events: f64,
    /// Of all that there would be; null when there would be nothing.
    pub share: Option<f64>,
    /// The share of new sessions and of traces that comes in at the moment: below 1 while the application would send more
    /// than its `max_events_per_second`.
    pub rate: f64,
}

/// What is used of the day's quota, which begins at midnight UTC.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TodayUsage {
    pub events: u64,
    pub bytes: u64,
    /// Null is no quota.
    pub events_max: Option<u64>,
    pub bytes_max: Option<u64>,
}

/// The next 30 days on the trend of the last seven; nothing that is stored is deleted in it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ForecastUsage {
    /// On how many days it rests: zero when nothing came yet.
    pub from_days: u32,
    pub events: f64,
    pub bytes_sent: f64,
    /// On the disk, at the end.
    pub bytes_stored: f64,
    /// Null as long as no price is set at `/api/v1/prices`.
    pub cost: Option<Cost>,
}

/// What does an application send and keep, and what will it cost? Filters do not apply.
#[utoipa::path(get, path = "/api/v1/usage", tag = "server", params(ScopeParams),
    responses((status = 200, description = "The answer", body = UsageAnswer), Refusals))]
pub(super) async fn usage(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
) -> Result<Json<UsageAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    let stored = answer(limen_query::stored(&state.store, &scope)).await?;
    let now = OffsetDateTime::now_utc().unix_timestamp();
    let (from, to) = (scope.range.from.0.div_euclid(NANO * HOUR), (scope.range.to.0 - 1).div_euclid(NANO * HOUR) + 1);
    let trend_from = now.div_euclid(HOUR) - FORECAST_FROM_DAYS * 24;
    let hours = state.usage.since(&scope.app, from.min(trend_from)).await.map_err(ApiError::unreadable)?;
    let asked = Asked { app: &scope.app, hours, from, to, now };
    let (today, rate) = (state.usage.today(&scope.app), state.usage.sampling_rate(&scope.app));
    Ok(Json(asked.answer(stored, &state.settings.of(&scope.app), today, rate)))
}

/// The hours of a question, as counts since the epoch.
struct Asked<'a> {
    app: &'a AppId,
    hours: UsageByHour,
    from: i64,
    to: i64,
    now: i64,
}

impl Asked<'_> {
    fn answer(&self, stored: StoredAnswer, settings: &AppSettings, today: DayUse, rate: f64) -> UsageAnswer {
        let hours_a_point = if self.to - self.from <= USAGE_POINTS_BY_HOUR_MAX { 1 } else { 24 };
        let (by_signal, by_point) = self.sums(hours_a_point);
        let events: f64 = by_signal.values().map(|used| used.events as f64).sum();
        let stands_for: f64 = by_signal.values().map(|used| used.weight).sum();
        UsageAnswer {
            range: Range { from: Time(self.from * HOUR * NANO), to: Time(self.to * HOUR * NANO) },
            signals: by_signal.into_iter().map(|(signal, used)| signal_usage(signal, &used)).collect(),
            step_seconds: (hours_a_point * HOUR) as u32,
            points: by_point.into_iter().map(|(hour, used)| point(hour, &used)).collect(),
            saved: SavedUsage {
                events: stands_for - events,
                share: (stands_for > 0.0).then(|| (stands_for - events) / stands_for),
                rate,
            },
            today: TodayUsage {
                events: today.events,
                bytes: today.bytes,
                events_max: settings.admission.daily_events_max,
                bytes_max: settings.admission.daily_bytes_max,
            },
            forecast: self.forecast(&stored, settings),
            stored,
        }
    }

    fn sums(&self, hours_a_point: i64) -> (BTreeMap<Signal, Used>, BTreeMap<i64, Used>) {
        let mut by_signal: BTreeMap<Signal, Used> = Signal::ALL.map(|signal| (signal, Used::default())).into();
        let mut by_point: BTreeMap<i64, Used> = BTreeMap::new();
        for ((_, hour, signal), used) in &self.hours {
            if (self.from..self.to).contains(hour) {
                by_signal.entry(*signal).or_default().add(used);
                by_point.entry(hour - hour.rem_euclid(hours_a_point)).or_default().add(used);
            }
        }
        (by_signal, by_point)
    }

    fn forecast(&self, stored: &StoredAnswer, settings: &AppSettings) -> ForecastUsage {
        let days = last_days(&self.hours, self.app, self.now.div_euclid(HOUR));
        let (events, bytes_sent) = (next_days(&days.events), next_days(&days.bytes_sent));
        let rows: u64 = stored.tables.iter().map(|table| table.rows).sum();
        let bytes = stored.tables.iter().map(|table| table.bytes).sum::<u64>() as f64;
        let bytes_stored = bytes + if rows == 0 { 0.0 } else { events * bytes / rows as f64 };
        let cost = settings.prices.cost(events, bytes_sent, bytes, bytes_stored);
        ForecastUsage { from_days: days.events.len() as u32, events, bytes_sent, bytes_stored, cost }
    }
}

fn signal_usage(signal: Signal, used: &Used) -> SignalUsage {
    SignalUsage {
        signal: signal.name().to_owned(),
        events: used.events,
        bytes_sent: used.bytes_sent,
        bytes_opened: used.bytes_opened,
        stands_for: used.weight,
    }
}

fn point(hour: i64, used: &Used) -> UsagePoint {
    UsagePoint {
        time: Time(hour * HOUR * NANO),
        events: used.events,
        bytes_sent: used.bytes_sent,
        bytes_opened: used.bytes_opened,
    }
}
