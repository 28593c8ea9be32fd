//! How much every application sends, by the hour: counted in memory, kept in the metadata file every few seconds.

mod forecast;
mod prices;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use limen_model::{AppId, Signal};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval};

use crate::keys::{KeyId, KeyUse};
use crate::limits::USAGE_KEPT_EVERY;
use crate::metadata::{Metadata, MetadataError};
pub use forecast::{last_days, next_days};
pub use prices::{Cost, Prices};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// What one application used of its quota today.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DayUse {
    pub events: u64,
    pub bytes: u64,
}

/// What came in, of one signal.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Used {
    /// Records that were accepted.
    pub events: u64,
    /// Bytes as they were sent, and as they were once unpacked.
    pub bytes_sent: u64,
    pub bytes_opened: u64,
    /// For how many records these stand; more than there are where sessions are sampled.
    pub weight: f64,
}

impl Used {
    pub fn add(&mut self, more: &Used) {
        self.events += more.events;
        self.bytes_sent += more.bytes_sent;
        self.bytes_opened += more.bytes_opened;
        self.weight += more.weight;
    }
}

/// Whose, in which hour since the epoch, and of which signal.
pub type UsageKey = (AppId, i64, Signal);
pub type UsageByHour = HashMap<UsageKey, Used>;

/// Counts for all requests.
#[derive(Debug, Default)]
pub struct Usage {
    counting: Mutex<Counting>,
    /// How many others use up the same quotas at once.
    others: AtomicU32,
}

#[derive(Debug, Default)]
struct Counting {
    /// What the metadata file has not got yet: a handful of hours of a handful of applications.
    fresh: UsageByHour,
    fresh_keys: HashMap<KeyId, KeyUse>,
    today: HashMap<AppId, (i64, DayUse)>,
    /// What this server added to that since it heard of the others.
    unheard: HashMap<AppId, (i64, DayUse)>,
}

impl Usage {
    /// Goes on where the last run of the server stopped.
    pub fn begin(kept: &UsageByHour) -> Self {
        let usage = Self::default();
        {
            let mut counting = usage.lock();
            for ((app, hour, _), used) in kept {
                count(&mut counting.today, app, hour * HOUR, used);
            }
        }
        usage
    }

    /// What one request brought.
    pub fn add(&self, app: &AppId, key: &KeyId, unix_seconds: i64, used: &[(Signal, Used)]) {
        let mut counting = self.lock();
        let one = KeyUse {
            requests: 1,
            events: used.iter().map(|(_, used)| used.events).sum(),
            bytes: used.iter().map(|(_, used)| used.bytes_sent).sum(),
            last_unix: Some(unix_seconds),
        };
        counting.fresh_keys.entry(key.clone()).or_default().add(&one);
        for (signal, used) in used.iter().filter(|(_, used)| *used != Used::default()) {
            let key = (app.clone(), unix_seconds.div_euclid(HOUR), *signal);
            counting.fresh.entry(key).or_default().add(used);
            counting.count_today(app, unix_seconds, used);
        }
    }

    /// Of the day of that time.
    pub fn today(&self, app: &AppId, unix_seconds: i64) -> DayUse {
        let counting = self.lock();
        let today = counting.today.get(app).filter(|(day, _)| *day == unix_seconds.div_euclid(DAY));
        today.map_or_else(DayUse::default, |(_, used)| *used)
    }

    /// From now on so many servers, this one included, use up the same quotas.
    pub fn share_with(&self, servers: u32) {
        self.others.store(servers.saturating_sub(1), Ordering::Relaxed);
    }

    /// What counts against the quota: what is known, and what the others may have added since this server heard of them. It
    /// presumes that all of them, itself included, add twice what it added, so it stops at half its part of what was left:
    /// who heard of the others once more meanwhile has the other half to go on from. At the end a part is less than a request, which is taken all the same: the sum goes
    /// beyond the quota by at most two requests of each server.
    pub fn presumed_today(&self, app: &AppId, unix_seconds: i64) -> DayUse {
        let known = self.today(app, unix_seconds);
        let presumed = match u64::from(self.others.load(Ordering::Relaxed)) {
            0 => 0,
            others => 2 * others + 1,
        };
        let counting = self.lock();
        let unheard = counting.unheard.get(app).filter(|(day, _)| *day == unix_seconds.div_euclid(DAY));
        let unheard = unheard.map_or_else(DayUse::default, |(_, used)| *used);
        DayUse { events: known.events + presumed * unheard.events, bytes: known.bytes + presumed * unheard.bytes }
    }

