//! The rows of one view, and what the chain takes from them.

use std::collections::{HashMap, HashSet};

use clickhouse::Row;
use limen_model::attributes as names;
use serde::Deserialize;
use serde_json::Value;

use super::BlamedVital;
use super::input::{DOCUMENT, Input, Kind, Phases, Resource, Script, Span, nanos, offset};
use crate::Time;
use crate::limits::BLAME_SCRIPTS_MAX;
use crate::trace::tree::{Link, build};

#[derive(Debug, Default, Row, Deserialize)]
pub(super) struct ViewRow {
    pub session_id: String,
    pub view_id: String,
    pub start_nano: i64,
    pub kind: String,
    lcp: Option<f64>,
    inp: Option<f64>,
    fcp: Option<f64>,
    ttfb: Option<f64>,
    transition_time: Option<f64>,
    redirect: Option<f64>,
    worker: Option<f64>,
    dns: Option<f64>,
    tcp: Option<f64>,
    tls: Option<f64>,
    request: Option<f64>,
    response: Option<f64>,
    lcp_url: String,
    lcp_resource_load_delay: Option<f64>,
    lcp_resource_load_duration: Option<f64>,
    inp_input_delay: Option<f64>,
    inp_processing_duration: Option<f64>,
}

#[derive(Debug, Row, Deserialize)]
pub(super) struct SpanRow {
    /// The view that this row is for.
    pub of_session: String,
    pub of_view: String,
    id: String,
    parent: String,
    answered_by: String,
    pub start_nano: i64,
    duration_nano: u64,
    name: String,
    kind: u8,
    service: String,
    of_this_view: bool,
    browser: bool,
    db_system: String,
    server_address: String,
    third_party: bool,
    phases: Vec<Option<f64>>,
}

#[derive(Debug, Row, Deserialize)]
pub(super) struct EventRow {
    pub session_id: String,
    pub view_id: String,
    pub time_nano: i64,
    name: String,
    label: String,
    value: Option<f64>,
    attributes: Vec<(String, String)>,
}

impl ViewRow {
    pub fn value(&self, vital: BlamedVital) -> Option<f64> {
        match vital {
            BlamedVital::Lcp => self.lcp,
            BlamedVital::Inp => self.inp,
            BlamedVital::Fcp => self.fcp,
            BlamedVital::Ttfb => self.ttfb,
            BlamedVital::Transition => self.transition_time,
        }
    }
}

