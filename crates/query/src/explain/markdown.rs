//! An explanation in words, for a person in a hurry.

use std::fmt::Write as _;

use time::OffsetDateTime;
use time::macros::format_description;

use crate::words::{clean, owner};
use crate::{CohortValue, ExplainAnswer, ExplainedCohort, ExplainedMetric, FlagChange, Time};

/// The answer in one sentence.
pub(super) fn verdict(answer: &ExplainAnswer, views_before: u64) -> String {
    let metric = answer.metric.title();
    if views_before == 0 {
        return format!("There is nothing to compare {metric} with: no views in the same hours of earlier days.");
    }
    let Some(first) = answer.cohorts.first() else {
        return format!("No cohort explains a change of {metric}: {} were looked at.", answer.tested);
    };
    let mut text = format!("{metric} became slower for {}", cohort(&first.values));
    if let (Some(before), Some(now)) = (first.p75_before, first.p75) {
        let _ = write!(text, ": p75 from {} to {}", answer.metric.text(before), answer.metric.text(now));
    }
    if let Some(change) = first.owners.first().filter(|change| change.change_low > 0.0) {
        let _ = write!(text, ", of which {:+.0} ms in {}", change.change, owner(&change.owner));
    }
    text + "."
}

/// The whole answer for an incident channel.
pub fn markdown(answer: &ExplainAnswer) -> String {
    let mut text = format!("**{}**\n", answer.verdict);
    for (number, found) in answer.cohorts.iter().enumerate() {
        let _ = write!(text, "\n### {}. {}\n\n", number + 1, cohort(&found.values));
        of_cohort(&mut text, answer.metric, found);
    }
    if !answer.unchanged.is_empty() {
        let _ = write!(text, "\nLooked at and not slower by themselves: {}\n", list(&answer.unchanged));
    }
    let _ = write!(
        text,
        "\n{} to {}, compared with the same hours of {} earlier periods, {} {} apart; {} cohorts looked at.\n",
        time(answer.range.from),
        time(answer.range.to),
        answer.periods,
        answer.period_days,
        if answer.period_days == 1 { "day" } else { "days" },
        answer.tested
    );
    text
}

fn of_cohort(text: &mut String, metric: ExplainedMetric, found: &ExplainedCohort) {
    let known = |number: Option<f64>| number.map_or_else(|| "unknown".to_owned(), |number| metric.text(number));
    let _ = writeln!(text, "- p75: {} before, {} now", known(found.p75_before), known(found.p75));
    let _ = writeln!(
        text,
        "- affected: {:.0} views in {:.0} sessions, {} known users",
        found.views, found.sessions, found.users
    );
    match found.onset {
        Some(onset) => {
            let _ = writeln!(text, "- began: {}", time(onset));
        }
        None => text.push_str("- began: no clear step\n"),
    }
    for release in &found.releases {
        let (service, version) = (clean(&release.service), clean(&release.release));
        let _ = writeln!(text, "- new near then: {service} {version}, first seen {}", time(release.first_seen));
    }
    for flag in &found.flags {
        let _ = writeln!(text, "- feature flag: {}", switched(flag));
    }
    if !found.symptoms.is_empty() {
        let _ = writeln!(text, "- only symptoms of it: {}", list(&found.symptoms));
    }
    for seen in &found.representatives {
        let trace = seen.trace_id.as_ref().map_or(String::new(), |trace| format!(", trace `{trace}`"));
        let _ = writeln!(text, "- see session `{}`{trace}: {}", clean(&seen.session_id), metric.text(seen.value));
    }
    if !found.owners.is_empty() {
        text.push_str("\n| owner | before | now | change | 95 % interval |\n|---|---:|---:|---:|---|\n");
        for change in &found.owners {
            let _ = writeln!(
                text,
                "| {} | {:.0} ms | {:.0} ms | {:+.0} ms | {:+.0} to {:+.0} |",
                owner(&change.owner),
                change.before,
                change.now,
                change.change,
                change.change_low,
                change.change_high
            );
        }
    }
}

fn switched(flag: &FlagChange) -> String {
    let share = |share: f64| format!("{:.0} %", share * 100.0);
    let before =
        flag.share_before.map_or_else(|| "unknown before".to_owned(), |before| format!("{} before", share(before)));
    let first = flag.first_seen.map_or(String::new(), |first| format!(", first seen {}", time(first)));
    format!("{} {} for {} of the sessions, {before}{first}", clean(&flag.key), clean(&flag.variant), share(flag.share))
}

