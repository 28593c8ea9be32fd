//! Looks at every stack that nobody has looked at yet, finds its source and its group, and does so again when a source map comes
//! later or a rule changes. What it knows is in the store, so it can end anywhere.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use limen_model::{AppId, StableHash};
use limen_stack::{ErrorRules, Part, Party, Resolved, SourceMap, Trace, Unresolved, group};
use limen_store::{KnownStack, StackRow, StackSample, Store, StoreError};
use time::OffsetDateTime;
use tokio::time::sleep;

use super::maps::{FoundMap, MapSource, WantedMap};
use super::returning;
use super::state::GroupStates;
use crate::directory::Directory;
use crate::limits::{
    ERROR_STACKS_AT_ONCE, ERROR_STACKS_MAX, ERRORS_LOOKED_AT_EVERY, MAPS_OPEN_BYTES_MAX, MAPS_OPEN_MAX,
    RETURNING_LOOKED_AT_EVERY,
};
use crate::metadata::{App, Metadata, MetadataError};

/// How long after it was received a row may become readable.
const SETTLED: i64 = 60_000_000_000;

#[derive(Debug, thiserror::Error)]
pub enum GrouperError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Metadata(#[from] MetadataError),
    #[error("a source map cannot be read: {0}")]
    Maps(String),
}

/// There may be one of these for a set of tables.
pub struct Grouper {
    pub store: Store,
    pub metadata: Metadata,
    pub directory: Directory,
    pub maps: Arc<dyn MapSource>,
    apps: HashMap<AppId, Progress>,
    open: OpenMaps,
}

/// How far it is with one application.
#[derive(Debug, Default)]
struct Progress {
    /// What was received before has been looked at.
    since_unix_nano: i64,
    /// The changes of maps that have been followed; none since the start.
    maps: Option<u64>,
    told_full: bool,
    /// When it was last looked whether groups came back.
    checked: Option<Instant>,
}

impl Grouper {
    pub fn new(store: Store, metadata: Metadata, directory: Directory, maps: Arc<dyn MapSource>) -> Self {
        Self { store, metadata, directory, maps, apps: HashMap::new(), open: OpenMaps::default() }
    }

    /// Goes on until it is dropped; what fails is made up for by the next round.
    pub async fn keep(mut self) {
        loop {
            for app in self.directory.apps() {
                if let Err(error) = self.round(&app).await {
                    tracing::warn!(%error, app = app.id.as_str(), "errors could not be grouped, trying again later");
                }
            }
            sleep(ERRORS_LOOKED_AT_EVERY).await;
        }
    }

    async fn round(&mut self, app: &App) -> Result<(), GrouperError> {
        let rules = app.settings.errors.read();
        let changes = self.maps.changes();
        self.follow_rules(&app.id, &rules).await?;
        if self.apps.entry(app.id.clone()).or_default().maps != Some(changes) {
            self.open.clear();
            let known = self.store.known_stacks(&app.id).await?;
            let lacking: Vec<KnownStack> = known.into_iter().filter(|stack| !stack.resolved).collect();
            self.look_again(&app.id, &rules, &lacking).await?;
            self.apps.entry(app.id.clone()).or_default().maps = Some(changes);
        }
        self.look_at_new(&app.id, &rules).await?;
        let progress = self.apps.entry(app.id.clone()).or_default();
        if progress.checked.is_none_or(|checked| checked.elapsed() >= RETURNING_LOOKED_AT_EVERY) {
            progress.checked = Some(Instant::now());
            returning::check(&self.store, &GroupStates::new(self.metadata.clone()), &app.id).await?;
        }
        Ok(())
    }

    /// Rules hold for what came before them.
    async fn follow_rules(&mut self, app: &AppId, rules: &ErrorRules) -> Result<(), GrouperError> {
        let name = format!("error rules of {app}");
        let hash = if rules.rules.is_empty() { 0 } else { StableHash::new().text(&format!("{rules:?}")).finish() };
        let hash = hash.cast_signed();
        if self.metadata.round_noted(&name).await?.unwrap_or_default() != hash {
            let known = self.store.known_stacks(app).await?;
            self.look_again(app, rules, &known).await?;
            self.metadata.note_round(&name, hash).await?;
        }
        Ok(())
    }

