//! Every number that bounds what a stranger can make the server hold or wait for.

use std::time::Duration;

/// The headers of a request must have arrived whole within this time of its first byte.
pub const HEAD_WITHIN: Duration = Duration::from_secs(5);
/// A connection without a request is closed after this; proxies keep theirs for a minute.
pub const IDLE_WITHIN: Duration = Duration::from_secs(75);
/// A peer that takes nothing of its answer for this long is given up.
pub const WRITE_WITHIN: Duration = Duration::from_secs(15);
/// Connections of one port at the same time, where the system allows as many open files.
pub const CONNECTIONS_MAX: usize = 4096;
/// Open files that are kept for everything else: the engine's connections, SQLite, the ports.
pub const FILES_BESIDE_CONNECTIONS: u64 = 128;
/// Bytes that are read ahead or wait to be written for one connection; a request's headers must fit.
pub const CONNECTION_BUFFER_BYTES_MAX: usize = 64 * 1024;
/// Calls on one connection of HTTP/2 at the same time.
pub const HTTP2_STREAMS_MAX: u32 = 64;
/// Headers of a request of HTTP/2, unpacked.
pub const HTTP2_HEADERS_BYTES_MAX: u32 = 16 * 1024;
/// What a sender may send of one call before any of it was read …
pub const HTTP2_STREAM_WINDOW_BYTES: u32 = 256 * 1024;
/// … and on one connection.
pub const HTTP2_CONNECTION_WINDOW_BYTES: u32 = 512 * 1024;
/// Wait after a connection that could not be taken.
pub const ACCEPT_AGAIN_AFTER: Duration = Duration::from_millis(50);
/// A body must have arrived whole within this time of its headers.
pub const BODY_WITHIN: Duration = Duration::from_secs(15);
/// Bytes of bodies that are in memory at the same time, as they were sent, until they are decoded.
pub const BODIES_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Of a refused body, this much is read and thrown away so that the sender sees the answer …
pub const DISCARD_BYTES_MAX: usize = 16 * 1024 * 1024;
/// … and for no longer than this.
pub const DISCARD_WITHIN: Duration = Duration::from_secs(5);
/// What `Retry-After` says while the engine restarts, in seconds: a restart takes about two.
pub const RETRY_AFTER_ENGINE_SECONDS: u32 = 3;
/// What `Retry-After` says when too much waits to be written, in seconds.
pub const RETRY_AFTER_OVERLOADED_SECONDS: u32 = 1;
/// How long browsers may remember the answer to a preflight; Chromium takes no more than this.
pub const PREFLIGHT_MAX_AGE_SECONDS: u32 = 7200;
/// Requests in progress get this long to end when the server stops.
pub const STOPPED_WITHIN: Duration = Duration::from_secs(10);
/// How often the sums by hour and day are brought up to date.
pub const ROLLUP_EVERY: Duration = Duration::from_secs(5 * 60);
/// After this long a request has been committed or spooled, or was refused: longer than all attempts to insert together.
pub const ROLLUP_SETTLED_AFTER: Duration = Duration::from_secs(2 * 60);
/// How often the geographic database is looked at, whether it is another one.
pub const GEO_LOOK_EVERY: Duration = Duration::from_secs(30);
/// How long it is remembered, as a hash, who was erased: offline queues of agents are not older.
pub const ERASED_KEPT_FOR: Duration = Duration::from_secs(30 * 24 * 3600);
/// Wait before an erasure that could not go on is tried again.
pub const ERASURE_AGAIN_AFTER: Duration = Duration::from_secs(2);
/// How often an erasure looks whether the engine has removed old files, which it does when they are a minute old.
pub const ERASURE_LOOKS_EVERY: Duration = Duration::from_secs(1);
/// How often those are forgotten whose time is over.
pub const ERASURES_PURGED_EVERY: Duration = Duration::from_secs(3600);
/// Erasures, and entries of the audit log, in one answer.
pub const ERASURES_LISTED_MAX: usize = 200;
/// Bytes of an id to erase or export: longer ones were cut when they came.
pub const SUBJECT_ID_BYTES_MAX: usize = 128;
/// Exports at the same time: each keeps one of the few connections to the engine.
pub const EXPORTS_MAX: usize = 1;
/// Bytes of the reason of an erasure.
pub const REASON_BYTES_MAX: usize = 500;
/// How often old data is dropped …
pub const RETENTION_EVERY: Duration = Duration::from_secs(24 * 3600);
/// … and how often it is looked whether it is time.
pub const RETENTION_LOOKS_EVERY: Duration = Duration::from_secs(10 * 60);
/// How long it waits for sums of what it would drop before it looks again.
pub const RETENTION_WAITS_FOR_SUMS: Duration = Duration::from_secs(2);
/// Days that raw data is kept unless something else is set, and the most that can be.
pub const RETENTION_DAYS_DEFAULT: u32 = 30;
pub const RETENTION_DAYS_MAX: u32 = 3650;
/// Flows that are kept longer, and bytes of the name of each: they stand in the statements that drop.
pub const RETENTION_FLOWS_MAX: usize = 50;
pub const RETENTION_FLOW_BYTES_MAX: usize = 256;
/// The status page does not wait longer than this for the store: whoever asks wants to know whether it answers.
pub const FIRST_EVENT_WITHIN: Duration = Duration::from_secs(2);
/// The most that the setting `spool_max` takes: beyond it a missing unit is likelier than such a disk.
pub const SPOOL_BYTES_CEILING: u64 = 1 << 44;

