//! The applications in memory: every request looks its key up here, so no request waits for the metadata file.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use limen_enrich::Rules;
use limen_model::{AppId, IngestKey};

use crate::app_settings::AppSettings;
use crate::keys::{Key, lookup};
use crate::metadata::App;
use crate::rules;

#[derive(Debug, Clone, Default)]
pub struct Directory {
    apps: Arc<RwLock<Apps>>,
}

#[derive(Debug, Default)]
struct Apps {
    by_key: HashMap<String, Arc<Key>>,
    settings: HashMap<AppId, Arc<AppSettings>>,
    rules: HashMap<AppId, Arc<Rules>>,
    all: Vec<App>,
}

impl Directory {
    pub fn replace(&self, apps: Vec<App>) {
        let keys = apps.iter().flat_map(|app| &app.keys);
        let by_key = keys.map(|key| (key.lookup.clone(), Arc::new(key.clone()))).collect();
        let settings = apps.iter().map(|app| (app.id.clone(), Arc::new(app.settings.clone()))).collect();
        let rules = apps.iter().map(|app| (app.id.clone(), rules::of(&app.settings))).collect();
        *self.apps.write().unwrap_or_else(std::sync::PoisonError::into_inner) =
            Apps { by_key, settings, rules, all: apps };
    }

    /// The key that was sent, whether it is still taken or not.
    pub fn key(&self, sent: &IngestKey) -> Option<Arc<Key>> {
        self.read().by_key.get(&lookup(sent.as_str())).cloned()
    }

    /// What is set for an application; of one that is not known, what nobody has set.
    pub fn settings_of(&self, app: &AppId) -> Arc<AppSettings> {
        self.read().settings.get(app).cloned().unwrap_or_default()
    }

    /// The rules that are set for an application, ready to be used.
    pub fn rules_of(&self, app: &AppId) -> Arc<Rules> {
        self.read().rules.get(app).cloned().unwrap_or_default()
    }

    pub fn apps(&self) -> Vec<App> {
        self.read().all.clone()
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, Apps> {
        self.apps.read().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
