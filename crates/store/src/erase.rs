//! Takes a person's rows out of every table, and out of the files behind the tables.
//!
//! `find` says what there is, and `erase` deletes exactly that: who calls them keeps what was found, so that an erasure that
//! was interrupted goes on with it, although half of what led to it is gone already.

use std::collections::{BTreeMap, BTreeSet};

use crate::limits::{ERASED_SESSIONS_MAX, ERASED_TRACES_MAX};
use crate::person::{Ids, Subject, SubjectKind, exemplars_of, rows_of, sessions_of};
use crate::{Store, StoreError, Table, engine};

/// What there is of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    pub sessions: Vec<String>,
    /// In hexadecimal digits.
    pub traces: Vec<String>,
    /// Rows by the name of their table; views count once per version that was received.
    pub rows: BTreeMap<String, u64>,
    /// Points of metrics that lose their exemplars and stay.
    pub exemplars: u64,
    /// Starts of the hours, in seconds since 1970, whose sums hold views or errors of the person.
    pub hours: BTreeSet<i64>,
}

/// Whether anything is left, and how it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    pub statement: String,
    pub rows_left: u64,
}

/// A part of a table that no question reads any more, but that is still on the disk.
pub type OldParts = BTreeSet<(String, String)>;

impl Store {
    /// What there is of somebody; `traces` says whether whole traces of theirs count.
    pub async fn find(&self, subject: &Subject, traces: bool) -> Result<Found, StoreError> {
        let mut found = Found { sessions: self.sessions_of(subject).await?, ..Found::default() };
        self.collect(subject, &found).await?;
        let ids = Ids::Collected { traces: false };
        found.traces = self.traces_of(subject, ids).await?;
        let client = self.client();
        if traces {
            self.collect(subject, &found).await?;
        }
        let ids = Ids::Collected { traces };
        for table in Table::ALL {
            let sql = count_sql(table.name(), &rows_of(table, subject.kind, ids));
            let count = client.query(&sql).param("app", subject.app.as_str()).fetch_one().await?;
            found.rows.insert(table.name().to_owned(), count);
        }
        let sql = count_sql("metrics", &exemplars_of(subject.kind, traces));
        found.exemplars = client.query(&sql).param("app", subject.app.as_str()).fetch_one().await?;
        for (table, time) in [(Table::Views, "start"), (Table::Events, "time")] {
            let sql = format!(
                "SELECT DISTINCT toInt64(toUnixTimestamp(toStartOfHour({time}))) FROM {} WHERE app = {{app:String}} AND ({})",
                table.name(),
                rows_of(table, subject.kind, ids)
            );
            let hours: Vec<i64> = client.query(&sql).param("app", subject.app.as_str()).fetch_all().await?;
            found.hours.extend(hours);
        }
        Ok(found)
    }

    /// Deletes what was found, and asks whether anything is left. Doing it again deletes nothing more.
    pub async fn erase(&self, subject: &Subject, found: &Found, traces: bool) -> Result<Proof, StoreError> {
        let ids = self.collect(subject, found).await?;
        let app = &subject.app;
        for table in Table::ALL {
            let rows = rows_of(table, subject.kind, Ids::Collected { traces });
            let sql = format!("ALTER TABLE {} DELETE WHERE app = '{app}' AND ({rows})", table.name());
            self.mutate(&sql).await?;
        }
        let sql = format!(
            "ALTER TABLE metrics UPDATE exemplar_times = [], exemplar_values = [], exemplar_trace_ids = [], \
             exemplar_span_ids = [], exemplar_attributes = [] WHERE app = '{app}' AND ({})",
            exemplars_of(subject.kind, traces)
        );
        self.mutate(&sql).await?;
        let proof = self.prove(subject, ids, traces).await?;
        engine::execute(self.client(), &self.change("TRUNCATE TABLE erasing")).await?;
        Ok(proof)
    }

    /// An engine that was started again in between has forgotten the ids, and would find nothing of nobody: that is no proof.
    async fn prove(&self, subject: &Subject, ids: u64, traces: bool) -> Result<Proof, StoreError> {
        let mut counts: Vec<String> = Table::ALL
            .iter()
            .map(|table| (table.name(), rows_of(*table, subject.kind, Ids::Collected { traces })))
            .chain([("metrics", exemplars_of(subject.kind, traces))])
            .map(|(table, rows)| format!("({})", count_sql(table, &rows)))
            .collect();
        counts.insert(0, "(SELECT count() FROM erasing)".to_owned());
        let never_null: Vec<String> = counts.iter().map(|count| format!("assumeNotNull({count})")).collect();
        let statement = format!("SELECT {}, {}", never_null[0], never_null[1..].join(" + "));
        let query = self.client().query(&statement).param("app", subject.app.as_str());
        let (known, rows_left): (u64, u64) = query.fetch_one().await?;
        if known != ids {
            return Err(StoreError::Unavailable("the engine was started again while it erased".to_owned()));
        }
        Ok(Proof { statement, rows_left })
    }