/// A question of the API that takes longer becomes a span of the server's own telemetry …
pub const SLOW_QUESTION: Duration = Duration::from_secs(1);
/// … so many of them until they are sent.
pub const SLOW_QUESTIONS_MAX: usize = 256;
/// Own telemetry that was not taken within this is given up; the next figures hold what these did.
pub const SELF_TELEMETRY_WITHIN: Duration = Duration::from_secs(10);
/// A full token bucket holds what comes back in this many seconds: so much may come at once after a pause.
pub const BURST_SECONDS: u64 = 10;
/// Requests a second with one key, until its application says otherwise.
pub const KEY_REQUESTS_PER_SECOND: u32 = 2_000;
/// Requests a second from one address, or one /64 of IPv6, until its application says otherwise: an office is one address.
pub const ADDRESS_REQUESTS_PER_SECOND: u32 = 200;
/// Records a second of one session, until its application says otherwise; a busy page has about ten.
pub const SESSION_EVENTS_PER_SECOND: u32 = 100;
/// The highest pace that can be set.
pub const RATE_PER_SECOND_MAX: u32 = 10_000_000;
/// Addresses whose pace is remembered, at about 20 bytes each. Of more, those that were quiet longest are forgotten …
pub const ADDRESSES_MAX: usize = 200_000;
/// … sessions …
pub const SESSIONS_MAX: usize = 200_000;
/// … and keys and applications.
pub const KEYS_REMEMBERED_MAX: usize = 20_000;
/// Origins on the list of an application …
pub const ORIGINS_MAX: usize = 100;
/// … and bytes of each.
pub const ORIGIN_BYTES_MAX: usize = 300;
/// Of the most events a second that an application may send, this share is aimed at …
pub const SAMPLING_TARGET: f64 = 0.8;
/// … and a rate that is off by less than this share of itself is left alone.
pub const SAMPLING_BAND: f64 = 0.1;
/// In a second a rate falls to no less than this of itself …
pub const SAMPLING_DOWN_MAX: f64 = 0.5;
/// … and rises to no more than this …
pub const SAMPLING_UP_MAX: f64 = 1.1;
/// … and never falls below this: what then comes is refused.
pub const SAMPLING_RATE_MIN: f64 = 0.001;
/// Connections to the metadata.
pub const METADATA_CONNECTIONS_MAX: u32 = 4;
/// How often what was used is written to the metadata file: a server that is killed forgets no more.
pub const USAGE_KEPT_EVERY: Duration = Duration::from_secs(5);
/// Hours of usage that are kept: thirteen months of 31 days.
pub const USAGE_HOURS_KEPT: i64 = 13 * 31 * 24;

/// How far a forecast looks …
pub const FORECAST_DAYS: u32 = 30;
/// … and on how many days it rests.
pub const FORECAST_FROM_DAYS: i64 = 7;
/// Hours of usage that are shown one by one; longer ranges by the day.
pub const USAGE_POINTS_BY_HOUR_MAX: i64 = 7 * 24;
/// The highest price, which keeps costs finite.
pub const PRICE_MAX: f64 = 1e9;
/// Bytes of the name of a currency.
pub const CURRENCY_BYTES_MAX: usize = 16;

