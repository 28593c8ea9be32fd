//! Whether a request may come in: its origin, its pace and what is left of the day's quota, before its body is read.

mod bucket;
mod governor;
mod origins;
mod policy;
mod recent;
mod sessions;
mod thinning;

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hash};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use limen_model::enriched::EnrichedBatch;
use limen_model::{AppId, Outcome};
use time::OffsetDateTime;

use crate::keys::KeyId;
use crate::limits::{ADDRESSES_MAX, KEYS_REMEMBERED_MAX, SESSIONS_MAX};
use crate::pipeline::Refusal;
use crate::sampling::Sampling;
use crate::usage::{DayUse, seconds_until_midnight};
use bucket::{Bucket, Rate, Wait};
use governor::{Governor, Seen};
pub use policy::Admission;
use recent::Recent;
pub use thinning::LeftOut;

/// Who asks to come in, as far as that is known before the body.
#[derive(Debug, Clone, Copy)]
pub struct Asker<'a> {
    pub app: &'a AppId,
    pub key: &'a KeyId,
    pub address: IpAddr,
    pub origin: Option<&'a str>,
    /// Whether only a page knocks at this door; a service sends no origin.
    pub page: bool,
}

/// What a decoded request brings.
#[derive(Debug, Clone, Copy)]
pub struct Coming {
    pub events: u64,
    pub stands_for: f64,
}

/// One moment by two clocks.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    pub unix_seconds: i64,
    /// Since the server started: no correction of the wall clock makes it jump.
    steady_nanos: u64,
}

/// Remembers how fast each key, address, session and application was of late. Of an address it keeps a number that is
/// different in every run of the server, not the address.
#[derive(Debug)]
pub struct Gate {
    began: Instant,
    hasher: RandomState,
    keys: Mutex<Recent<Bucket>>,
    addresses: Mutex<Recent<Bucket>>,
    sessions: Mutex<Recent<Bucket>>,
    apps: Mutex<Recent<Bucket>>,
    governors: Mutex<HashMap<AppId, Governor>>,
    /// The share that held when a session was first seen: all its records have one weight.
    session_rates: Mutex<Recent<Option<f64>>>,
    /// How many servers share the paces of keys and applications.
    servers: AtomicU32,
}

impl Default for Gate {
    fn default() -> Self {
        Self {
            began: Instant::now(),
            hasher: RandomState::new(),
            keys: Mutex::new(Recent::new(KEYS_REMEMBERED_MAX)),
            addresses: Mutex::new(Recent::new(ADDRESSES_MAX)),
            sessions: Mutex::new(Recent::new(SESSIONS_MAX)),
            apps: Mutex::new(Recent::new(KEYS_REMEMBERED_MAX)),
            governors: Mutex::default(),
            session_rates: Mutex::new(Recent::new(SESSIONS_MAX)),
            servers: AtomicU32::new(1),
        }
    }
}

impl Gate {
    /// From now on so many servers, this one included, each take their part. A page speaks to one server most of the time, so
    /// the paces of addresses and sessions are not divided.
    pub fn share_with(&self, servers: u32) {
        self.servers.store(servers.max(1), Ordering::Relaxed);
    }

    fn part_of(&self, rate: u32) -> Rate {
        Rate::per_second_of(rate, self.servers.load(Ordering::Relaxed))
    }

    /// Everything that needs no body. The address is asked before the key: one that is too fast takes nothing from others.
    pub fn admit(&self, asker: &Asker<'_>, policy: &Admission, used: DayUse, now: Now) -> Result<(), Refusal> {
        origins::check(&policy.origins, asker.origin, asker.page)?;
        check_quota(policy, used, now.unix_seconds)?;
        let nanos = now.steady_nanos;
        if let Some(rate) = policy.address_requests_per_second
            // A server behind a proxy that it was not told of would take everybody for one.
            && !asker.address.is_loopback()
        {
            let name = self.number((asker.app, block_of(asker.address)));
            let taken = lock(&self.addresses).of(name).take(Rate::per_second(rate), nanos);
            taken.map_err(|wait| too_fast(Outcome::AddressRateLimited, "this address sends requests", rate, wait))?;
        }
        if let Some(rate) = policy.key_requests_per_second {
            let taken = lock(&self.keys).of(self.number(asker.key)).take(self.part_of(rate), nanos);
            taken.map_err(|wait| too_fast(Outcome::KeyRateLimited, "requests come with this key", rate, wait))?;
        }
        self.look_at_events(asker.app, policy, now)
    }

