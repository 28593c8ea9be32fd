//! Which rows belong to a person: by the id of the user, of a session or of a device, wherever a row may hold it.

use limen_model::AppId;

use crate::{Table, engine};

/// What an id is the id of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SubjectKind {
    User,
    Session,
    Device,
}

impl SubjectKind {
    pub const ALL: [SubjectKind; 3] = [SubjectKind::User, SubjectKind::Session, SubjectKind::Device];

    pub fn name(self) -> &'static str {
        match self {
            SubjectKind::User => "user",
            SubjectKind::Session => "session",
            SubjectKind::Device => "device",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The attributes that hold such an id, in today's spelling and in others.
    pub fn attributes(self) -> &'static [&'static str] {
        match self {
            SubjectKind::User => &["user.id", "enduser.id", "enduser.pseudo.id"],
            SubjectKind::Session => &["session.id", "session.previous_id", "rum.session.id", "splunk.rumSessionId"],
            SubjectKind::Device => &["device.id", "app.installation.id"],
        }
    }
}

/// Somebody as an application knows them.
#[derive(Clone, PartialEq, Eq)]
pub struct Subject {
    pub app: AppId,
    pub kind: SubjectKind,
    pub id: String,
}

impl std::fmt::Debug for Subject {
    // An id must not reach a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Subject({}, {})", self.app, self.kind.name())
    }
}

/// Where a statement finds the ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ids {
    /// In its parameter `id`; the sessions are looked up.
    Asked,
    /// In the table `erasing`; with `traces`, everything in a trace of the person counts as well.
    Collected { traces: bool },
}

/// The condition for the rows of a person. The application must be asked for besides.
pub(crate) fn rows_of(table: Table, kind: SubjectKind, ids: Ids) -> String {
    let mut parts = own_rows(table, kind, ids);
    if kind != SubjectKind::Session {
        parts.extend(rows_in_sessions(table, &sessions(kind, ids)));
    }
    if ids == (Ids::Collected { traces: true }) && matches!(table, Table::Spans | Table::Logs) {
        parts.push(format!("trace_id IN {}", traces_collected()));
    }
    parts.join(" OR ")
}

/// A query for the sessions of a user or device.
pub(crate) fn sessions_of(kind: SubjectKind) -> String {
    let from = |table: Table| {
        let found = own_rows(table, kind, Ids::Asked).join(" OR ");
        format!("SELECT session_id FROM {} WHERE app = {{app:String}} AND session_id != '' AND ({found})", table.name())
    };
    [Table::Views, Table::Events, Table::Spans, Table::Logs].map(from).join(" UNION ALL ")
}

/// The condition for points of metrics that keep measurements of the person beside those of others.
pub(crate) fn exemplars_of(kind: SubjectKind, traces: bool) -> String {
    let ids = Ids::Collected { traces };
    let mut parts = in_list("exemplar_attributes", kind, &list(kind, ids));
    if kind != SubjectKind::Session {
        parts.extend(in_list("exemplar_attributes", SubjectKind::Session, &list(SubjectKind::Session, ids)));
    }
    if traces {
        parts.push(format!("hasAny(exemplar_trace_ids, (SELECT groupArray(id) FROM {}))", traces_collected()));
    }
    parts.join(" OR ")
}

/// Rows that hold the id themselves.
fn own_rows(table: Table, kind: SubjectKind, ids: Ids) -> Vec<String> {
    let set = set(kind, ids);
    let mut parts = match kind {
        SubjectKind::Session => return rows_in_sessions(table, &set),
        SubjectKind::User if matches!(table, Table::Views | Table::Events) => vec![format!("user_id IN {set}")],
        _ => Vec::new(),
    };
    parts.extend(in_maps(table, kind, &set));
    if table == Table::Spans {
        parts.extend(in_list("event_attributes", kind, &list(kind, ids)));
    }
    parts
}

fn rows_in_sessions(table: Table, set: &str) -> Vec<String> {
    let mut parts = in_maps(table, SubjectKind::Session, set);
    if table != Table::Metrics {
        parts.push(format!("session_id IN {set}"));
    }
    parts
}

fn in_maps(table: Table, kind: SubjectKind, set: &str) -> Vec<String> {
    let maps: &[&str] = match table {
        Table::Views | Table::Events => &["attributes"],
        Table::Spans | Table::Logs | Table::Metrics => &["attributes", "resource"],
    };
    let keys = kind.attributes();
    maps.iter().flat_map(|map| keys.iter().map(move |key| format!("{map}['{key}'] IN {set}"))).collect()
}

fn in_list(maps: &str, kind: SubjectKind, list: &str) -> Vec<String> {
    let found = |key: &&str| format!("hasAny(arrayMap(m -> m['{key}'], {maps}), {list})");
    kind.attributes().iter().map(found).collect()
}

fn sessions(kind: SubjectKind, ids: Ids) -> String {
    match ids {
        Ids::Asked => format!("({})", sessions_of(kind)),
        Ids::Collected { .. } => set(SubjectKind::Session, ids),
    }
}

fn set(kind: SubjectKind, ids: Ids) -> String {
    match ids {
        Ids::Asked => "({id:String})".to_owned(),
        Ids::Collected { .. } => {
            format!("(SELECT id FROM {}.erasing WHERE kind = '{}')", engine::DATABASE, kind.name())
        }
    }
}

/// As one array. An aggregate without rows is an empty array, which no row has anything in common with.
fn list(kind: SubjectKind, ids: Ids) -> String {
    match ids {
        Ids::Asked => "[{id:String}]".to_owned(),
        Ids::Collected { .. } => {
            format!("(SELECT groupArray(id) FROM {}.erasing WHERE kind = '{}')", engine::DATABASE, kind.name())
        }
    }
}

fn traces_collected() -> String {
    format!("(SELECT toFixedString(unhex(id), 16) AS id FROM {}.erasing WHERE kind = 'trace')", engine::DATABASE)
}
