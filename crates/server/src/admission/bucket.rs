//! Token buckets of eight bytes each.
//!
//! A bucket is the time at which it will be full again (the generic cell rate algorithm of ITU-T I.371), so nothing has to
//! fill it. Time is given to every function, in nanoseconds since whatever beginning.

use crate::limits::BURST_SECONDS;

const SECOND: u64 = 1_000_000_000;

/// So many tokens come back a second, and a full bucket holds those of `BURST_SECONDS`.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    token: u64,
    full: u64,
}

impl Rate {
    pub fn per_second(tokens: u32) -> Self {
        Self::per_second_of(tokens, 1)
    }

    /// The part of one of so many servers. However small, a full bucket holds a token.
    pub fn per_second_of(tokens: u32, servers: u32) -> Self {
        let token = SECOND.saturating_mul(u64::from(servers.max(1))) / u64::from(tokens.max(1));
        Self { token, full: token.max(BURST_SECONDS * SECOND) }
    }
}

/// How long until there is a token again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait(u64);

impl Wait {
    /// As `Retry-After` says it: never too early.
    pub fn whole_seconds(self) -> u32 {
        u32::try_from(self.0.div_ceil(SECOND)).unwrap_or(u32::MAX)
    }
}

#[derive(Debug, Clone, Copy, Default)]
pub struct Bucket {
    full_at: u64,
}

impl Bucket {
    pub fn take(&mut self, rate: Rate, now: u64) -> Result<(), Wait> {
        self.take_all(1, rate, now)
    }

    /// Takes many when there is one; what is missing then is a debt that has to come back first.
    pub fn take_all(&mut self, count: u64, rate: Rate, now: u64) -> Result<(), Wait> {
        self.look(rate, now)?;
        self.full_at = self.full_at.max(now).saturating_add(rate.token.saturating_mul(count));
        Ok(())
    }

    /// Whether there is a token.
    pub fn look(&self, rate: Rate, now: u64) -> Result<(), Wait> {
        let without_one = self.full_at.max(now).saturating_add(rate.token);
        match without_one.saturating_sub(now.saturating_add(rate.full)) {
            0 => Ok(()),
            missing => Err(Wait(missing)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn in_any_time_no_more_is_taken_than_a_full_bucket_and_what_came_back(
            tokens in 1_u32..5_000,
            servers in 1_u32..50,
            steps in proptest::collection::vec(0_u64..SECOND / 4, 1..400),
        ) {
            let (rate, mut bucket) = (Rate::per_second_of(tokens, servers), Bucket::default());
            let (mut now, mut taken) = (0, 0_u64);
            for step in steps {
                now += step;
                while taken < 100_000 && bucket.take(rate, now).is_ok() {
                    taken += 1;
                }
                prop_assert!(taken <= (rate.full + now) / rate.token + 1, "{taken} after {now}");
            }
        }

        #[test]
        fn whoever_comes_again_as_told_is_taken(tokens in 1_u32..5_000, debt in 1_u64..100_000, began in 0_u64..1 << 50) {
            let (rate, mut bucket) = (Rate::per_second(tokens), Bucket::default());
            prop_assert!(bucket.take_all(debt, rate, began).is_ok());
            let wait = bucket.look(rate, began).err().unwrap_or(Wait(0));
            let told = began + u64::from(wait.whole_seconds()) * SECOND;
            prop_assert_eq!(bucket.look(rate, told), Ok(()));
            prop_assert!(wait.0 == 0 || bucket.look(rate, began + wait.0 - 1).is_err());
        }
    }
}
