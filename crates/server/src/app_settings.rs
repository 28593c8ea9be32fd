//! What people set for one application while the server runs: each kind is one JSON document with a name.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::admission::Admission;
use crate::apdex::ApdexTarget;
use crate::errors::ErrorRules;
use crate::retention::Retention;
use crate::rules::{RedactionRules, RouteRules};
use crate::sampling::Sampling;
use crate::usage::Prices;

/// One kind of them. Its default holds until somebody sets it.
pub trait AppSetting: Clone + Default + Serialize + DeserializeOwned + Send + 'static {
    /// Under which it is kept. A released name never changes.
    const NAME: &'static str;
    /// Says what is wrong with it.
    fn check(&self) -> Result<(), String>;
    fn of(all: &AppSettings) -> &Self;
    fn of_mut(all: &mut AppSettings) -> &mut Self;
}

/// All of them for one application.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AppSettings {
    pub sampling: Sampling,
    pub admission: Admission,
    pub prices: Prices,
    pub routes: RouteRules,
    pub redaction: RedactionRules,
    pub retention: Retention,
    pub apdex: ApdexTarget,
    pub errors: ErrorRules,
}

impl AppSettings {
    /// Takes the document that was kept under a name.
    pub fn read(&mut self, name: &str, text: &str) -> Result<(), String> {
        match name {
            Sampling::NAME => self.read_as::<Sampling>(text),
            Admission::NAME => self.read_as::<Admission>(text),
            Prices::NAME => self.read_as::<Prices>(text),
            RouteRules::NAME => self.read_as::<RouteRules>(text),
            RedactionRules::NAME => self.read_as::<RedactionRules>(text),
            Retention::NAME => self.read_as::<Retention>(text),
            ApdexTarget::NAME => self.read_as::<ApdexTarget>(text),
            ErrorRules::NAME => self.read_as::<ErrorRules>(text),
            // Of a newer Limen that was here before: its settings wait for it.
            _ => Ok(()),
        }
    }

    fn read_as<S: AppSetting>(&mut self, text: &str) -> Result<(), String> {
        *S::of_mut(self) = serde_json::from_str(text).map_err(|error| format!("{}: {error}", S::NAME))?;
        Ok(())
    }
}

impl AppSetting for Sampling {
    const NAME: &'static str = "sampling";

    fn check(&self) -> Result<(), String> {
        Sampling::check(self)
    }

    fn of(all: &AppSettings) -> &Self {
        &all.sampling
    }

    fn of_mut(all: &mut AppSettings) -> &mut Self {
        &mut all.sampling
    }
}

impl AppSetting for Admission {
    const NAME: &'static str = "admission";

    fn check(&self) -> Result<(), String> {
        Admission::check(self)
    }

    fn of(all: &AppSettings) -> &Self {
        &all.admission
    }

    fn of_mut(all: &mut AppSettings) -> &mut Self {
        &mut all.admission
    }
}

impl AppSetting for Prices {
    const NAME: &'static str = "prices";

    fn check(&self) -> Result<(), String> {
        Prices::check(self)
    }

    fn of(all: &AppSettings) -> &Self {
        &all.prices
    }

    fn of_mut(all: &mut AppSettings) -> &mut Self {
        &mut all.prices
    }
}

impl AppSetting for RouteRules {
    const NAME: &'static str = "routes";

    fn check(&self) -> Result<(), String> {
        RouteRules::check(self)
    }

    fn of(all: &AppSettings) -> &Self {
        &all.routes
    }

    fn of_mut(all: &mut AppSettings) -> &mut Self {
        &mut all.routes
    }
}

impl AppSetting for RedactionRules {
    const NAME: &'static str = "redaction";

    fn check(&self) -> Result<(), String> {
        RedactionRules::check(self)
    }

    fn of(all: &AppSettings) -> &Self {
        &all.redaction
    }

    fn of_mut(all: &mut AppSettings) -> &mut Self {
        &mut all.redaction
    }
}

impl AppSetting for Retention {
    const NAME: &'static str = "retention";

    fn check(&self) -> Result<(), String> {
        Retention::check(self)
    }

    fn of(all: &AppSettings) -> &Self {
        &all.retention
    }

    fn of_mut(all: &mut AppSettings) -> &mut Self {
        &mut all.retention
    }
}

impl AppSetting for ApdexTarget {
    const NAME: &'static str = "apdex";

    fn check(&self) -> Result<(), String> {
        ApdexTarget::check(self)
    }

    fn of(all: &AppSettings) -> &Self {
        &all.apdex
    }

    fn of_mut(all: &mut AppSettings) -> &mut Self {
        &mut all.apdex
    }
}

impl AppSetting for ErrorRules {
    const NAME: &'static str = "errors";

    fn check(&self) -> Result<(), String> {
        ErrorRules::check(self)
    }

    fn of(all: &AppSettings) -> &Self {
        &all.errors
    }

    fn of_mut(all: &mut AppSettings) -> &mut Self {
        &mut all.errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_found_under_its_name_and_damage_is_told() {
        let mut all = AppSettings::default();
        all.read("sampling", r#"{"sample_rate": 0.5}"#).expect("read");
        assert_eq!(Sampling::of(&all).sample_rate, Some(0.5));
        assert!(all.read("sampling", "{").is_err_and(|told| told.starts_with("sampling:")));
        assert_eq!(all.read("of the future", "{"), Ok(()));
    }
}
