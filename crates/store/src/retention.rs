//! Drops what is older than it is to be kept: whole months where nothing of a month is kept any more, else rows.

use limen_model::AppId;

use crate::rollup::{HOUR_SECONDS, LAGS};
use crate::{Store, StoreError, Table};

/// How long the rows of one table are kept for one application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keep {
    pub table: Table,
    /// Rows from before are dropped, in nanoseconds since the epoch …
    pub before_unix_nano: i64,
    /// … but for those that one of these keeps longer.
    pub longer: Vec<Longer>,
}

/// Rows that are kept longer than others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Longer {
    pub flow: Flow,
    pub before_unix_nano: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flow {
    /// Views, events and browser spans of a route.
    Route(String),
    /// The same of a route and all below it.
    RouteAndBelow(String),
    /// Events of a name.
    Event(String),
}

impl Keep {
    /// Before this nothing is kept.
    pub fn everything_before(&self) -> i64 {
        self.rules().map(|(_, _, before)| before).fold(self.before_unix_nano, i64::min)
    }

    /// The rules that mean this table, as condition on its text, that text, and time.
    fn rules(&self) -> impl Iterator<Item = (&'static str, &str, i64)> {
        self.longer.iter().filter_map(|longer| match (&longer.flow, self.table) {
            (Flow::Route(route), Table::Views | Table::Events | Table::Spans) => {
                Some(("route = ?", route.as_str(), longer.before_unix_nano))
            }
            (Flow::RouteAndBelow(route), Table::Views | Table::Events | Table::Spans) => {
                Some(("startsWith(concat(route, '/'), concat(?, '/'))", route.as_str(), longer.before_unix_nano))
            }
            (Flow::Event(name), Table::Events) => Some(("name = ?", name.as_str(), longer.before_unix_nano)),
            _ => None,
        })
    }

    /// What is dropped; each `?` stands for one of the texts.
    fn dropped<'k>(&'k self, app: &'k AppId) -> (String, Vec<&'k str>) {
        let time = time_of(self.table);
        let mut sql = format!("app = ? AND {time} < {}", instant(self.before_unix_nano));
        let mut texts = vec![app.as_str()];
        for (condition, value, before) in self.rules() {
            sql.push_str(&format!(" AND NOT ({condition} AND {time} >= {})", instant(before)));
            texts.push(value);
        }
        (sql, texts)
    }
}

impl Store {
    /// How many rows would be dropped; views count once per version that was received.
    pub async fn count_old(&self, app: &AppId, keep: &Keep) -> Result<u64, StoreError> {
        let (dropped, texts) = keep.dropped(app);
        let query = self.client().query(&format!("SELECT count() FROM {} WHERE {dropped}", keep.table.name()));
        Ok(texts.iter().fold(query, |query, text| query.bind(text)).fetch_one().await?)
    }

    /// Drops them, and says how many there were.
    pub async fn drop_old(&self, app: &AppId, keep: &Keep) -> Result<u64, StoreError> {
        let rows = self.count_old(app, keep).await?;
        if rows > 0 {
            let (dropped, texts) = keep.dropped(app);
            let sql = self.change(&format!("ALTER TABLE {} DELETE WHERE {dropped}", keep.table.name()));
            let sql = format!("{sql} SETTINGS mutations_sync = 2");
            texts.iter().fold(self.client().query(&sql), |query, text| query.bind(text)).execute().await?;
        }
        Ok(rows)
    }

    /// Drops months of a table that have ended before then, whoever's they are; rewriting them row by row would cost more.
    pub async fn drop_months(&self, table: Table, before_unix_nano: i64) -> Result<Vec<String>, StoreError> {
        let (parts, database) = self.parts();
        let sql = format!(
            "SELECT DISTINCT partition_id FROM {parts} \
                   WHERE database = ? AND table = ? AND active AND partition_id < toString(toYYYYMM(fromUnixTimestamp64Nano(?, 'UTC'))) \
                   ORDER BY partition_id"
        );
        let query = self.client().query(&sql).bind(database).bind(table.name()).bind(before_unix_nano);
        let months: Vec<String> = query.fetch_all().await?;
        for month in &months {
            let sql = self.change(&format!("ALTER TABLE {} DROP PARTITION ID ?", table.name()));
            self.client().query(&sql).bind(month).execute().await?;
        }
        Ok(months)
    }

    /// Notes, before views are dropped, that the sums of what was before cannot be made of the views again.
    pub async fn note_kept_from(&self, app: &AppId, unix_nano: i64) -> Result<(), StoreError> {
        // An hour's sums also look at the hours before it.
        let from = unix_nano + LAGS * HOUR_SECONDS * 1_000_000_000;
        let sql = "INSERT INTO rollup_marks SELECT concat('kept:', {app:String}), fromUnixTimestamp64Nano({from:Int64}, 'UTC')";
        Ok(self.client().query(sql).param("app", app.as_str()).param("from", from).execute().await?)
    }
}

fn time_of(table: Table) -> &'static str {
    match table {
        Table::Views | Table::Spans => "start",
        Table::Events | Table::Logs | Table::Metrics => "time",
    }
}

fn instant(unix_nano: i64) -> String {
    format!("fromUnixTimestamp64Nano({unix_nano}, 'UTC')")
}
