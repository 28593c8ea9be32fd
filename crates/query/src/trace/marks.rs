//! The flags on a trace's time axis: when the person saw what the trace was for.

use clickhouse::Row;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Time;

/// A moment of a view that the trace loaded.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Mark {
    /// `TTFB`, `FCP`, `LCP` or `load` for documents, `settled` for changes of route.
    pub name: String,
    /// Milliseconds from the start of the trace.
    pub offset: f64,
    /// Milliseconds from the start of the view: the vital itself.
    pub value: f64,
    pub view_id: String,
}

#[derive(Debug, Row, Deserialize)]
pub(super) struct ViewRow {
    view_id: String,
    pub(super) session_id: String,
    start_nano: i64,
    kind: String,
    ttfb: Option<f64>,
    fcp: Option<f64>,
    lcp: Option<f64>,
    load_time: Option<f64>,
    transition_time: Option<f64>,
}

impl ViewRow {
    pub(super) fn start(&self) -> Time {
        Time(self.start_nano)
    }
}

/// The marks of all views, by time.
pub(super) fn of_views(trace_start: Time, views: &[ViewRow]) -> Vec<Mark> {
    let mut marks: Vec<Mark> = views.iter().flat_map(|view| of_view(trace_start, view)).collect();
    marks.sort_by(|a, b| a.offset.total_cmp(&b.offset));
    marks
}

fn of_view(trace_start: Time, view: &ViewRow) -> impl Iterator<Item = Mark> {
    // A change of route has no paints of its own: what a browser may report for it is the document's.
    let moments = if view.kind == "route" {
        [("settled", view.transition_time), ("", None), ("", None), ("", None)]
    } else {
        [("TTFB", view.ttfb), ("FCP", view.fcp), ("LCP", view.lcp), ("load", view.load_time)]
    };
    let view_offset = view.start().millis_since(trace_start);
    moments.into_iter().filter_map(move |(name, value)| {
        let value = value?;
        Some(Mark { name: name.to_owned(), offset: view_offset + value, value, view_id: view.view_id.clone() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(kind: &str) -> ViewRow {
        ViewRow {
            view_id: "v".to_owned(),
            session_id: "s".to_owned(),
            start_nano: 1_000_000_000,
            kind: kind.to_owned(),
            ttfb: Some(100.0),
            fcp: Some(400.0),
            lcp: None,
            load_time: Some(300.0),
            transition_time: Some(250.0),
        }
    }

    fn names(kind: &str) -> Vec<(String, f64)> {
        let marks = of_views(Time(990_000_000), &[view(kind)]);
        marks.into_iter().map(|mark| (mark.name, mark.offset)).collect()
    }

    #[test]
    fn a_document_has_its_paints_from_the_start_of_its_view() {
        let expected = [("TTFB", 110.0), ("load", 310.0), ("FCP", 410.0)];
        assert_eq!(names("load"), expected.map(|(name, offset)| (name.to_owned(), offset)));
    }

    #[test]
    fn a_change_of_route_has_the_moment_it_settled() {
        assert_eq!(names("route"), [("settled".to_owned(), 260.0)]);
    }
}
