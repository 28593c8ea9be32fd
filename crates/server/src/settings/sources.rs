//! Where settings are written: file, then environment, then flags; the later one wins, and errors name the place.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::keys::{KEYS, find};

/// Variables that are no settings but are read elsewhere, the last one by the plugins for bundlers.
const OTHER_VARIABLES: &[&str] = &["LIMEN_CONFIG", "LIMEN_LOG", "LIMEN_SOURCEMAPS_SERVER"];

/// The file that is read when none is named and it exists.
const DEFAULT_FILE: &str = "limen.toml";

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    Default,
    File(PathBuf),
    Variable(String),
    Flag(String),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Default => f.write_str("the default"),
            Source::File(path) => write!(f, "the file {}", path.display()),
            Source::Variable(name) => write!(f, "the environment variable {name}"),
            Source::Flag(name) => write!(f, "the flag --{name}"),
        }
    }
}

/// Why the server does not start with these settings.
#[derive(Debug, thiserror::Error, PartialEq)]
pub enum SettingsError {
    /// The file named cannot be read.
    #[error("cannot read the settings file {path}: {reason}")]
    Unreadable { path: PathBuf, reason: String },
    /// The file is not TOML.
    #[error("{path} is no valid TOML: {reason}")]
    NotToml { path: PathBuf, reason: String },
    /// A key that means nothing, often a spelling mistake.
    #[error("`{key}` in {place} is no setting{hint}; `limen serve --help` lists them")]
    Unknown { key: String, place: Source, hint: String },
    /// A value that makes no sense.
    #[error("`{key}` is `{value}` in {place}, but must be {expected}")]
    Invalid { key: &'static str, value: String, place: Source, expected: &'static str },
}

/// What was written for every key, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Written(BTreeMap<&'static str, (String, Source)>);

/// Reads all places. `flags` holds (flag without dashes, value).
pub fn load(
    file: Option<&Path>,
    variables: impl IntoIterator<Item = (String, String)>,
    flags: impl IntoIterator<Item = (String, String)>,
) -> Result<Written, SettingsError> {
    let variables: Vec<_> = variables.into_iter().filter(|(name, _)| name.starts_with("LIMEN_")).collect();
    let mut written = Written(KEYS.iter().map(|key| (key.path, (key.default.to_owned(), Source::Default))).collect());
    let named = file
        .map(Path::to_owned)
        .or_else(|| variables.iter().find(|(name, _)| name == "LIMEN_CONFIG").map(|(_, path)| PathBuf::from(path)));
    match named {
        Some(path) => written.read_file(&path)?,
        None if Path::new(DEFAULT_FILE).exists() => written.read_file(Path::new(DEFAULT_FILE))?,
        None => {}
    }
    for (name, value) in variables {
        if OTHER_VARIABLES.contains(&name.as_str()) {
            continue;
        }
        match KEYS.iter().find(|key| key.variable() == name) {
            Some(key) => written.set(key.path, value, Source::Variable(name)),
            None => return Err(unknown(&name, Source::Variable(name.clone()), |key| key.variable())),
        }
    }
    for (name, value) in flags {
        match KEYS.iter().find(|key| key.flag() == name) {
            Some(key) => written.set(key.path, value, Source::Flag(name)),
            None => return Err(unknown(&name, Source::Flag(name.clone()), |key| key.flag())),
        }
    }
    Ok(written)
}

impl Written {
    fn set(&mut self, key: &'static str, value: String, source: Source) {
        self.0.insert(key, (value.trim().to_owned(), source));
    }

    fn read_file(&mut self, path: &Path) -> Result<(), SettingsError> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| SettingsError::Unreadable { path: path.to_owned(), reason: error.to_string() })?;
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| SettingsError::NotToml {
            path: path.to_owned(),
            reason: error.to_string(),
        })?;
        let place = || Source::File(path.to_owned());
        for (section, entries) in table {
            let toml::Value::Table(entries) = entries else {
                return Err(unknown(&section, place(), |key| key.path.to_owned()));
            };
            for (name, value) in entries {
                let written = format!("{section}.{name}");
                let Some(key) = find(&written) else {
                    return Err(unknown(&written, place(), |key| key.path.to_owned()));
                };
                self.set(key.path, plain(&value), place());
            }
        }
        Ok(())
    }

    pub fn text(&self, key: &'static str) -> &str {
        self.entry(key).0
    }

    /// `None` when nothing or an empty text was written.
    pub fn optional(&self, key: &'static str) -> Option<String> {
        Some(self.text(key)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    pub fn list(&self, key: &'static str) -> Vec<String> {
        self.text(key).split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
    }

    pub fn parse<T: FromStr>(&self, key: &'static str, expected: &'static str) -> Result<T, SettingsError> {
        self.parse_with(key, expected, |text| text.parse().ok())
    }

    pub fn parse_list<T>(
        &self,
        key: &'static str,
        expected: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<T>, SettingsError> {
        self.parse_with(key, expected, |_| self.list(key).iter().map(|item| read(item)).collect())
    }

    pub fn parse_with<T>(
        &self,
        key: &'static str,
        expected: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, SettingsError> {
        let (value, place) = self.entry(key);
        read(value).ok_or_else(|| SettingsError::Invalid {
            key,
            value: value.to_owned(),
            place: place.clone(),
            expected,
        })
    }

    fn entry(&self, key: &'static str) -> (&str, &Source) {
        let (value, source) = self.0.get(key).expect("every key of the list has a default");
        (value, source)
    }
}

/// A TOML value as it would stand in a flag; a list is joined by commas.
fn plain(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

fn unknown(key: &str, place: Source, spell: impl Fn(&super::Key) -> String) -> SettingsError {
    let near = KEYS.iter().map(spell).min_by_key(|candidate| distance(candidate, key));
    let hint = near
        .filter(|candidate| distance(candidate, key) <= 3)
        .map(|candidate| format!(" (did you mean `{candidate}`?)"))
        .unwrap_or_default();
    SettingsError::Unknown { key: key.to_owned(), place, hint }
}

/// Levenshtein's edit distance, for "did you mean".
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let swap = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = swap.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
