//! What may be kept of the address of a sender: nothing, its network, or a name that holds for one day.

use std::fs::File;
use std::hash::{DefaultHasher, Hasher};
use std::io::Read;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

const DAY_NANO: i64 = 24 * 3600 * 1_000_000_000;

/// What is kept of addresses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AddressPolicy {
    #[default]
    Drop,
    /// The network: 24 bits of an IPv4 address, 48 of an IPv6 address.
    Truncate,
    /// A hash with a salt that is drawn anew every day and is never written anywhere.
    Hash,
}

impl AddressPolicy {
    /// The policy of that name.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "drop" => Some(AddressPolicy::Drop),
            "truncate" => Some(AddressPolicy::Truncate),
            "hash" => Some(AddressPolicy::Hash),
            _ => None,
        }
    }
}

/// Names senders by the policy.
pub(crate) struct Clients {
    policy: AddressPolicy,
    /// The day since 1970 and its salt. That of the day before is gone with it, and with a restart that of today.
    salt: Mutex<Option<(i64, [u8; 32])>>,
}

impl Clients {
    pub fn new(policy: AddressPolicy) -> Self {
        Clients { policy, salt: Mutex::new(None) }
    }

    /// Empty when nothing may be kept, or nothing can be: without random numbers there is no salt.
    pub fn name(&self, address: IpAddr, received_unix_nano: i64) -> String {
        match self.policy {
            AddressPolicy::Drop => String::new(),
            AddressPolicy::Truncate => network(address),
            AddressPolicy::Hash => self
                .salt(received_unix_nano.div_euclid(DAY_NANO))
                .map_or_else(String::new, |salt| format!("{:016x}", hash(&salt, address))),
        }
    }

    fn salt(&self, day: i64) -> Option<[u8; 32]> {
        let mut kept = self.salt.lock().unwrap_or_else(PoisonError::into_inner);
        match *kept {
            // A request that was received before midnight and is looked at after it belongs to the new day.
            Some((of, salt)) if of >= day => Some(salt),
            _ => {
                let mut salt = [0; 32];
                File::open("/dev/urandom").and_then(|mut random| random.read_exact(&mut salt)).ok()?;
                *kept = Some((day, salt));
                Some(salt)
            }
        }
    }
}

fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{}/24", Ipv4Addr::new(a, b, c, 0))
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            format!("{}/48", Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
        }
    }
}

/// Whoever does not know the salt can neither guess an address nor try them all.
fn hash(salt: &[u8; 32], address: IpAddr) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(salt);
    match address {
        IpAddr::V4(address) => hasher.write(&address.octets()),
        IpAddr::V6(address) => hasher.write(&address.octets()),
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 20_000 * DAY_NANO + DAY_NANO / 2;

    fn name(clients: &Clients, address: &str, at: i64) -> String {
        clients.name(address.parse().expect("an address"), at)
    }

    #[test]
    fn by_default_nothing_is_kept() {
        assert_eq!(name(&Clients::new(AddressPolicy::default()), "203.0.113.7", NOON), "");
    }

    #[test]
    fn truncating_keeps_the_network() {
        let clients = Clients::new(AddressPolicy::Truncate);
        assert_eq!(name(&clients, "203.0.113.7", NOON), "203.0.113.0/24");
        assert_eq!(name(&clients, "2001:db8:1:2:3:4:5:6", NOON), "2001:db8:1::/48");
    }

    #[test]
    fn a_hash_holds_for_a_day_and_for_one_server() {
        let clients = Clients::new(AddressPolicy::Hash);
        let first = name(&clients, "203.0.113.7", NOON);
        assert_eq!(first.len(), 16);
        assert_eq!(first, name(&clients, "203.0.113.7", NOON + DAY_NANO / 3));
        assert_ne!(first, name(&clients, "203.0.113.8", NOON));
        assert_ne!(first, name(&Clients::new(AddressPolicy::Hash), "203.0.113.7", NOON));
        assert_ne!(first, name(&clients, "203.0.113.7", NOON + DAY_NANO));
        assert_ne!(first, name(&clients, "203.0.113.7", NOON), "the salt of the day before is gone");
    }

    #[test]
    fn a_policy_has_a_name() {
        assert_eq!(AddressPolicy::parse("hash"), Some(AddressPolicy::Hash));
        assert_eq!(AddressPolicy::parse("keep"), None);
    }
}