    /// What has been deleted is in these until the engine removes them, which it does by itself. The steps of the
    /// schema hold nothing of anybody, and keep their old parts for long.
    pub async fn old_parts(&self) -> Result<OldParts, StoreError> {
        // Only who asks for the state is told of parts whose files are being removed just now.
        let (_, database) = self.parts();
        let parts = self.cluster().map_or_else(|| "system.parts".to_owned(), crate::Cluster::all_parts);
        let sql = format!(
            "SELECT table, name FROM {parts} WHERE database = {{database:String}} AND _state != 'Active' \
             AND table != 'schema_steps'"
        );
        let query = self.client().query(&sql).param("database", database);
        Ok(query.fetch_all::<(String, String)>().await?.into_iter().collect())
    }

    async fn sessions_of(&self, subject: &Subject) -> Result<Vec<String>, StoreError> {
        if subject.kind == SubjectKind::Session {
            return Ok(vec![subject.id.clone()]);
        }
        let sql = format!(
            "SELECT DISTINCT session_id FROM ({}) LIMIT {}",
            sessions_of(subject.kind),
            ERASED_SESSIONS_MAX + 1
        );
        let query = self.client().query(&sql).param("app", subject.app.as_str()).param("id", subject.id.as_str());
        let sessions: Vec<String> = query.fetch_all().await?;
        bounded(sessions, ERASED_SESSIONS_MAX, "sessions")
    }

    async fn traces_of(&self, subject: &Subject, ids: Ids) -> Result<Vec<String>, StoreError> {
        let of = |table: Table| {
            let rows = rows_of(table, subject.kind, ids);
            format!("SELECT trace_id FROM {} WHERE app = {{app:String}} AND ({rows})", table.name())
        };
        let all = [Table::Views, Table::Events, Table::Spans, Table::Logs].map(of).join(" UNION ALL ");
        let sql = format!(
            "SELECT DISTINCT hex(trace_id) FROM ({all}) WHERE trace_id != toFixedString('', 16) LIMIT {}",
            ERASED_TRACES_MAX + 1
        );
        let traces: Vec<String> = self.client().query(&sql).param("app", subject.app.as_str()).fetch_all().await?;
        bounded(traces, ERASED_TRACES_MAX, "traces")
    }

    /// Puts the ids where statements look for them, and says how many there are.
    async fn collect(&self, subject: &Subject, found: &Found) -> Result<u64, StoreError> {
        let client = self.client();
        engine::execute(client, &self.change("TRUNCATE TABLE erasing")).await?;
        let sessions = found.sessions.iter().filter(|id| subject.kind != SubjectKind::Session || **id != subject.id);
        let ids: Vec<(&str, &str)> = [(subject.kind.name(), subject.id.as_str())]
            .into_iter()
            .chain(sessions.map(|id| (SubjectKind::Session.name(), id.as_str())))
            .chain(found.traces.iter().map(|id| ("trace", id.as_str())))
            .collect();
        let mut rows = crate::encode::RowWriter::default();
        for (kind, id) in &ids {
            rows.text(kind);
            rows.text(id);
        }
        // On a cluster into the memory of the server that is asked; the others read it there.
        let database = if self.cluster().is_some() { engine::LOCAL_DATABASE } else { engine::DATABASE };
        let statement = format!("INSERT INTO {database}.erasing (kind, id) FORMAT RowBinary");
        engine::insert(client, &statement, "", rows.into_bytes().into()).await?;
        Ok(ids.len() as u64)
    }
}

fn count_sql(table: &str, rows: &str) -> String {
    format!("SELECT count() FROM {table} WHERE app = {{app:String}} AND ({rows})")
}

fn bounded(ids: Vec<String>, max: usize, what: &'static str) -> Result<Vec<String>, StoreError> {
    if ids.len() > max { Err(StoreError::TooMuchOfOne { what, max }) } else { Ok(ids) }
}