    /// Leaves out what a session sends beyond its pace, and counts it.
    pub fn hold_sessions(&self, batch: &mut EnrichedBatch<'_>, policy: &Admission, now: Now) {
        if let Some(rate) = policy.session_events_per_second {
            let (app, now) = (batch.app.clone(), now.steady_nanos);
            let mut buckets = lock(&self.sessions);
            sessions::hold(batch, |session| {
                buckets.of(self.number((&app, session))).take(Rate::per_second(rate), now).is_ok()
            });
        }
    }

    /// Leaves out sessions and traces while more would come than may, and lets the others stand for them.
    pub fn thin(&self, batch: &mut EnrichedBatch<'_>, policy: &Admission, rules: &Sampling, now: Now) -> LeftOut {
        if policy.max_events_per_second.is_none() && !rules.thins() {
            return LeftOut::default();
        }
        let app = batch.app.clone();
        let rate = self.sampling_rate(&app, policy, rules, now);
        let mut rates = lock(&self.session_rates);
        let of_session = |session: &str| *rates.of(self.number((&app, session))).get_or_insert(rate);
        thinning::thin(batch, rules, rate, of_session)
    }

    /// Takes the events of a decoded request from what its application may send. One request may go beyond it, and those
    /// after it wait for that: otherwise a batch larger than the burst could never come in.
    pub fn take_events(&self, app: &AppId, policy: &Admission, coming: Coming, now: Now) -> Result<(), Refusal> {
        let Some(max) = policy.max_events_per_second else { return Ok(()) };
        let taken = lock(&self.apps).of(self.number(app)).take_all(coming.events, self.part_of(max), now.steady_nanos);
        let accepted = if taken.is_ok() { coming.events as f64 } else { 0.0 };
        self.note(app, max, Seen { offered: coming.stands_for, accepted, refused: taken.is_err() }, now);
        taken.map_err(|wait| too_many_events(max, wait))
    }

    fn look_at_events(&self, app: &AppId, policy: &Admission, now: Now) -> Result<(), Refusal> {
        let Some(max) = policy.max_events_per_second else { return Ok(()) };
        let looked = lock(&self.apps).of(self.number(app)).look(self.part_of(max), now.steady_nanos);
        looked.map_err(|wait| {
            self.note(app, max, Seen { refused: true, ..Seen::default() }, now);
            too_many_events(max, wait)
        })
    }

    /// Which share of new sessions and of traces comes in now; all of them as long as there is no most that may come, and
    /// neither less nor more than the rules say.
    pub fn sampling_rate(&self, app: &AppId, policy: &Admission, rules: &Sampling, now: Now) -> f64 {
        rules.bounded(policy.max_events_per_second.map_or(1.0, |max| self.governed(app, max, now, |_| ())))
    }

    fn note(&self, app: &AppId, max: u32, seen: Seen, now: Now) {
        self.governed(app, max, now, |governor| governor.note(seen));
    }

    fn governed(&self, app: &AppId, max: u32, now: Now, then: impl FnOnce(&mut Governor)) -> f64 {
        let second = now.steady_nanos / 1_000_000_000;
        let mut governors = lock(&self.governors);
        if !governors.contains_key(app) {
            governors.insert(app.clone(), Governor::beginning_at(second));
        }
        let Some(governor) = governors.get_mut(app) else { return 1.0 };
        let servers = self.servers.load(Ordering::Relaxed);
        let rate = governor.rate(second, f64::from(max) / f64::from(servers));
        then(governor);
        rate
    }

    pub fn now(&self) -> Now {
        let steady_nanos = u64::try_from(self.began.elapsed().as_nanos()).unwrap_or(u64::MAX);
        Now { unix_seconds: OffsetDateTime::now_utc().unix_timestamp(), steady_nanos }
    }

    fn number(&self, what: impl Hash) -> u64 {
        self.hasher.hash_one(what)
    }
}

