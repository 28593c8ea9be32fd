//! Counts what became of every request and record since the start, per application and signal, and what was taken out.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use limen_model::redaction::{Redactions, Secret};
use limen_model::{AppId, Outcome, Rejections, Signal};
use time::OffsetDateTime;

/// Whose, of what kind, and what became of it. A request refused before its key was known has no application.
pub type OutcomeKey = (Option<AppId>, Option<Signal>, Outcome);

#[derive(Debug)]
pub struct Outcomes {
    since: OffsetDateTime,
    counts: Mutex<BTreeMap<OutcomeKey, u64>>,
    redactions: Mutex<BTreeMap<(AppId, Secret), u64>>,
    routes_over_limit: Mutex<BTreeMap<AppId, u64>>,
}

impl Default for Outcomes {
    fn default() -> Self {
        Self {
            since: OffsetDateTime::now_utc(),
            counts: Mutex::default(),
            redactions: Mutex::default(),
            routes_over_limit: Mutex::default(),
        }
    }
}

impl Outcomes {
    pub fn since(&self) -> OffsetDateTime {
        self.since
    }

    pub fn add(&self, app: Option<&AppId>, signal: Option<Signal>, outcome: Outcome, count: u64) {
        if count > 0 {
            *lock(&self.counts).entry((app.cloned(), signal, outcome)).or_default() += count;
        }
    }

    pub fn add_rejections(&self, app: &AppId, rejections: &Rejections) {
        for (signal, outcome, count) in rejections.iter() {
            self.add(Some(app), Some(signal), outcome, count);
        }
    }

    pub fn all(&self) -> Vec<(OutcomeKey, u64)> {
        lock(&self.counts).iter().map(|(key, count)| (key.clone(), *count)).collect()
    }

    pub fn add_redactions(&self, app: &AppId, redactions: &Redactions) {
        for (secret, count) in redactions.iter() {
            *lock(&self.redactions).entry((app.clone(), secret)).or_default() += count;
        }
    }

    /// Says it in the log too, once for each application: figures by route are no longer whole.
    pub fn add_routes_over_limit(&self, app: &AppId, count: u64) {
        if count == 0 {
            return;
        }
        let mut counts = lock(&self.routes_over_limit);
        let sum = counts.entry(app.clone()).or_default();
        if *sum == 0 {
            let app = app.as_str();
            tracing::warn!(
                app,
                "an application has too many routes, further ones are put under `other`; set route rules"
            );
        }
        *sum += count;
    }

    pub fn all_routes_over_limit(&self) -> Vec<(AppId, u64)> {
        lock(&self.routes_over_limit).iter().map(|(app, count)| (app.clone(), *count)).collect()
    }

    pub fn all_redactions(&self) -> Vec<((AppId, Secret), u64)> {
        lock(&self.redactions).iter().map(|(key, count)| (key.clone(), *count)).collect()
    }
}

/// A panic between two additions leaves whole numbers behind: counting goes on.
fn lock<T>(counts: &Mutex<T>) -> MutexGuard<'_, T> {
    counts.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_outcomes_add_up_and_others_stay_apart() {
        let outcomes = Outcomes::default();
        let shop = AppId::parse("shop").expect("valid");
        outcomes.add(Some(&shop), Some(Signal::Logs), Outcome::Accepted, 2);
        outcomes.add(Some(&shop), Some(Signal::Logs), Outcome::Accepted, 3);
        outcomes.add(None, None, Outcome::KeyUnknown, 1);
        outcomes.add(None, None, Outcome::KeyMissing, 0);
        let all = outcomes.all();
        assert_eq!(all.len(), 2);
        assert!(all.contains(&((Some(shop), Some(Signal::Logs), Outcome::Accepted), 5)));
    }

    #[test]
    fn what_was_taken_out_adds_up_per_application() {
        let outcomes = Outcomes::default();
        let [shop, blog] = ["shop", "blog"].map(|name| AppId::parse(name).expect("valid"));
        let mut redactions = Redactions::default();
        redactions.add(Secret::Email);
        outcomes.add_redactions(&shop, &redactions);
        outcomes.add_redactions(&shop, &redactions);
        outcomes.add_redactions(&blog, &redactions);
        assert_eq!(outcomes.all_redactions(), [((blog, Secret::Email), 1), ((shop, Secret::Email), 2)]);
    }
}
