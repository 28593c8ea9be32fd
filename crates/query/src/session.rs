//! What happened to this person? One session with its views, events and requests.

mod events;
mod requests;
mod views;

use limen_model::AppId;
use limen_store::Store;
use serde::Serialize;
use utoipa::ToSchema;

pub(crate) use events::EventRow;
pub use events::{EventKind, SessionEvent};
pub use requests::RequestItem;
pub use views::{InpDetail, LcpDetail, NavigationPhases, SessionView};

use crate::limits::{SESSION_ID_BYTES_MAX, SESSION_ROWS_MAX};
use crate::prepare::prepare;
use crate::scope::clipped;
use crate::{QueryError, ScopeError, SessionSummary, Time};

/// One session as a story: views as chapters, with what happened in them.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SessionAnswer {
    pub session: SessionSummary,
    /// In the order in which they began.
    pub views: Vec<SessionView>,
    /// In the order in which they happened.
    pub events: Vec<SessionEvent>,
    /// Requests by fetch and XMLHttpRequest in the order in which they began.
    pub requests: Vec<RequestItem>,
    /// Whether one of the lists reached its limit, so that the end of the session is not shown.
    pub partial: bool,
}

pub async fn session(store: &Store, app: &AppId, id: &str) -> Result<SessionAnswer, QueryError> {
    if id.is_empty() || id.len() > SESSION_ID_BYTES_MAX {
        return Err(ScopeError::Id { what: "session", value: clipped(id) }.into());
    }
    let ask = |sql: &str| {
        prepare(store, sql).param("app", app.as_str()).param("session", id).param("limit", SESSION_ROWS_MAX)
    };
    let views: Vec<views::ViewRow> = ask(include_str!("session.sql")).fetch_all().await?;
    let events: Vec<events::EventRow> = ask(include_str!("session_events.sql")).fetch_all().await?;
    let requests = requests::requests(store, ask, app).await?;
    if views.is_empty() && events.is_empty() && requests.is_empty() {
        return Err(QueryError::NotFound { what: "session", id: clipped(id), app: app.to_string() });
    }
    let partial = [views.len(), events.len(), requests.len()].contains(&(SESSION_ROWS_MAX as usize));
    let mut answer = SessionAnswer {
        session: views::summary(id, &views),
        views: views.into_iter().map(SessionView::from).collect(),
        events: events.into_iter().map(SessionEvent::from).collect(),
        requests,
        partial,
    };
    include_what_came_without_its_view(&mut answer);
    Ok(answer)
}

/// Events and requests can be stored when their view is not (yet): then they say when the session was.
fn include_what_came_without_its_view(answer: &mut SessionAnswer) {
    let events = answer.events.iter().map(|event| (event.time, event.time));
    let requests = answer.requests.iter().map(|request| (request.time, request.time.plus_millis(request.duration)));
    let Some((first, last)) = events.chain(requests).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) else { return };
    let session = &mut answer.session;
    if answer.views.is_empty() {
        (session.start, session.end) = (first, last);
    }
    session.end = session.end.max(last);
    session.duration = session.end.millis_since(session.start);
}

/// Ids are fixed-size columns: zeros stand for "none".
fn id_or_none(hex: String) -> Option<String> {
    (!hex.bytes().all(|digit| digit == b'0')).then_some(hex)
}

fn text_or_none(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

impl SessionSummary {
    /// A session of which nothing is known yet but its id.
    fn unknown(id: &str) -> Self {
        SessionSummary {
            id: id.to_owned(),
            start: Time(0),
            end: Time(0),
            duration: 0.0,
            views: 0,
            errors: 0,
            actions: 0,
            requests: 0,
            country: String::new(),
            browser: String::new(),
            os: String::new(),
            device: String::new(),
            release: String::new(),
            entry_route: String::new(),
            last_route: String::new(),
            worst_lcp: None,
            worst_inp: None,
            user_id: String::new(),
        }
    }
}
