//! Figures as text, for Prometheus: its own format, or OpenMetrics for those who ask for it.
//!
//! <https://prometheus.io/docs/instrumenting/exposition_formats/>,
//! <https://prometheus.io/docs/specs/om/open_metrics_spec/>

use std::fmt::Write;

use super::figures::{Family, Kind, Labels, Value};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Version 0.0.4, which everybody reads.
    Text,
    /// The same with names in UTF-8, of which we make no use.
    Text1,
    OpenMetrics,
}

impl Form {
    /// The best of what a request's `Accept` says it reads, by its weights and then by ours.
    pub fn accepted(accept: &str) -> Self {
        let offers = accept.split(',').filter_map(|offer| {
            let mut parts = offer.split(';').map(str::trim);
            let kind = parts.next()?;
            let parameters: Vec<&str> = parts.collect();
            let says = |parameter: &str| parameters.contains(&parameter);
            let form = match kind {
                "application/openmetrics-text" if says("version=1.0.0") => Form::OpenMetrics,
                "text/plain" if says("version=1.0.0") => Form::Text1,
                "text/plain" | "text/*" | "*/*" => Form::Text,
                _ => return None,
            };
            let weight = parameters.iter().find_map(|parameter| parameter.strip_prefix("q=")?.parse::<f64>().ok());
            Some((weight.unwrap_or(1.0), form)).filter(|(weight, _)| *weight > 0.0)
        });
        let best = offers.reduce(|best, offer| if offer.0 > best.0 { offer } else { best });
        best.map_or(Form::Text, |(_, form)| form)
    }

    pub fn content_type(self) -> &'static str {
        match self {
            Form::Text => "text/plain; version=0.0.4; charset=utf-8",
            Form::Text1 => "text/plain; version=1.0.0; charset=utf-8; escaping=underscores",
            Form::OpenMetrics => "application/openmetrics-text; version=1.0.0; charset=utf-8",
        }
    }
}

pub fn write(families: &[Family], form: Form) -> String {
    let mut out = String::new();
    for family in families.iter().filter(|family| !family.samples.is_empty()) {
        write_head(&mut out, family, form);
        for (labels, value) in &family.samples {
            write_sample(&mut out, family.definition.name, labels, value);
        }
    }
    if form == Form::OpenMetrics {
        out.push_str("# EOF\n");
    }
    out
}

fn write_head(out: &mut String, family: &Family, form: Form) {
    let definition = &family.definition;
    // Writing to a text cannot fail.
    if form == Form::OpenMetrics {
        let (name, kind) = match definition.kind {
            Kind::Counter => (definition.name.trim_end_matches("_total"), "counter"),
            Kind::Info => (definition.name.trim_end_matches("_info"), "info"),
            Kind::Gauge => (definition.name, "gauge"),
            Kind::Histogram => (definition.name, "histogram"),
        };
        let _ = writeln!(out, "# TYPE {name} {kind}");
        if !definition.unit.is_empty() {
            let _ = writeln!(out, "# UNIT {name} {}", definition.unit);
        }
        let _ = writeln!(out, "# HELP {name} {}", definition.help);
    } else {
        let kind = match definition.kind {
            Kind::Counter => "counter",
            Kind::Gauge | Kind::Info => "gauge",
            Kind::Histogram => "histogram",
        };
        let _ = writeln!(out, "# HELP {} {}", definition.name, definition.help);
        let _ = writeln!(out, "# TYPE {} {kind}", definition.name);
    }
}

fn write_sample(out: &mut String, name: &str, labels: &Labels, value: &Value) {
    match value {
        Value::Count(count) => line(out, name, labels, None, *count),
        Value::Number(number) => line(out, name, labels, None, number),
        Value::Histogram { bounds, counts, sum } => {
            let bucket = format!("{name}_bucket");
            let mut so_far = 0;
            for (step, count) in counts.iter().enumerate() {
                so_far += count;
                // Whole bounds have a point too, as OpenMetrics wants them.
                let end = bounds.get(step).map_or("+Inf".to_owned(), |bound| format!("{bound:?}"));
                line(out, &bucket, labels, Some(&end), so_far);
            }
            line(out, &format!("{name}_sum"), labels, None, sum);
            line(out, &format!("{name}_count"), labels, None, so_far);
        }
    }
}

