//! What can be made to go wrong in the shop, one at a time, while it runs. Nothing here is reported: only effects are.

pub mod leak;
pub mod row_lock;
pub mod third_party;

use std::sync::LazyLock;

use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

/// The names and sentences; `cargo xtask demo --fault` reads the same file.
const DESCRIBED: &str = include_str!("../faults.json");

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    #[default]
    None,
    WrongRegion,
    RowLock,
    ThirdParty,
    BadRelease,
    SlowDevice,
    LayoutShift,
    CacheMiss,
    MemoryLeak,
}

/// A fault in words.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Described {
    pub name: Fault,
    pub does: String,
    /// What should be seen in Limen.
    pub shows: String,
}

/// The fault that is switched on.
#[derive(Debug)]
pub struct Faults {
    current: watch::Sender<Fault>,
}

impl Faults {
    pub fn new(first: Fault) -> Self {
        Self { current: watch::Sender::new(first) }
    }

    pub fn current(&self) -> Fault {
        *self.current.borrow()
    }

    pub fn is(&self, fault: Fault) -> bool {
        self.current() == fault
    }

    pub fn switch(&self, fault: Fault) {
        self.current.send_replace(fault);
    }

    pub fn watch(&self) -> watch::Receiver<Fault> {
        self.current.subscribe()
    }
}

pub fn described() -> &'static [Described] {
    static PARSED: LazyLock<Vec<Described>> = LazyLock::new(|| serde_json::from_str(DESCRIBED).unwrap_or_default());
    &PARSED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_described_once_and_has_one_name_everywhere() {
        let described: Vec<Fault> = described().iter().map(|each| each.name).collect();
        assert_eq!(described, Fault::value_variants());
        for fault in Fault::value_variants() {
            let spoken = serde_json::to_value(fault).expect("a name");
            assert_eq!(fault.to_possible_value().map(|value| value.get_name().to_owned()).as_deref(), spoken.as_str());
        }
    }

    #[test]
    fn the_page_about_the_demo_tells_of_every_fault() {
        let page = include_str!("../../../docs/demo.md");
        for fault in Fault::value_variants() {
            let name = fault.to_possible_value().expect("a name").get_name().to_owned();
            assert!(page.contains(&format!("| `{name}` |")), "docs/demo.md lacks {name}");
        }
    }
}