/// Bytes of a body that sets something.
pub const API_BODY_BYTES_MAX: usize = 64 * 1024;
/// Different routes that an application may have in a day, whatever its settings say.
pub const ROUTES_A_DAY_MAX: usize = 20_000;
/// Changes of routes that a preview of rules lists.
pub const PREVIEW_CHANGES_MAX: usize = 200;
/// Names of events that bring sessions back, and bytes of each: they go out with every answer to an agent.
pub const PROMOTING_EVENTS_MAX: usize = 50;
pub const PROMOTING_NAME_BYTES_MAX: usize = 256;
/// The shortest and the longest wait with which somebody may be called satisfied.
pub const APDEX_TARGET_MILLIS_MIN: f64 = 50.0;
pub const APDEX_TARGET_MILLIS_MAX: f64 = 60_000.0;
/// Rules of sampling in each of their lists.
pub const SAMPLING_RULES_MAX: usize = 50;
/// Dashboards of one application.
pub const DASHBOARDS_MAX: usize = 100;
/// Panels of one dashboard, and filters of one panel.
pub const DASHBOARD_PANELS_MAX: usize = 24;
/// Letters of a dashboard's name.
pub const DASHBOARD_NAME_CHARS_MAX: usize = 80;
/// Bytes of a title, a name or a filter of a panel.
pub const DASHBOARD_TEXT_BYTES_MAX: usize = 400;
/// Bytes of a panel's statement or note.
pub const DASHBOARD_STATEMENT_BYTES_MAX: usize = 8 * 1024;
/// Ingest keys of one application, those included that ended lately …
pub const KEYS_MAX: i64 = 100;
/// … and bytes of the name of one.
pub const KEY_NAME_BYTES_MAX: usize = 100;
/// Seconds for which a deleted key may still be taken.
pub const KEY_GRACE_SECONDS_MAX: i64 = 90 * 86_400;
/// Seconds for which a key that has ended is still listed.
pub const KEY_ENDED_KEPT_SECONDS: i64 = 30 * 86_400;
/// Bytes of an explanation that `limen explain` prints.
pub const EXPLANATION_BYTES_MAX: usize = 1024 * 1024;
/// How often new errors are looked at.
pub const ERRORS_LOOKED_AT_EVERY: Duration = Duration::from_secs(5);
/// How often it is looked whether groups of errors came back.
pub const RETURNING_LOOKED_AT_EVERY: Duration = Duration::from_secs(15);
/// Different stacks of errors of one application that are told apart …
pub const ERROR_STACKS_MAX: u64 = 20_000;
/// … and how many of them are looked at before the first are written.
pub const ERROR_STACKS_AT_ONCE: u32 = 500;
/// Stacks on which rules are tried.
pub const ERROR_STACKS_TRIED_MAX: u32 = 5_000;
/// Source maps that are kept open, and bytes of them together.
pub const MAPS_OPEN_MAX: usize = 16;
pub const MAPS_OPEN_BYTES_MAX: usize = 96 * 1024 * 1024;
/// Groups of errors that are changed by one request, and bytes of the name of who looks after one.
pub const ERROR_GROUPS_CHANGED_MAX: usize = 200;
pub const ASSIGNEE_BYTES_MAX: usize = 200;
/// Free questions in SQL that are answered at a time.
pub const FREE_QUESTIONS_MAX: usize = 2;
/// How often servers that share their metadata say that they are there, and look what others have changed …
pub const NODES_LOOK_EVERY: Duration = Duration::from_secs(2);
/// … and after so many seconds of silence one counts as gone.
pub const NODE_GONE_AFTER_SECONDS: i64 = 15;
/// A server that has not written all that it took for so many seconds holds rows back: sums wait for it.
pub const NODE_SETTLES_WITHIN_SECONDS: i64 = 60;
/// For how many seconds a server may do the jobs that only one may do …
pub const JOBS_LEASE_SECONDS: i64 = 20;
/// … and how often it asks to go on.
pub const JOBS_LEASE_RENEWED_EVERY: Duration = Duration::from_secs(4);
/// How long a command line waits for a server's answer.
pub const ANSWER_WITHIN: Duration = Duration::from_secs(60);
/// Files below a folder of scripts that are looked at, and how deep.
pub const SCRIPTS_MAX: usize = 100_000;
pub const SCRIPTS_DEPTH_MAX: usize = 32;
/// Bytes of a source map, opened …
pub const SOURCE_MAP_BYTES_MAX: usize = 64 << 20;
/// … maps of one application …
pub const SOURCE_MAPS_MAX: i64 = 20_000;
/// … and their bytes together, as they lie packed on the disk.
pub const SOURCE_MAPS_BYTES_MAX: i64 = 4 << 30;
/// Maps that are taken at the same time: each may need twice its largest size in memory.
pub const SOURCE_MAPS_TAKEN_MAX: usize = 2;
/// A map must have arrived whole, and its turn have come, within this time.
pub const SOURCE_MAP_WITHIN: Duration = Duration::from_secs(60);
/// Bytes of the path of a script, and of the name of a release.
pub const SOURCE_MAP_PATH_BYTES_MAX: usize = 1024;
pub const SOURCE_MAP_RELEASE_BYTES_MAX: usize = 256;
/// Source maps in one answer, unless fewer are asked for, and the most.
pub const SOURCE_MAPS_LISTED: u32 = 50;
pub const SOURCE_MAPS_LISTED_MAX: u32 = 200;
