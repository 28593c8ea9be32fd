//! The keys with which an application is sent to: several at a time, so that one can take the place of another.

use std::fmt;

use limen_model::{AppId, IngestKey};
use sha2::{Digest, Sha256};

use crate::limits::{KEY_GRACE_SECONDS_MAX, KEY_NAME_BYTES_MAX};

/// With this a server key begins; a browser key begins with `lkp_`.
const SERVER_PREFIX: &str = "lks_";

/// Names a key where the key itself must not stand.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId(pub String);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// Public: it stands in every page. The application's origins apply to it.
    Browser,
    /// A secret of services: only its hash is kept, and no page may use it.
    Server,
}

/// Where a key is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
    Live,
    /// Deleted, and taken until its grace is over.
    Ending,
    Disabled,
    Ended,
}

/// A key as the metadata file holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub id: KeyId,
    pub app: AppId,
    pub kind: KeyKind,
    pub name: String,
    /// What `lookup` makes of it: of a browser key the key itself.
    pub lookup: String,
    /// What may be shown of it.
    pub hint: String,
    pub created_unix: i64,
    pub enabled: bool,
    /// Not taken any more from then on.
    pub ends_unix: Option<i64>,
    pub used: KeyUse,
}

/// What came with a key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KeyUse {
    pub requests: u64,
    pub events: u64,
    /// As they were sent.
    pub bytes: u64,
    pub last_unix: Option<i64>,
}

/// A key that was just made: the only time that all of it is told.
pub struct FreshKey {
    pub key: Key,
    pub text: String,
}

/// It cannot print what it holds.
impl fmt::Debug for FreshKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FreshKey").field(&self.key.id).finish()
    }
}

impl KeyKind {
    pub fn name(self) -> &'static str {
        match self {
            KeyKind::Browser => "browser",
            KeyKind::Server => "server",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        [KeyKind::Browser, KeyKind::Server].into_iter().find(|kind| kind.name() == name)
    }
}

impl KeyUse {
    pub fn add(&mut self, more: &KeyUse) {
        self.requests += more.requests;
        self.events += more.events;
        self.bytes += more.bytes;
        self.last_unix = self.last_unix.max(more.last_unix);
    }
}

impl Key {
    pub fn state(&self, now_unix: i64) -> KeyState {
        match self.ends_unix {
            Some(ends) if ends <= now_unix => KeyState::Ended,
            _ if !self.enabled => KeyState::Disabled,
            Some(_) => KeyState::Ending,
            None => KeyState::Live,
        }
    }

    pub fn is_taken(&self, now_unix: i64) -> bool {
        matches!(self.state(now_unix), KeyState::Live | KeyState::Ending)
    }
}

impl FreshKey {
    /// 128 random bits, told apart from other secrets by the prefix: "limen key", public or secret.
    pub fn of(app: &AppId, kind: KeyKind, name: &str, random: [u8; 24], now_unix: i64) -> Self {
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let (id, secret) = random.split_at(8);
        let text = match kind {
            KeyKind::Browser => format!("lkp_{}", hex(secret)),
            KeyKind::Server => format!("{SERVER_PREFIX}{}", hex(secret)),
        };
        let hint = match kind {
            KeyKind::Browser => text.clone(),
            KeyKind::Server => format!("{SERVER_PREFIX}…{}", text.get(text.len() - 4..).unwrap_or_default()),
        };
        let key = Key {
            id: KeyId(hex(id)),
            app: app.clone(),
            kind,
            name: name.to_owned(),
            lookup: lookup(&text),
            hint,
            created_unix: now_unix,
            enabled: true,
            ends_unix: None,
            used: KeyUse::default(),
        };
        Self { key, text }
    }
}

