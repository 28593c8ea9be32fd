//! What was resolved and is met again has regressed; what was ignored for a while opens again.

use std::collections::HashMap;

use limen_model::AppId;
use limen_store::Store;
use time::OffsetDateTime;

use super::grouper::GrouperError;
use super::state::{ErrorState, ErrorStatus, GroupStates, Since};

/// Looks at the groups that wait for something.
pub async fn check(store: &Store, states: &GroupStates, app: &AppId) -> Result<(), GrouperError> {
    let waits = |state: &ErrorState| matches!(state.status, ErrorStatus::Resolved | ErrorStatus::Ignored);
    let waiting: HashMap<u64, ErrorState> =
        states.of(app).await?.into_iter().filter(|(_, state)| waits(state)).collect();
    if waiting.is_empty() {
        return Ok(());
    }
    let changed: Vec<(u64, i64)> =
        waiting.iter().map(|(group, state)| (*group, state.changed * 1_000_000_000)).collect();
    let found = store.groups_since(app, &changed).await?;
    let by_release = waiting.values().any(|state| state.resolved_in.is_some() || state.next_release);
    let releases = if by_release && !found.is_empty() { store.releases(app).await? } else { HashMap::new() };
    let now = OffsetDateTime::now_utc().unix_timestamp();
    for (group, state) in &waiting {
        let since = found.iter().find(|found| found.group_id == *group).map_or_else(Since::default, |found| Since {
            errors: found.errors,
            sessions: found.sessions,
            releases: found.releases.clone(),
        });
        if let Some(after) = state.after(&since, |release| releases.get(release).copied(), now) {
            tracing::info!(app = app.as_str(), group, status = ?after.status, "a group of errors changed");
            states.set(app, *group, &after).await?;
        }
    }
    Ok(())
}

/// What was decided about a group goes with its stacks into the group they are in now, unless something is decided there.
pub async fn carry_over(states: &GroupStates, app: &AppId, moves: &[(u64, u64)]) -> Result<(), GrouperError> {
    let moved = |(from, to): &&(u64, u64)| from != to;
    if !moves.iter().any(|pair| moved(&pair)) {
        return Ok(());
    }
    let known = states.of(app).await?;
    for (from, to) in moves.iter().filter(moved) {
        if let Some(state) = known.get(from).filter(|_| !known.contains_key(to)) {
            states.set(app, *to, state).await?;
        }
    }
    Ok(())
}
