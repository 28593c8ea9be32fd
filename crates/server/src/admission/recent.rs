//! A bounded memory of what was seen of late, by number.

use std::collections::HashMap;

/// With more than fit, those that were used least recently are forgotten and begin anew: whoever wants that must take turns
/// with that many others.
#[derive(Debug)]
pub struct Recent<T> {
    half: usize,
    young: HashMap<u64, T>,
    old: HashMap<u64, T>,
}

impl<T: Default> Recent<T> {
    pub fn new(max: usize) -> Self {
        Self { half: (max / 2).max(1), young: HashMap::new(), old: HashMap::new() }
    }

    pub fn of(&mut self, name: u64) -> &mut T {
        if !self.young.contains_key(&name) {
            let known = self.old.remove(&name).unwrap_or_default();
            if self.young.len() >= self.half {
                self.old = std::mem::take(&mut self.young);
            }
            self.young.insert(name, known);
        }
        self.young.entry(name).or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_is_remembered_however_many_others_come() {
        let mut recent: Recent<u32> = Recent::new(10);
        for other in 1..1000 {
            *recent.of(1_000_000 + other) += 1;
            *recent.of(0) += 1;
        }
        assert_eq!(*recent.of(0), 999);
        assert!(recent.young.len() + recent.old.len() <= 10);
        assert_eq!(*recent.of(1_000_001), 0, "forgotten");
    }
}
