//! The views of one session, with what is behind their vitals.

use clickhouse::Row;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{id_or_none, text_or_none};
use crate::{SessionSummary, Time};

/// One page or route view. Durations are in milliseconds; null is unknown, never zero.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SessionView {
    pub id: String,
    pub start: Time,
    /// How long it was open as far as is known.
    pub duration: Option<f64>,
    /// `load` for a document, `route` for a change of route in it, `restore` for a return from the bfcache.
    pub kind: String,
    /// Template of the path; empty when unknown.
    pub route: String,
    pub url: String,
    /// How the page was reached, as web-vitals names it; empty when unknown.
    pub navigation_type: String,
    /// The trace of the load or of the change of route.
    pub trace_id: Option<String>,
    pub lcp: Option<f64>,
    pub inp: Option<f64>,
    /// No unit.
    pub cls: Option<f64>,
    pub fcp: Option<f64>,
    pub ttfb: Option<f64>,
    /// From activation to the end of the load event.
    pub load_time: Option<f64>,
    /// From the interaction to the quiet page, for changes of route.
    pub transition_time: Option<f64>,
    pub errors: u32,
    pub phases: NavigationPhases,
    /// Null when the view has no LCP.
    pub lcp_detail: Option<LcpDetail>,
    /// Null when the view has no INP.
    pub inp_detail: Option<InpDetail>,
    /// Selector of the element that moved most.
    pub cls_target: Option<String>,
}

/// The phases of the load of a document, in milliseconds; null is unknown.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NavigationPhases {
    pub redirect: Option<f64>,
    /// Start of the service worker and look-up in the HTTP cache.
    pub worker: Option<f64>,
    pub dns: Option<f64>,
    pub tcp: Option<f64>,
    pub tls: Option<f64>,
    /// From the request to the first byte of the answer.
    pub request: Option<f64>,
    /// Download.
    pub response: Option<f64>,
    /// From the last byte to interactive.
    pub dom_processing: Option<f64>,
    /// Handlers of the load event.
    pub load: Option<f64>,
}

/// The four sub-parts of the LCP, in milliseconds; they add up to it (<https://web.dev/articles/optimize-lcp>).
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LcpDetail {
    /// Selector of the element.
    pub target: Option<String>,
    /// URL of its resource; null for text.
    pub url: Option<String>,
    pub ttfb: Option<f64>,
    pub resource_load_delay: Option<f64>,
    pub resource_load_duration: Option<f64>,
    pub element_render_delay: Option<f64>,
}

/// The three sub-parts of the INP, in milliseconds (<https://web.dev/articles/optimize-inp>).
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct InpDetail {
    /// Selector of the element.
    pub target: Option<String>,
    /// `pointer` or `keyboard`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub input_delay: Option<f64>,
    pub processing_duration: Option<f64>,
    pub presentation_delay: Option<f64>,
}

#[derive(Debug, Row, Deserialize)]
pub(super) struct ViewRow {
    view_id: String,
    start_nano: i64,
    duration: Option<f64>,
    kind: String,
    route: String,
    url: String,
    navigation_type: String,
    trace: String,
    country: String,
    browser: String,
    os: String,
    device: String,
    release: String,
    user_id: String,
    lcp: Option<f64>,
    inp: Option<f64>,
    cls: Option<f64>,
    fcp: Option<f64>,
    ttfb: Option<f64>,
    load_time: Option<f64>,
    transition_time: Option<f64>,
    errors: u32,
    actions: u32,
    requests: u32,
    redirect: Option<f64>,
    worker: Option<f64>,
    dns: Option<f64>,
    tcp: Option<f64>,
    tls: Option<f64>,
    request: Option<f64>,
    response: Option<f64>,
    dom_processing: Option<f64>,
    load: Option<f64>,
    lcp_target: String,
    lcp_url: String,
    lcp_resource_load_delay: Option<f64>,
    lcp_resource_load_duration: Option<f64>,
    lcp_element_render_delay: Option<f64>,
    inp_target: String,
    inp_type: String,
    inp_input_delay: Option<f64>,
    inp_processing_duration: Option<f64>,
    inp_presentation_delay: Option<f64>,
    cls_target: String,
}

/// The session as the sum of its views, which stand in the order in which they began.
pub(super) fn summary(id: &str, views: &[ViewRow]) -> SessionSummary {
    let unknown = SessionSummary::unknown(id);
    let (Some(first), Some(last)) = (views.first(), views.last()) else { return unknown };
    let start = Time(first.start_nano);
    let ends = views.iter().map(|view| Time(view.start_nano).plus_millis(view.duration.unwrap_or(0.0).max(0.0)));
    let end = ends.max().unwrap_or(start);
    let sum = |count: fn(&ViewRow) -> u32| views.iter().map(|view| u64::from(count(view))).sum();
    let worst = |vital: fn(&ViewRow) -> Option<f64>| views.iter().filter_map(vital).reduce(f64::max);
    let user_id = views.iter().rev().map(|view| &view.user_id).find(|user_id| !user_id.is_empty());
    SessionSummary {
        start,
        end,
        duration: end.millis_since(start),
        views: views.len() as u64,
        errors: sum(|view| view.errors),
        actions: sum(|view| view.actions),
        requests: sum(|view| view.requests),
        country: first.country.clone(),
        browser: first.browser.clone(),
        os: first.os.clone(),
        device: first.device.clone(),
        release: first.release.clone(),
        entry_route: first.route.clone(),
        last_route: last.route.clone(),
        worst_lcp: worst(|view| view.lcp),
        worst_inp: worst(|view| view.inp),
        user_id: user_id.cloned().unwrap_or_default(),
        ..unknown
    }
}

impl From<ViewRow> for SessionView {
    fn from(row: ViewRow) -> Self {
        SessionView {
            phases: NavigationPhases {
                redirect: row.redirect,
                worker: row.worker,
                dns: row.dns,
                tcp: row.tcp,
                tls: row.tls,
                request: row.request,
                response: row.response,
                dom_processing: row.dom_processing,
                load: row.load,
            },
            lcp_detail: row.lcp.map(|_| LcpDetail {
                target: text_or_none(row.lcp_target),
                url: text_or_none(row.lcp_url),
                ttfb: row.ttfb,
                resource_load_delay: row.lcp_resource_load_delay,
                resource_load_duration: row.lcp_resource_load_duration,
                element_render_delay: row.lcp_element_render_delay,
            }),
            inp_detail: row.inp.map(|_| InpDetail {
                target: text_or_none(row.inp_target),
                kind: text_or_none(row.inp_type),
                input_delay: row.inp_input_delay,
                processing_duration: row.inp_processing_duration,
                presentation_delay: row.inp_presentation_delay,
            }),
            id: row.view_id,
            start: Time(row.start_nano),
            duration: row.duration,
            kind: row.kind,
            route: row.route,
            url: row.url,
            navigation_type: row.navigation_type,
            trace_id: id_or_none(row.trace),
            lcp: row.lcp,
            inp: row.inp,
            cls: row.cls,
            fcp: row.fcp,
            ttfb: row.ttfb,
            load_time: row.load_time,
            transition_time: row.transition_time,
            errors: row.errors,
            cls_target: text_or_none(row.cls_target),
        }
    }
}
