//! The applications in memory: every request looks its key up here, so no request waits for the metadata file.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use limen_model::{AppId, IngestKey};

use crate::metadata::App;
use crate::sampling::Sampling;

#[derive(Debug, Clone, Default)]
pub struct Directory {
    apps: Arc<RwLock<Apps>>,
}

#[derive(Debug, Default)]
struct Apps {
    by_key: HashMap<IngestKey, AppId>,
    all: Vec<App>,
}

impl Directory {
    pub fn replace(&self, apps: Vec<App>) {
        let by_key = apps.iter().map(|app| (app.key.clone(), app.id.clone())).collect();
        *self.apps.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Apps { by_key, all: apps };
    }

    pub fn app_of(&self, key: &IngestKey) -> Option<AppId> {
        self.read().by_key.get(key).cloned()
    }

    pub fn sampling_of(&self, app: &AppId) -> Sampling {
        let apps = self.read();
        apps.all.iter().find(|known| known.id == *app).map(|known| known.sampling.clone()).unwrap_or_default()
    }

    pub fn apps(&self) -> Vec<App> {
        self.read().all.clone()
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, Apps> {
        self.apps.read().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
