//! Whose views a question is about: those of people, unless it asks for robots and tests too.

use crate::ScopeError;
use crate::scope::clipped;

/// Whose views count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Visitors {
    /// Neither robots nor tests.
    #[default]
    People,
    /// Robots and tests alone.
    Bots,
    All,
}

impl Visitors {
    pub fn parse(text: &str) -> Result<Self, ScopeError> {
        match text {
            "people" => Ok(Visitors::People),
            "bots" => Ok(Visitors::Bots),
            "all" => Ok(Visitors::All),
            other => Err(ScopeError::Visitors { value: clipped(other) }),
        }
    }

    /// The condition on `views` and `events`, in place of `{visitors}`.
    pub(crate) fn condition(self) -> &'static str {
        match self {
            Visitors::People => "NOT bot",
            Visitors::Bots => "bot",
            Visitors::All => "true",
        }
    }
}
