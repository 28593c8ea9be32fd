//! `/route-rules`: how pages are put together to routes; tried on what came in before it is set.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::State;
use limen_enrich::Rules;
use limen_query::{Page, Range};
use serde::Serialize;
use utoipa::ToSchema;

use super::error::Refusals;
use super::params::{AppParams, Params, ScopeParams, answer};
use super::settings::{self, Document};
use super::{ApiError, ApiState};
use crate::limits::PREVIEW_CHANGES_MAX;
use crate::rules::RouteRules;

/// What rules would have made of the views of a range.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RoutePreview {
    pub range: Range,
    /// Different addresses of pages that were looked at, those with the most views first; the others were not tried.
    pub urls: u64,
    pub all_urls: bool,
    /// Different routes of these as they are stored, and as they would be.
    pub routes_before: u64,
    pub routes_after: u64,
    /// Views whose route was named by the page itself, or by rules that hold no longer. They stay as they are.
    pub named_views: f64,
    /// In the order of the rules.
    pub rules: Vec<RuleHits>,
    /// The routes that would be others, those with the most views first; at most 200.
    pub changes: Vec<RouteChange>,
}

/// What one rule would have matched.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RuleHits {
    pub pattern: String,
    pub template: String,
    pub urls: u64,
    pub views: f64,
    /// The one with the most views; null when there is none.
    pub example: Option<String>,
}

/// Views that would be under another route.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RouteChange {
    pub before: String,
    pub after: String,
    pub urls: u64,
    pub views: f64,
    pub example: String,
}

/// How pages are put together to routes.
#[utoipa::path(get, path = "/api/v1/route-rules", tag = "server", params(AppParams), responses((status = 200, description = "The answer", body = RouteRules), Refusals))]
pub(super) async fn route_rules(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
) -> Result<Json<RouteRules>, ApiError> {
    settings::read(&state, &app)
}

/// Sets how pages are put together to routes, as a whole; it holds for what comes in from now on.
#[utoipa::path(put, path = "/api/v1/route-rules", tag = "server", params(AppParams), request_body = RouteRules, responses((status = 200, description = "What holds now", body = RouteRules), Refusals))]
pub(super) async fn set_route_rules(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
    body: Document<RouteRules>,
) -> Result<Json<RouteRules>, ApiError> {
    settings::write(&state, &app, body).await
}

/// Tries rules on the views of a range, without setting them.
#[utoipa::path(post, path = "/api/v1/route-rules/preview", tag = "server", params(ScopeParams), request_body = RouteRules, responses((status = 200, description = "The answer", body = RoutePreview), Refusals))]
pub(super) async fn preview_route_rules(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
    body: Document<RouteRules>,
) -> Result<Json<RoutePreview>, ApiError> {
    let scope = scope.check(&state)?;
    let Json(wanted) = body.map_err(|rejection| ApiError::bad_body(rejection.body_text()))?;
    wanted.check().map_err(ApiError::bad_body)?;
    let rules = wanted.read().map_err(ApiError::bad_body)?;
    let now = state.settings.of(&scope.app).routes.read().map_err(ApiError::bad_body)?;
    let (pages, more) = answer(limen_query::pages(&state.store, &scope)).await?;
    let tried = Tried { now: &now, rules: &rules, wanted: &wanted };
    Ok(Json(tried.preview(&pages, scope.range, !more)))
}

struct Tried<'t> {
    now: &'t Rules,
    rules: &'t Rules,
    wanted: &'t RouteRules,
}

impl Tried<'_> {
    fn preview(&self, pages: &[Page], range: Range, all_urls: bool) -> RoutePreview {
        let hits = |rule: &crate::rules::RouteRule| RuleHits {
            pattern: rule.pattern.clone(),
            template: rule.template.clone(),
            urls: 0,
            views: 0.0,
            example: None,
        };
        let mut rules: Vec<RuleHits> = self.wanted.rules.iter().map(hits).collect();
        let mut changes: BTreeMap<(String, String), RouteChange> = BTreeMap::new();
        let (mut before, mut after) = (BTreeSet::new(), BTreeSet::new());
        let mut named_views = 0.0;
        for page in pages {
            before.insert(page.route.clone());
            if self.is_named(page) {
                named_views += page.views;
                after.insert(page.route.clone());
                continue;
            }
            if let Some(hits) = self.rules.rule_for(&page.url).and_then(|place| rules.get_mut(place)) {
                hits.urls += 1;
                hits.views += page.views;
                hits.example.get_or_insert_with(|| page.url.clone());
            }
            let route = self.rules.route(&page.url.as_str().into()).into_owned();
            if route != page.route {
                let change = changes.entry((page.route.clone(), route.clone())).or_insert_with(|| RouteChange {
                    before: page.route.clone(),
                    after: route.clone(),
                    urls: 0,
                    views: 0.0,
                    example: page.url.clone(),
                });
                change.urls += 1;
                change.views += page.views;
            }
            after.insert(route);
        }
        let mut changes: Vec<RouteChange> = changes.into_values().collect();
        changes.sort_by(|one, other| other.views.total_cmp(&one.views));
        changes.truncate(PREVIEW_CHANGES_MAX);
        RoutePreview {
            range,
            urls: pages.iter().map(|page| &page.url).collect::<BTreeSet<_>>().len() as u64,
            all_urls,
            routes_before: before.len() as u64,
            routes_after: after.len() as u64,
            named_views,
            rules,
            changes,
        }
    }

    /// Neither learned nor made by the rules of now, nor one of those that were too many.
    fn is_named(&self, page: &Page) -> bool {
        let url = page.url.as_str().into();
        page.route != "other" && page.route != self.now.route(&url) && page.route != Rules::default().route(&url)
    }
}

#[cfg(test)]
mod tests {
    use limen_query::Time;

    use super::*;
    use crate::rules::RouteRule;

    fn page(url: &str, route: &str, views: f64) -> Page {
        Page { url: url.to_owned(), route: route.to_owned(), views }
    }

    #[test]
    fn a_preview_counts_what_would_change_and_leaves_what_pages_named() {
        let rule =
            |pattern: &str, template: &str| RouteRule { pattern: pattern.to_owned(), template: template.to_owned() };
        let wanted = RouteRules { rules: vec![rule("/blog/*", "/blog/:slug"), rule("/x", "/x")], routes_a_day: None };
        let (now, rules) = (Rules::default(), wanted.read().expect("rules"));
        let pages = [
            page("https://a.example/blog/why", "/blog/why", 5.0),
            page("https://a.example/blog/how", "/blog/how", 3.0),
            page("https://a.example/blog/named", "article", 2.0),
            page("https://a.example/cart", "/cart", 1.0),
            page("https://a.example/blog/late", "other", 4.0),
        ];
        let range = Range { from: Time(0), to: Time(1) };
        let found = Tried { now: &now, rules: &rules, wanted: &wanted }.preview(&pages, range, true);
        assert_eq!((found.urls, found.routes_before, found.routes_after, found.named_views), (5, 5, 3, 2.0));
        let hits: Vec<_> = found.rules.iter().map(|rule| (rule.urls, rule.views, rule.example.as_deref())).collect();
        assert_eq!(hits, [(3, 12.0, Some("https://a.example/blog/why")), (0, 0.0, None)]);
        let changes: Vec<_> = found.changes.iter().map(|one| (&*one.before, &*one.after, one.views)).collect();
        assert_eq!(
            changes,
            [("/blog/why", "/blog/:slug", 5.0), ("other", "/blog/:slug", 4.0), ("/blog/how", "/blog/:slug", 3.0)]
        );
    }
}