    async fn look_at_new(&mut self, app: &AppId, rules: &ErrorRules) -> Result<(), GrouperError> {
        let now = now_unix_nano();
        loop {
            let since = self.apps.entry(app.clone()).or_default().since_unix_nano;
            let samples = self.store.new_stacks(app, since, ERROR_STACKS_AT_ONCE).await?;
            if !samples.is_empty() && self.is_full(app).await? {
                break;
            }
            let more = samples.len() == ERROR_STACKS_AT_ONCE as usize;
            let mut rows = Vec::new();
            for sample in &samples {
                rows.push(self.look_at(app, rules, sample, now).await?);
            }
            self.store.write_stacks(&rows).await?;
            if !more {
                break;
            }
        }
        self.apps.entry(app.clone()).or_default().since_unix_nano = now - SETTLED;
        Ok(())
    }

    /// Whoever makes up stacks does not fill the store: from here on new ones are counted and not told apart.
    async fn is_full(&mut self, app: &AppId) -> Result<bool, GrouperError> {
        let full = self.store.count_stacks(app).await? >= ERROR_STACKS_MAX;
        let progress = self.apps.entry(app.clone()).or_default();
        if full && !progress.told_full {
            tracing::warn!(app = app.as_str(), ERROR_STACKS_MAX, "too many different errors, new ones are not grouped");
        }
        progress.told_full = full;
        Ok(full)
    }

    async fn look_again(&mut self, app: &AppId, rules: &ErrorRules, known: &[KnownStack]) -> Result<(), GrouperError> {
        let states = GroupStates::new(self.metadata.clone());
        for chunk in known.chunks(ERROR_STACKS_AT_ONCE as usize) {
            let ids: Vec<u64> = chunk.iter().map(|stack| stack.stack_id).collect();
            let samples = self.store.stack_samples(app, &ids).await?;
            let now = now_unix_nano();
            let mut rows = Vec::new();
            let mut moves = Vec::new();
            for sample in &samples {
                let Some(before) = chunk.iter().find(|stack| stack.stack_id == sample.stack_id) else { continue };
                let mut row = self.look_at(app, rules, sample, now).await?;
                // Events of then may be gone already.
                row.first_seen = row.first_seen.min(before.first_nano);
                moves.push((before.group_id, row.group_id));
                rows.push(row);
            }
            self.store.write_stacks(&rows).await?;
            returning::carry_over(&states, app, &moves).await?;
        }
        Ok(())
    }

    async fn look_at(
        &mut self,
        app: &AppId,
        rules: &ErrorRules,
        sample: &StackSample,
        now: i64,
    ) -> Result<StackRow, GrouperError> {
        let trace = Trace::parse(&sample.stacktrace);
        let builds = Builds::read(&sample.debug_ids);
        let mut parts = Vec::new();
        for part in &trace.parts {
            parts.push(self.resolve(app, sample, &builds, part).await?);
        }
        let first: &[Resolved] = parts.first().map_or(&[], Vec::as_slice);
        let found = group(&sample.exception_type, &sample.message, first, rules);
        let mut unresolved: Vec<Unresolved> = parts.iter().flatten().filter_map(|frame| frame.unresolved).collect();
        unresolved.sort_unstable();
        unresolved.dedup();
        Ok(StackRow {
            app: app.to_string(),
            stack_id: sample.stack_id,
            version: now.unsigned_abs(),
            group_id: found.id,
            class: found.class.name().to_owned(),
            noise: found.noise,
            grouped_by: found.by.name().to_owned(),
            release: sample.release.clone(),
            first_seen: sample.first_nano,
            culprit: culprit(first),
            unresolved: unresolved.into_iter().map(|why| why.name().to_owned()).collect(),
            parts: serde_json::to_string(&parts).unwrap_or_default(),
        })
    }