fn line(out: &mut String, name: &str, labels: &Labels, end: Option<&str>, value: impl std::fmt::Display) {
    out.push_str(name);
    let le = end.map(|end| ("le", end));
    let all = labels.iter().map(|(key, value)| (*key, value.as_str())).chain(le);
    for (place, (key, value)) in all.clone().enumerate() {
        out.push(if place == 0 { '{' } else { ',' });
        out.push_str(key);
        out.push_str("=\"");
        for character in value.chars() {
            match character {
                '\\' => out.push_str("\\\\"),
                '"' => out.push_str("\\\""),
                '\n' => out.push_str("\\n"),
                other => out.push(other),
            }
        }
        out.push('"');
    }
    if all.count() > 0 {
        out.push('}');
    }
    let _ = writeln!(out, " {value}");
}

#[cfg(test)]
mod tests {
    use super::super::figures::families;
    use super::*;

    fn sample() -> Vec<Family> {
        let labels = vec![("app", "a\"b\\c\nd".to_owned()), ("outcome", "accepted".to_owned())];
        let histogram = Value::Histogram { bounds: &[0.5, 1.0], counts: vec![1, 0, 2], sum: 7.25 };
        vec![
            Family::of(families::OUTCOMES, [(labels, Value::Count(3))]),
            Family::of(families::REQUESTS, []),
            Family::single(families::COMMIT_SECONDS, histogram),
            Family::of(families::BUILD, [(vec![("version", "1.2.3".to_owned())], Value::Count(1))]),
        ]
    }

    #[test]
    fn the_text_format_of_prometheus() {
        let expected = r#"# HELP limen_outcomes_total Records and requests by application, signal and what became of them.
# TYPE limen_outcomes_total counter
limen_outcomes_total{app="a\"b\\c\nd",outcome="accepted"} 3
# HELP limen_commit_duration_seconds Time from the start of a group's write to its end, all attempts together.
# TYPE limen_commit_duration_seconds histogram
limen_commit_duration_seconds_bucket{le="0.5"} 1
limen_commit_duration_seconds_bucket{le="1.0"} 1
limen_commit_duration_seconds_bucket{le="+Inf"} 3
limen_commit_duration_seconds_sum 7.25
limen_commit_duration_seconds_count 3
# HELP limen_build_info The version of the server.
# TYPE limen_build_info gauge
limen_build_info{version="1.2.3"} 1
"#;
        assert_eq!(write(&sample(), Form::Text), expected);
        assert_eq!(write(&sample(), Form::Text1), expected);
    }

    #[test]
    fn openmetrics_has_units_families_and_an_end() {
        let text = write(&sample(), Form::OpenMetrics);
        assert!(text.starts_with("# TYPE limen_outcomes counter\n# HELP limen_outcomes Records"), "{text}");
        assert!(text.contains("\nlimen_outcomes_total{"));
        assert!(text.contains(
            "# TYPE limen_commit_duration_seconds histogram\n# UNIT limen_commit_duration_seconds seconds\n"
        ));
        assert!(text.contains("# TYPE limen_build info\n"));
        assert!(text.ends_with("\n# EOF\n"));
    }

    #[test]
    fn the_form_is_what_the_scraper_likes_best() {
        let prometheus = "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,\
            application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,\
            text/plain;version=0.0.4;q=0.3,*/*;q=0.2";
        assert_eq!(Form::accepted(prometheus), Form::OpenMetrics);
        assert_eq!(Form::accepted("text/plain;version=1.0.0;q=0.5, text/plain;version=0.0.4;q=0.2"), Form::Text1);
        assert_eq!(Form::accepted("application/openmetrics-text; version=0.0.1, text/plain"), Form::Text);
        assert_eq!(Form::accepted("application/openmetrics-text;version=1.0.0;q=0, */*"), Form::Text);
        assert_eq!(Form::accepted("text/html,application/xml;q=0.9"), Form::Text);
        assert_eq!(Form::accepted(""), Form::Text);
    }
}