/// To the minute: nobody compares incidents by the second.
fn time(time: Time) -> String {
    let minute = format_description!("[year]-[month]-[day] [hour]:[minute] UTC");
    let instant = OffsetDateTime::from_unix_timestamp_nanos(time.0.into());
    instant.ok().and_then(|instant| instant.format(minute).ok()).unwrap_or_default()
}

/// Several values of one dimension follow each other: country SG or MY.
fn cohort(values: &[CohortValue]) -> String {
    let each = values.chunk_by(|one, next| one.dimension == next.dimension).map(|values| {
        let texts: Vec<String> = values.iter().map(text).collect();
        format!("{} {}", values[0].dimension.name(), texts.join(" or "))
    });
    let each: Vec<String> = each.collect();
    if each.is_empty() { "everybody".to_owned() } else { each.join(", ") }
}

fn list(values: &[CohortValue]) -> String {
    let each = values.iter().map(|each| format!("{} {}", each.dimension.name(), text(each)));
    each.collect::<Vec<_>>().join(", ")
}

fn text(value: &CohortValue) -> String {
    if value.value.is_empty() { "unknown".to_owned() } else { clean(&value.value) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scope::Range;
    use crate::{Dimension, Owner, OwnerChange, OwnerKind, Representative, SeenRelease};

    fn answer(cohorts: Vec<ExplainedCohort>) -> ExplainAnswer {
        let mut answer = ExplainAnswer {
            metric: ExplainedMetric::Lcp,
            range: Range { from: Time(1_767_225_600_000_000_000), to: Time(1_767_232_800_000_000_000) },
            periods: 7,
            period_days: 1,
            verdict: String::new(),
            cohorts,
            unchanged: vec![CohortValue { dimension: Dimension::Device, value: "mobile".to_owned() }],
            tested: 812,
        };
        answer.verdict = verdict(&answer, 1);
        answer
    }

    #[test]
    fn an_explanation_reads_like_this() {
        let value = |dimension, value: &str| CohortValue { dimension, value: value.to_owned() };
        let gateway = Owner { kind: OwnerKind::Gateway, name: "api-gateway".to_owned() };
        let found = ExplainedCohort {
            values: vec![
                value(Dimension::Route, "/checkout|@here"),
                value(Dimension::Country, "SG"),
                value(Dimension::Country, "MY"),
            ],
            p75: Some(3200.0),
            p75_before: Some(2100.0),
            shift: 0.3,
            z: 8.0,
            views: 420.0,
            sessions: 300.0,
            users: 12,
            onset: Some(Time(1_767_229_200_000_000_000)),
            releases: vec![SeenRelease {
                service: "api-gateway".to_owned(),
                release: "41".to_owned(),
                first_seen: Time(1_767_229_000_000_000_000),
            }],
            flags: vec![FlagChange {
                key: "quick-pay".to_owned(),
                variant: "on".to_owned(),
                share: 0.75,
                share_before: Some(0.0),
                first_seen: Some(Time(1_767_229_100_000_000_000)),
            }],
            owners: vec![OwnerChange {
                owner: gateway,
                before: 70.0,
                now: 1000.0,
                change: 930.0,
                change_low: 880.0,
                change_high: 990.0,
            }],
            representatives: vec![Representative {
                session_id: "s1".to_owned(),
                view_id: "v1".to_owned(),
                trace_id: None,
                value: 3190.0,
            }],
            symptoms: vec![value(Dimension::Network, "4g")],
        };
        let expected = "\
**LCP became slower for route /checkout··here, country SG or MY: p75 from 2100 ms to 3200 ms, of which +930 ms in the gateway's own time (api-gateway).**

### 1. route /checkout··here, country SG or MY

- p75: 2100 ms before, 3200 ms now
- affected: 420 views in 300 sessions, 12 known users
- began: 2026-01-01 01:00 UTC
- new near then: api-gateway 41, first seen 2026-01-01 00:56 UTC
- feature flag: quick-pay on for 75 % of the sessions, 0 % before, first seen 2026-01-01 00:58 UTC
- only symptoms of it: network 4g
- see session `s1`: 3190 ms

| owner | before | now | change | 95 % interval |
|---|---:|---:|---:|---|
| the gateway's own time (api-gateway) | 70 ms | 1000 ms | +930 ms | +880 to +990 |

Looked at and not slower by themselves: device mobile

2026-01-01 00:00 UTC to 2026-01-01 02:00 UTC, compared with the same hours of 7 earlier periods, 1 day apart; 812 cohorts looked at.
";
        assert_eq!(markdown(&answer(vec![found])), expected);
    }

    #[test]
    fn without_a_cohort_it_says_so() {
        let text = markdown(&answer(Vec::new()));
        assert!(text.starts_with("**No cohort explains a change of LCP: 812 were looked at.**\n"), "{text}");
    }
}