    /// Takes over what all servers have written, and goes on from there.
    pub fn hear(&self, kept: &UsageByHour) {
        let mut counting = self.lock();
        (counting.today, counting.unheard) = (HashMap::new(), HashMap::new());
        for ((app, hour, _), used) in kept {
            count(&mut counting.today, app, hour * HOUR, used);
        }
        let fresh = std::mem::take(&mut counting.fresh);
        for ((app, hour, _), used) in &fresh {
            counting.count_today(app, hour * HOUR, used);
        }
        counting.fresh = fresh;
    }

    /// Writes what is fresh; when that fails it stays fresh.
    pub async fn keep(&self, metadata: &Metadata) -> Result<(), MetadataError> {
        let (fresh, fresh_keys) = {
            let mut counting = self.lock();
            (std::mem::take(&mut counting.fresh), std::mem::take(&mut counting.fresh_keys))
        };
        let kept = if fresh.is_empty() { Ok(()) } else { metadata.add_usage(&fresh).await };
        if kept.is_err() {
            let mut counting = self.lock();
            for (key, used) in fresh {
                counting.fresh.entry(key).or_default().add(&used);
            }
        }
        let kept_keys = if fresh_keys.is_empty() { Ok(()) } else { metadata.add_key_use(&fresh_keys).await };
        if kept_keys.is_err() {
            let mut counting = self.lock();
            for (key, used) in fresh_keys {
                counting.fresh_keys.entry(key).or_default().add(&used);
            }
        }
        kept.and(kept_keys)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Counting> {
        // A panic between two additions leaves whole numbers behind: counting goes on.
        self.counting.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Counting {
    fn count_today(&mut self, app: &AppId, unix_seconds: i64, used: &Used) {
        count(&mut self.today, app, unix_seconds, used);
        count(&mut self.unheard, app, unix_seconds, used);
    }
}

fn count(days: &mut HashMap<AppId, (i64, DayUse)>, app: &AppId, unix_seconds: i64, used: &Used) {
    let day = unix_seconds.div_euclid(DAY);
    let today = days.entry(app.clone()).or_insert((day, DayUse::default()));
    if today.0 < day {
        *today = (day, DayUse::default());
    }
    // A request of yesterday that was long in coming is none of today's.
    if today.0 == day {
        today.1.events += used.events;
        today.1.bytes += used.bytes_sent;
    }
}

/// Keeps it every few seconds until it is stopped, and once more then.
pub struct Keeper {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Keeper {
    pub fn start(usage: Arc<Usage>, metadata: Metadata) -> Self {
        let (stop, stopped) = watch::channel(false);
        Self { stop, task: tokio::spawn(keep_until(stopped, usage, metadata)) }
    }

    pub async fn stop(self) {
        self.stop.send_replace(true);
        let _ = self.task.await;
    }
}

async fn keep_until(mut stopped: watch::Receiver<bool>, usage: Arc<Usage>, metadata: Metadata) {
    let mut ticks = interval(USAGE_KEPT_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let last = tokio::select! {
            _ = ticks.tick() => false,
            _ = stopped.changed() => true,
        };
        if let Err(error) = usage.keep(&metadata).await {
            tracing::warn!(%error, last, "what was used was not kept");
        } else if metadata.is_shared()
            && let Err(error) = hear_of_others(&usage, &metadata).await
        {
            tracing::warn!(%error, "what other servers have used is not known");
        }
        if last {
            return;
        }
    }
}

async fn hear_of_others(usage: &Usage, metadata: &Metadata) -> Result<(), MetadataError> {
    let today = first_hour_of_day(time::OffsetDateTime::now_utc().unix_timestamp());
    usage.hear(&metadata.usage_since(today).await?);
    Ok(())
}

/// When the quotas begin again.
pub fn seconds_until_midnight(unix_seconds: i64) -> u32 {
    u32::try_from(DAY - unix_seconds.rem_euclid(DAY)).unwrap_or(0)
}

/// The first hour of the day of a time, both since the epoch.
pub fn first_hour_of_day(unix_seconds: i64) -> i64 {
    unix_seconds.div_euclid(DAY) * 24
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::place::Place;

    const NOON: i64 = 20_000 * DAY + 12 * HOUR;

    fn app(name: &str) -> AppId {
        AppId::parse(name).expect("valid")
    }

    fn key() -> KeyId {
        KeyId("k".to_owned())
    }

    fn used(events: u64) -> [(Signal, Used); 1] {
        [(Signal::Logs, Used { events, bytes_sent: 10 * events, bytes_opened: 70 * events, weight: 2.0 })]
    }

    #[test]
    fn a_day_begins_at_midnight_and_is_one_applications_own() {
        let usage = Usage::default();
        usage.add(&app("shop"), &key(), NOON, &used(3));
        usage.add(&app("shop"), &key(), NOON + HOUR, &used(2));
        assert_eq!(usage.today(&app("shop"), NOON), DayUse { events: 5, bytes: 50 });
        assert_eq!(usage.today(&app("blog"), NOON), DayUse::default());
        assert_eq!(usage.today(&app("shop"), NOON + 12 * HOUR), DayUse::default());
        usage.add(&app("shop"), &key(), NOON + 12 * HOUR, &used(1));
        usage.add(&app("shop"), &key(), NOON, &used(100));
        assert_eq!(usage.today(&app("shop"), NOON + 12 * HOUR), DayUse { events: 1, bytes: 10 });
        assert_eq!((seconds_until_midnight(NOON + 1), first_hour_of_day(NOON)), (12 * 3600 - 1, 20_000 * 24));
    }

    #[tokio::test]
    async fn servers_that_hear_late_of_each_other_use_up_their_quota_and_two_requests_each_at_most() {
        let place = Place::database().await;
        let (metadata, shop) = (place.open().await, app("shop"));
        metadata.create_app(&shop).await.expect("made");
        let servers = [(), (), ()].map(|()| Usage::default());
        servers.iter().for_each(|server| server.share_with(3));
        let mut taken = 0;
        for round in 0..24 {
            for server in &servers {
                while server.presumed_today(&shop, NOON).events < 90 {
                    server.add(&shop, &key(), NOON, &used(1));
                    taken += 1;
                }
                // Those before it do not know of this until the next round.
                server.keep(&metadata).await.expect("kept");
                let kept = metadata.usage_since(first_hour_of_day(NOON)).await.expect("read");
                server.hear(&kept);
            }
            assert!(round > 0 || taken <= 45, "half of what was left: {taken}");
        }
        assert!(
            (90..=96).contains(&taken),
            "{taken}: the last parts are less than a request, and one is taken all the same"
        );
    }

    #[tokio::test]
    async fn what_is_not_written_yet_counts_when_the_others_are_heard_of() {
        let (usage, shop) = (Usage::default(), app("shop"));
        usage.share_with(2);
        usage.add(&shop, &key(), NOON, &used(3));
        usage.hear(&UsageByHour::from([((shop.clone(), NOON / HOUR, Signal::Logs), used(10)[0].1)]));
        assert_eq!(usage.today(&shop, NOON).events, 13);
        assert_eq!(usage.presumed_today(&shop, NOON).events, 13 + 3 * 3);
    }

    #[tokio::test]
    async fn what_was_used_is_kept_over_restarts_and_adds_up() {
        for place in Place::both().await {
            let metadata = place.open().await;
            metadata.create_app(&app("shop")).await.expect("made");
            let usage = Usage::default();
            for _ in 0..2 {
                usage.add(&app("shop"), &key(), NOON, &used(3));
                usage.keep(&metadata).await.expect("kept");
            }
            usage.keep(&metadata).await.expect("nothing to keep");
            metadata.close().await;

            let again = place.open().await;
            let kept = again.usage_since(first_hour_of_day(NOON)).await.expect("read");
            let both = Used { events: 6, bytes_sent: 60, bytes_opened: 420, weight: 4.0 };
            assert_eq!(kept, UsageByHour::from([((app("shop"), NOON / HOUR, Signal::Logs), both)]));
            assert_eq!(Usage::begin(&kept).today(&app("shop"), NOON), DayUse { events: 6, bytes: 60 });
            assert_eq!(again.usage_since(NOON / HOUR + 1).await.expect("read"), UsageByHour::new());
        }
    }

    #[tokio::test]
    async fn what_could_not_be_kept_is_kept_the_next_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let closed = Metadata::open(folder.path()).await.expect("opened");
        closed.create_app(&app("shop")).await.expect("made");
        closed.close().await;
        let usage = Usage::default();
        usage.add(&app("shop"), &key(), NOON, &used(3));
        assert!(usage.keep(&closed).await.is_err());
        let open = Metadata::open(folder.path()).await.expect("opened again");
        usage.keep(&open).await.expect("kept");
        assert_eq!(open.usage_since(0).await.expect("read").values().map(|used| used.events).sum::<u64>(), 3);
    }
}