    async fn resolve(
        &mut self,
        app: &AppId,
        sample: &StackSample,
        builds: &Builds,
        part: &Part<'_>,
    ) -> Result<Vec<Resolved>, GrouperError> {
        let mut frames = Resolved::of_part(part, &sample.url);
        for frame in frames.iter_mut().filter(|frame| frame.wants_map()) {
            let wanted = WantedMap {
                debug_id: builds.of(&frame.file),
                release: sample.release.clone(),
                url: frame.file.clone(),
            };
            // Nobody uploads maps for the scripts of others.
            let foreign = frame.party == Party::ThirdParty && wanted.debug_id.is_none();
            match self.open.get(self.maps.as_ref(), app, wanted).await?.as_ref() {
                Ok(map) => match map.find(frame.line, frame.column) {
                    Some(position) => frame.found(position),
                    None => frame.not_found(Unresolved::NotInMap),
                },
                Err(_) if foreign => {}
                Err(why) => frame.not_found(*why),
            }
        }
        Ok(frames)
    }
}

/// Function and file of the first frame that counts.
fn culprit(frames: &[Resolved]) -> String {
    let of = |party| frames.iter().find(|frame| frame.party == party);
    let Some(frame) =
        of(Party::App).or_else(|| of(Party::Library)).or_else(|| of(Party::ThirdParty)).or(frames.first())
    else {
        return String::new();
    };
    // Of one's own scripts one knows where they come from.
    let file = match frame.party {
        Party::App | Party::Library => limen_stack::path_of(&frame.file),
        _ => frame.file.split(['?', '#']).next().unwrap_or_default(),
    };
    format!("{} {file}", frame.function).trim().to_owned()
}

/// Which build each script is.
struct Builds(Vec<(String, String)>);

impl Builds {
    /// A JSON array of texts, each `url id`; whatever else says nothing.
    fn read(text: &str) -> Self {
        let listed: Vec<String> = serde_json::from_str(text).unwrap_or_default();
        let pair = |entry: &String| entry.rsplit_once(' ').map(|(url, id)| (url.to_owned(), id.to_ascii_lowercase()));
        Builds(listed.iter().filter_map(pair).collect())
    }

    fn of(&self, url: &str) -> Option<String> {
        self.0.iter().find(|(known, _)| known == url).map(|(_, id)| id.clone())
    }
}

type Opened = Arc<Result<SourceMap, Unresolved>>;

/// The maps that were read last, and why others were not.
#[derive(Default)]
struct OpenMaps {
    maps: Vec<(AppId, WantedMap, usize, Opened)>,
}

impl OpenMaps {
    fn clear(&mut self) {
        self.maps.clear();
    }

    async fn get(&mut self, source: &dyn MapSource, app: &AppId, wanted: WantedMap) -> Result<Opened, GrouperError> {
        if let Some(at) = self.maps.iter().position(|(of, known, ..)| of == app && *known == wanted) {
            // The last one used goes last.
            let entry = self.maps.remove(at);
            let opened = Arc::clone(&entry.3);
            self.maps.push(entry);
            return Ok(opened);
        }
        let (bytes, read) = match source.find(app, &wanted).await.map_err(GrouperError::Maps)? {
            FoundMap::None(why) => (0, Err(why)),
            FoundMap::Map(map) => (map.len(), read(map).await),
        };
        let opened = Arc::new(read);
        self.make_room(bytes);
        self.maps.push((app.clone(), wanted, bytes, Arc::clone(&opened)));
        Ok(opened)
    }

    fn make_room(&mut self, bytes: usize) {
        let held =
            |maps: &Vec<(AppId, WantedMap, usize, Opened)>| maps.iter().map(|(_, _, bytes, _)| bytes).sum::<usize>();
        while !self.maps.is_empty()
            && (self.maps.len() >= MAPS_OPEN_MAX || held(&self.maps) + bytes > MAPS_OPEN_BYTES_MAX)
        {
            self.maps.remove(0);
        }
    }
}

/// Beside the requests: a large map takes a while, and a damaged one may end its reader.
async fn read(map: Vec<u8>) -> Result<SourceMap, Unresolved> {
    let read = tokio::task::spawn_blocking(move || SourceMap::read(&map)).await;
    match read {
        Ok(Ok(map)) => Ok(map),
        Ok(Err(error)) => {
            tracing::warn!(%error, "a source map cannot be used");
            Err(Unresolved::MapDamaged)
        }
        Err(_) => Err(Unresolved::MapDamaged),
    }
}

fn now_unix_nano() -> i64 {
    i64::try_from(OffsetDateTime::now_utc().unix_timestamp_nanos()).unwrap_or(i64::MAX)
}
