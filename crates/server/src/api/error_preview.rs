//! `/error-rules/preview`: what rules would do to the errors that are stored, before they are set.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::State;
use limen_stack::{Resolved, Trace, Verdict, group};
use limen_store::StackSample;
use serde::Serialize;
use utoipa::ToSchema;

use super::error::Refusals;
use super::params::{AppParams, Params};
use super::settings::Document;
use super::{ApiError, ApiState};
use crate::errors::ErrorRules;
use crate::limits::ERROR_STACKS_TRIED_MAX;

/// What rules would have made of the stacks that are known.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ErrorRulesPreview {
    /// Different stacks that were looked at.
    pub stacks: u64,
    /// Whether these are all.
    pub all: bool,
    pub groups_before: u64,
    pub groups_after: u64,
    /// In the order of the rules; a stack counts for the first that matches.
    pub rules: Vec<ErrorRuleHits>,
}

/// What one rule would have matched.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct ErrorRuleHits {
    pub stacks: u64,
    /// Groups of now that these are in.
    pub groups: u64,
    /// Type and message of one of them; null if there is none.
    pub example: Option<String>,
}

/// Tries rules on the errors that are stored, without setting them. Frames count as their sources have them.
#[utoipa::path(post, path = "/api/v1/error-rules/preview", tag = "errors", params(AppParams), request_body = ErrorRules, responses((status = 200, description = "The answer", body = ErrorRulesPreview), Refusals))]
pub(super) async fn preview_error_rules(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
    body: Document<ErrorRules>,
) -> Result<Json<ErrorRulesPreview>, ApiError> {
    let app = app.check(&state)?;
    let Json(wanted) = body.map_err(|rejection| ApiError::bad_body(rejection.body_text()))?;
    wanted.check().map_err(ApiError::bad_body)?;
    let refused = |error| ApiError::from(limen_query::QueryError::from(error));
    let frames = state.store.stack_frames(&app, ERROR_STACKS_TRIED_MAX + 1).await.map_err(refused)?;
    let tried = &frames[..frames.len().min(ERROR_STACKS_TRIED_MAX as usize)];
    let ids: Vec<u64> = tried.iter().map(|stack| stack.stack_id).collect();
    let samples = state.store.stack_samples(&app, &ids).await.map_err(refused)?;
    let before: BTreeMap<u64, (u64, &str)> =
        tried.iter().map(|stack| (stack.stack_id, (stack.group_id, stack.parts.as_str()))).collect();
    let mut preview = preview(&wanted, &samples, &before);
    preview.all = frames.len() == tried.len();
    Ok(Json(preview))
}

fn preview(wanted: &ErrorRules, samples: &[StackSample], before: &BTreeMap<u64, (u64, &str)>) -> ErrorRulesPreview {
    let rules = wanted.read();
    let mut hits: Vec<(ErrorRuleHits, BTreeSet<u64>)> = vec![Default::default(); rules.rules.len()];
    let (mut groups, mut after) = (BTreeSet::new(), BTreeSet::new());
    for sample in samples {
        let Some((now, parts)) = before.get(&sample.stack_id) else { continue };
        let frames = frames(parts, sample);
        groups.insert(*now);
        after.insert(group(&sample.exception_type, &sample.message, &frames, &rules).id);
        let one = |rule: &limen_stack::ErrorRule| limen_stack::ErrorRules { rules: vec![rule.clone()] };
        let matches = |rule: &limen_stack::ErrorRule| -> bool {
            let verdict = one(rule);
            let verdict: Option<Verdict<'_>> = verdict.judge(&sample.exception_type, &sample.message, &frames);
            verdict.is_some()
        };
        if let Some(place) = rules.rules.iter().position(matches) {
            let (hit, of) = &mut hits[place];
            hit.stacks += 1;
            of.insert(*now);
            hit.groups = of.len() as u64;
            hit.example.get_or_insert_with(|| format!("{}: {}", sample.exception_type, sample.message));
        }
    }
    ErrorRulesPreview {
        stacks: samples.len() as u64,
        all: true,
        groups_before: groups.len() as u64,
        groups_after: after.len() as u64,
        rules: hits.into_iter().map(|(hit, _)| hit).collect(),
    }
}

/// Those of the error itself, as they were found.
fn frames(parts: &str, sample: &StackSample) -> Vec<Resolved> {
    let found: Option<Vec<Vec<Resolved>>> = serde_json::from_str(parts).ok();
    let plain = || {
        let trace = Trace::parse(&sample.stacktrace);
        trace.parts.first().map(|part| Resolved::of_part(part, &sample.url)).unwrap_or_default()
    };
    found.and_then(|parts| parts.into_iter().next()).unwrap_or_else(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::errors::ErrorRule;

    fn sample(stack_id: u64, message: &str) -> StackSample {
        StackSample {
            stack_id,
            exception_type: "Error".to_owned(),
            message: message.to_owned(),
            stacktrace: String::new(),
            debug_ids: String::new(),
            release: String::new(),
            url: String::new(),
            first_nano: 0,
        }
    }

    #[test]
    fn a_preview_says_what_each_rule_would_gather() {
        let rule = |message: &str| ErrorRule { message: Some(message.to_owned()), ..ErrorRule::default() };
        let chunks = ErrorRule { group: Some("chunks".to_owned()), ..rule("Loading*") };
        let wanted = ErrorRules { rules: vec![chunks, ErrorRule { noise: true, ..rule("nothing like it") }] };
        let samples = [sample(1, "Loading a failed"), sample(2, "Loading b failed"), sample(3, "other")];
        let before = BTreeMap::from([(1, (10, "")), (2, (20, "")), (3, (30, ""))]);
        let found = preview(&wanted, &samples, &before);
        assert_eq!((found.stacks, found.groups_before, found.groups_after), (3, 3, 2));
        assert_eq!((found.rules[0].stacks, found.rules[0].groups), (2, 2));
        assert_eq!(found.rules[0].example.as_deref(), Some("Error: Loading a failed"));
        assert_eq!(found.rules[1], ErrorRuleHits::default());
    }
}