fn lock<T>(recent: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // A panic between two numbers leaves whole numbers behind.
    recent.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// One customer has one IPv4 address, or a whole /64 of IPv6 to choose addresses from.
fn block_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        v4 => v4,
    }
}

fn check_quota(policy: &Admission, used: DayUse, unix_seconds: i64) -> Result<(), Refusal> {
    let over = |used: u64, max: Option<u64>| max.filter(|max| used >= *max);
    let told = match (over(used.events, policy.daily_events_max), over(used.bytes, policy.daily_bytes_max)) {
        (Some(max), _) => format!("{max} events"),
        (None, Some(max)) => format!("{max} bytes"),
        (None, None) => return Ok(()),
    };
    let message = format!("today's quota of this application, {told}, is used up; it begins again at midnight UTC");
    Err(Refusal::again(Outcome::QuotaExceeded, message, seconds_until_midnight(unix_seconds)))
}

fn too_fast(outcome: Outcome, what: &str, rate: u32, wait: Wait) -> Refusal {
    let seconds = wait.whole_seconds();
    Refusal::again(outcome, format!("{what} faster than {rate} a second; send again in {seconds} s"), seconds)
}

fn too_many_events(rate: u32, wait: Wait) -> Refusal {
    let seconds = wait.whole_seconds();
    let message = format!(
        "this application sends more than its {rate} events a second; send again in {seconds} s, or record fewer sessions"
    );
    Refusal::again(Outcome::EventRateLimited, message, seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::BURST_SECONDS;

    const NOW: Now = Now { unix_seconds: 86_400 - 90, steady_nanos: 0 };

    struct Knock {
        gate: Gate,
        policy: Admission,
        app: AppId,
        key: KeyId,
    }

    impl Knock {
        fn with(policy: Admission) -> Self {
            let (app, key) = (AppId::parse("shop").expect("valid"), KeyId("1".to_owned()));
            Self { gate: Gate::default(), policy, app, key }
        }

        fn from(&self, address: &str, used: DayUse) -> Result<(), Refusal> {
            let address = address.parse().expect("an address");
            let asker = Asker { app: &self.app, key: &self.key, address, origin: None, page: false };
            self.gate.admit(&asker, &self.policy, used, NOW)
        }

        /// How many of many requests come in.
        fn taken_from(&self, address: &str) -> u64 {
            let all = 1000;
            (0..all).filter(|_| self.from(address, DayUse::default()).is_ok()).count() as u64
        }
    }

    fn coming(events: u64) -> Coming {
        Coming { events, stands_for: events as f64 }
    }

    fn nothing() -> Admission {
        Admission {
            address_requests_per_second: None,
            key_requests_per_second: None,
            session_events_per_second: None,
            ..Admission::default()
        }
    }

    #[test]
    fn one_address_does_not_take_from_another_and_a_64_counts_as_one() {
        let knock = Knock::with(Admission { address_requests_per_second: Some(1), ..nothing() });
        assert_eq!(knock.taken_from("203.0.113.7"), BURST_SECONDS);
        assert_eq!(knock.taken_from("::ffff:203.0.113.7"), 0, "the same written otherwise");
        assert_eq!(knock.taken_from("203.0.113.8"), BURST_SECONDS);
        assert_eq!(knock.taken_from("2001:db8:0:1::7"), BURST_SECONDS);
        assert_eq!(knock.taken_from("2001:db8:0:1:ffff::9"), 0);
        assert_eq!(knock.taken_from("2001:db8:0:2::7"), BURST_SECONDS);
        assert_eq!(knock.taken_from("127.0.0.1"), 1000, "a proxy that the server was not told of");
    }

    #[test]
    fn a_key_is_as_fast_as_its_pace_whoever_sends_and_is_told_when_to_come_again() {
        let knock = Knock::with(Admission { key_requests_per_second: Some(2), ..nothing() });
        assert_eq!(knock.taken_from("203.0.113.7"), 2 * BURST_SECONDS);
        let refused = knock.from("203.0.113.8", DayUse::default()).expect_err("it is used up");
        assert_eq!((refused.outcome, refused.again_after_seconds), (Outcome::KeyRateLimited, Some(1)));
    }

    #[test]
    fn servers_divide_what_keys_and_applications_may_and_no_part_is_nothing() {
        let policy = Admission { key_requests_per_second: Some(2), max_events_per_second: Some(100), ..nothing() };
        let shares = [1, 4, 1_000].map(|servers| {
            let knock = Knock::with(policy.clone());
            knock.gate.share_with(servers);
            let events = (0..10_000).filter(|_| knock.gate.take_events(&knock.app, &policy, coming(1), NOW).is_ok());
            let events = events.count() as u64;
            (
                Knock { policy: Admission { max_events_per_second: None, ..policy.clone() }, ..knock }
                    .taken_from("203.0.113.7"),
                events,
            )
        });
        assert_eq!(
            shares,
            [(2 * BURST_SECONDS, 100 * BURST_SECONDS), (2 * BURST_SECONDS / 4, 25 * BURST_SECONDS), (1, 1)]
        );
    }

    #[test]
    fn servers_divide_the_events_that_sampling_aims_at() {
        let knock = Knock::with(Admission { max_events_per_second: Some(100), ..nothing() });
        knock.gate.share_with(2);
        let at = |second: u64| Now { steady_nanos: second * 1_000_000_000, ..NOW };
        let hundred = Coming { events: 25, stands_for: 100.0 };
        assert_eq!(knock.gate.take_events(&knock.app, &knock.policy, hundred, at(0)), Ok(()));
        assert_eq!(knock.gate.sampling_rate(&knock.app, &knock.policy, &Sampling::default(), at(1)), 0.5);
    }

    #[test]
    fn a_quota_is_over_until_midnight() {
        for (policy, over) in [
            (Admission { daily_events_max: Some(5), ..nothing() }, DayUse { events: 5, bytes: 0 }),
            (Admission { daily_bytes_max: Some(5), ..nothing() }, DayUse { events: 0, bytes: 6 }),
        ] {
            let knock = Knock::with(policy);
            assert_eq!(knock.from("203.0.113.7", DayUse { events: 4, bytes: 4 }), Ok(()));
            let refused = knock.from("203.0.113.7", over).expect_err("over");
            assert_eq!((refused.outcome, refused.again_after_seconds), (Outcome::QuotaExceeded, Some(90)));
        }
    }

    #[test]
    fn a_batch_beyond_the_pace_comes_in_once_and_those_after_it_wait_for_it() {
        let knock = Knock::with(Admission { max_events_per_second: Some(10), ..nothing() });
        let far_beyond = 10 * (BURST_SECONDS + 50);
        assert_eq!(knock.gate.take_events(&knock.app, &knock.policy, coming(far_beyond), NOW), Ok(()));
        for refused in [
            knock.gate.take_events(&knock.app, &knock.policy, coming(1), NOW),
            knock.from("203.0.113.7", DayUse::default()),
        ] {
            let refused = refused.expect_err("in debt");
            assert_eq!(refused.outcome, Outcome::EventRateLimited);
            assert_eq!(refused.again_after_seconds, Some(51), "50 seconds of debt, and a tenth for the next one");
        }
    }

    #[test]
    fn the_share_falls_when_more_would_come_than_may_and_without_a_most_all_come() {
        let knock = Knock::with(Admission { max_events_per_second: Some(100), ..nothing() });
        let at = |second: u64| Now { steady_nanos: second * 1_000_000_000, ..NOW };
        assert_eq!(knock.gate.sampling_rate(&knock.app, &knock.policy, &Sampling::default(), at(0)), 1.0);
        let two_hundred = Coming { events: 50, stands_for: 200.0 };
        assert_eq!(knock.gate.take_events(&knock.app, &knock.policy, two_hundred, at(0)), Ok(()));
        assert_eq!(knock.gate.sampling_rate(&knock.app, &knock.policy, &Sampling::default(), at(0)), 1.0);
        assert_eq!(knock.gate.sampling_rate(&knock.app, &knock.policy, &Sampling::default(), at(1)), 0.5);
        assert_eq!(knock.gate.sampling_rate(&knock.app, &nothing(), &Sampling::default(), at(1)), 1.0);
        let other = AppId::parse("blog").expect("valid");
        assert_eq!(knock.gate.sampling_rate(&other, &knock.policy, &Sampling::default(), at(1)), 1.0);
    }
}
