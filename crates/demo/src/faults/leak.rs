//! Memory that a service forgets to give back, and reads through with every request. It grows up to a bound.

use std::sync::{Mutex, PoisonError};

use crate::limits::{LEAK_BYTES_MAX, LEAK_BYTES_STEP};

#[derive(Debug, Default)]
pub struct Leak {
    kept: Mutex<Vec<u8>>,
}

impl Leak {
    /// Keeps a little more and looks through all of it; returns how much there is.
    pub fn grow(&self) -> usize {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let grown = (kept.len() + LEAK_BYTES_STEP).min(LEAK_BYTES_MAX);
        kept.resize(grown, 1);
        // Read for real, or the compiler would leave it out.
        std::hint::black_box(kept.iter().fold(0_u64, |sum, byte| sum.wrapping_add(u64::from(*byte))));
        grown
    }

    pub fn free(&self) {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Vec::new();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_up_to_its_bound_and_is_given_back() {
        let leak = Leak::default();
        assert_eq!(leak.grow(), LEAK_BYTES_STEP);
        assert_eq!(leak.grow(), 2 * LEAK_BYTES_STEP);
        leak.kept.lock().expect("nobody failed").resize(LEAK_BYTES_MAX - 1, 0);
        assert_eq!((leak.grow(), leak.grow()), (LEAK_BYTES_MAX, LEAK_BYTES_MAX));
        leak.free();
        assert_eq!(leak.grow(), LEAK_BYTES_STEP);
    }
}