/// Under which a key is found. A server key has as many random bits as a hash needs to be safe without salt; no key holds a
/// colon, so that the hash of one is none itself.
pub fn lookup(text: &str) -> String {
    if text.starts_with(SERVER_PREFIX) {
        let hash = Sha256::digest(text.as_bytes());
        return format!("sha256:{}", hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    }
    text.to_owned()
}

/// The key that pages of an application are told to send: the oldest that stays, else one that is about to end.
pub fn shown<'k>(keys: impl Iterator<Item = &'k Key> + Clone, now_unix: i64) -> Option<IngestKey> {
    let with = |state: KeyState| keys.clone().find(|key| key.kind == KeyKind::Browser && key.state(now_unix) == state);
    let key = with(KeyState::Live).or_else(|| with(KeyState::Ending))?;
    IngestKey::parse(&key.lookup).ok()
}

/// Says what is wrong with a name.
pub fn check_name(name: &str) -> Result<(), String> {
    if name.trim().is_empty() || name.len() > KEY_NAME_BYTES_MAX {
        return Err(format!("name has {} bytes; 1 to {KEY_NAME_BYTES_MAX}, such as where the key is used", name.len()));
    }
    Ok(())
}

/// Says what is wrong with a time for which a deleted key is still taken.
pub fn check_grace(seconds: i64) -> Result<(), String> {
    if (0..=KEY_GRACE_SECONDS_MAX).contains(&seconds) {
        return Ok(());
    }
    Err(format!("grace_seconds is {seconds}; 0 to {KEY_GRACE_SECONDS_MAX}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh(kind: KeyKind) -> FreshKey {
        FreshKey::of(&AppId::parse("shop").expect("valid"), kind, "gateway", [0xab; 24], 1_000)
    }

    #[test]
    fn of_a_server_key_only_the_hash_is_kept_and_its_end_shown() {
        let FreshKey { key, text } = fresh(KeyKind::Server);
        assert_eq!((text.len(), key.hint.as_str()), (36, "lks_…abab"));
        assert!(key.lookup.starts_with("sha256:") && !key.lookup.contains("abab"), "{}", key.lookup);
        assert!(IngestKey::parse(&key.lookup).is_err(), "who has read the file cannot send what stands there");
        assert_eq!(lookup(&text), key.lookup);
        assert!(!format!("{:?}", fresh(KeyKind::Server)).contains("lks_"));
        let public = fresh(KeyKind::Browser);
        assert_eq!((&public.key.lookup, &public.key.hint), (&public.text, &public.text));
    }

    #[test]
    fn a_key_is_taken_until_its_grace_is_over_and_while_it_is_enabled() {
        let key = |enabled, ends_unix| Key { enabled, ends_unix, ..fresh(KeyKind::Browser).key };
        let states = [(true, None), (true, Some(60)), (true, Some(50)), (false, None), (false, Some(60))]
            .map(|(enabled, ends)| key(enabled, ends).state(50));
        use KeyState::{Disabled, Ended, Ending, Live};
        assert_eq!(states, [Live, Ending, Ended, Disabled, Disabled]);
        assert!(key(true, Some(51)).is_taken(50) && !key(true, Some(50)).is_taken(50));
    }

    #[test]
    fn pages_are_told_the_oldest_browser_key_that_stays() {
        let old = Key { ends_unix: Some(60), lookup: "lkp_old".to_owned(), ..fresh(KeyKind::Browser).key };
        let new = Key { lookup: "lkp_new".to_owned(), ..fresh(KeyKind::Browser).key };
        let all = [fresh(KeyKind::Server).key, old, new];
        let shown_of = |keys: &[Key]| shown(keys.iter(), 50).map(|key| key.as_str().to_owned());
        assert_eq!(shown_of(&all).as_deref(), Some("lkp_new"));
        assert_eq!((shown_of(&all[..2]).as_deref(), shown_of(&all[..1])), (Some("lkp_old"), None));
    }

    #[test]
    fn says_what_is_wrong() {
        assert!(check_name(" ").is_err_and(|told| told.contains("1 bytes")));
        assert!(check_grace(-1).is_err_and(|told| told.contains("0 to")) && check_grace(86_400).is_ok());
    }
}