impl EventRow {
    fn text(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    fn mark(&self, name: &str) -> Option<f64> {
        self.text(&format!("{}.{name}", self.name)).parse().ok()
    }
}

/// A vital of a view, on the time line that begins with the view, or for the INP with the interaction.
pub(super) fn input(
    vital: BlamedVital,
    total: i64,
    view: &ViewRow,
    spans: &[&SpanRow],
    events: &[&EventRow],
) -> (Time, Input) {
    let origin = match vital {
        BlamedVital::Inp => interaction(view, events).unwrap_or(view.start_nano),
        _ => view.start_nano,
    };
    (Time(origin), input_since(origin, vital.kind(), total, view, spans, events))
}

/// A request that the page made, on the time line that begins with it; `None` when no span of the page has the id.
pub(super) fn input_of_request(
    id: &str,
    view: &ViewRow,
    spans: &[&SpanRow],
    events: &[&EventRow],
) -> Option<(Time, Input)> {
    let index = spans.iter().position(|row| row.id == id && row.browser && row.of_this_view)?;
    let origin = spans[index].start_nano;
    let mut input = input_since(origin, Kind::Request(index), 0, view, spans, events);
    let request = &input.spans[index];
    let response = request.phases.wait.and(request.phases.response).unwrap_or(0);
    input.total = request.end.saturating_sub(response).max(0);
    request.is_request_of_page().then_some((Time(origin), input))
}

fn input_since(origin: i64, kind: Kind, total: i64, view: &ViewRow, spans: &[&SpanRow], events: &[&EventRow]) -> Input {
    let length = |millis: Option<f64>| millis.and_then(nanos);
    Input {
        kind,
        total,
        ttfb: length(view.ttfb),
        redirect: length(view.redirect),
        worker: length(view.worker),
        phases: Phases {
            dns: length(view.dns),
            tcp: length(view.tcp),
            tls: length(view.tls),
            wait: length(view.request),
            response: length(view.response),
        },
        lcp_load_delay: length(view.lcp_resource_load_delay),
        lcp_load_duration: length(view.lcp_resource_load_duration),
        resource: resource(view, events),
        input_delay: length(view.inp_input_delay),
        processing: length(view.inp_processing_duration),
        scripts: scripts(origin, events),
        spans: tree(origin, spans),
    }
}

/// When the interaction of the INP began; the event that grew to this value says so.
fn interaction(view: &ViewRow, events: &[&EventRow]) -> Option<i64> {
    let of_inp =
        |event: &&&EventRow| event.name == names::EVENT_WEB_VITAL && event.label == "inp" && event.value == view.inp;
    events.iter().find(of_inp).map(|event| event.time_nano)
}

fn resource(view: &ViewRow, events: &[&EventRow]) -> Option<Resource> {
    if view.lcp_url.is_empty() {
        return None;
    }
    let host = host_of(&view.lcp_url).to_owned();
    let of_lcp =
        |event: &&&EventRow| event.name == names::EVENT_RESOURCE && event.text(names::URL_FULL) == view.lcp_url;
    let Some(event) = events.iter().find(of_lcp) else { return Some(Resource { host, ..Resource::default() }) };
    let between = |from: &str, to: &str| Some(event.mark(to)? - event.mark(from)?).and_then(nanos);
    Some(Resource {
        host,
        third_party: event.text(names::THIRD_PARTY) == "true",
        phases: Phases {
            wait: between("request_start", "response_start"),
            response: between("response_start", "response_end"),
            ..Phases::default()
        },
    })
}

/// The scripts of the long frames. Who is a third party is what the agent said of the script as a resource.
fn scripts(origin: i64, events: &[&EventRow]) -> Vec<Script> {
    let others: HashSet<&str> = events
        .iter()
        .filter(|event| event.name == names::EVENT_RESOURCE && event.text(names::THIRD_PARTY) == "true")
        .map(|event| event.text(names::URL_FULL))
        .collect();
    let mut scripts = Vec::new();
    for event in events.iter().filter(|event| event.name == names::EVENT_LONG_FRAME) {
        let list = event.text(&format!("{}.scripts", names::EVENT_LONG_FRAME));
        let list: Vec<Value> = serde_json::from_str(list).unwrap_or_default();
        // The event has the frame's start as its time, so marks are counted from that.
        let Some(frame) = event.mark("start_time") else { continue };
        let number = |script: &Value, name: &str| script.get(name).and_then(Value::as_f64);
        for script in &list {
            let (Some(start), Some(length)) =
                (number(script, "start_time"), number(script, "duration").and_then(nanos))
            else {
                continue;
            };
            let Some(since) = nanos(start - frame) else { continue };
            let url = script.get("source_url").and_then(Value::as_str).unwrap_or_default();
            let from = offset(event.time_nano, origin).saturating_add(since);
            let third_party = others.contains(url).then(|| host_of(url).to_owned());
            scripts.push(Script { from, to: from.saturating_add(length), third_party });
        }
    }
    scripts.sort_by_key(|script| (script.to, script.from));
    scripts.truncate(BLAME_SCRIPTS_MAX);
    scripts
}

fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

fn tree(origin: i64, rows: &[&SpanRow]) -> Vec<Span> {
    let links: Vec<Link<'_>> = rows
        .iter()
        .map(|row| Link {
            id: &row.id,
            parent: &row.parent,
            answered_by: (!row.answered_by.is_empty()).then_some(row.answered_by.as_str()),
        })
        .collect();
    let mut spans: Vec<Span> = rows.iter().copied().map(|row| span(origin, row)).collect();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for place in build(&links).places {
        seen.insert(&rows[place.span].id, place.span);
        spans[place.span].parent_missing = place.parent_missing;
        if let Some(parent) = place.parent {
            spans[parent].children.push(place.span);
        }
    }
    // A span that was sent twice, or of another view of the same trace, is nobody's request here.
    for (index, row) in rows.iter().enumerate() {
        if seen.get(row.id.as_str()) != Some(&index) || (row.browser && !row.of_this_view) {
            spans[index].kind = 0;
            if row.name == DOCUMENT {
                spans[index].name.clear();
            }
        }
    }
    spans
}

fn span(origin: i64, row: &SpanRow) -> Span {
    let start = offset(row.start_nano, origin);
    let phase = |index: usize| row.phases.get(index).copied().flatten().and_then(nanos);
    Span {
        id: row.id.clone(),
        start,
        end: start.saturating_add_unsigned(row.duration_nano.min(1 << 60)),
        browser: row.browser,
        kind: row.kind,
        name: row.name.clone(),
        service: row.service.clone(),
        db_system: row.db_system.clone(),
        host: row.server_address.clone(),
        third_party: row.third_party,
        parent_missing: false,
        phases: Phases { dns: phase(0), tcp: phase(1), tls: phase(2), wait: phase(3), response: phase(4) },
        children: Vec::new(),
    }
}
