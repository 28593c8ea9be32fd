//! What a question may ask for, and what is refused.

use proptest::prelude::*;
use time::macros::datetime;

use super::*;

const NOW: OffsetDateTime = datetime!(2026-03-01 12:00 UTC);

fn parse(from: Option<&str>, to: Option<&str>, filters: &[&str]) -> Result<Scope, ScopeError> {
    let filters: Vec<String> = filters.iter().map(|&filter| filter.to_owned()).collect();
    let app = AppId::parse("shop").expect("valid");
    Scope::parse(app, ScopeRequest { from, to, filters: &filters, source: None, visitors: None }, NOW)
}

#[test]
fn a_question_without_a_range_is_about_the_last_hour() {
    let scope = parse(None, None, &[]).expect("valid");
    assert_eq!(scope.range.to, Time::from(NOW));
    assert_eq!(scope.range.from, Time::from(NOW - Duration::hours(1)));
    assert_eq!(scope.previous(), Range { from: Time::from(NOW - Duration::hours(2)), to: scope.range.from });
}

#[test]
fn times_of_any_zone_are_read() {
    let scope = parse(Some("2026-02-01T02:00:00+02:00"), Some("2026-02-01T01:00:00.5Z"), &[]).expect("valid");
    assert_eq!(scope.range.from, Time::from(datetime!(2026-02-01 00:00 UTC)));
    assert_eq!(scope.range.to, Time::from(datetime!(2026-02-01 01:00:00.5 UTC)));
}

#[test]
fn ranges_that_make_no_sense_are_refused() {
    let range = |from, to| parse(Some(from), Some(to), &[]).expect_err("refused");
    assert_eq!(range("2026-02-02T00:00:00Z", "2026-02-01T00:00:00Z"), ScopeError::RangeEmpty);
    assert_eq!(range("2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z"), ScopeError::RangeEmpty);
    assert_eq!(range("2024-01-01T00:00:00Z", "2026-01-01T00:00:00Z"), ScopeError::RangeTooLong { max_days: 400 });
    assert!(matches!(range("yesterday", "2026-01-01T00:00:00Z"), ScopeError::Time { name: "from", .. }));
    assert!(matches!(range("2026-02-01T00:00:00Z", "9999-01-01T00:00:00Z"), ScopeError::TimeOutOfRange { .. }));
    assert!(matches!(range("0001-01-01T00:00:00Z", "2026-01-01T00:00:00Z"), ScopeError::TimeOutOfRange { .. }));
}

#[test]
fn values_of_one_dimension_are_alternatives() {
    let scope = parse(None, None, &["country:DE", "route:/a:b", "country:", "country:FR"]).expect("valid");
    assert_eq!(scope.filters.len(), 2);
    assert_eq!(scope.filters[0].values, ["DE", "", "FR"]);
    assert_eq!(scope.filters[1].values, ["/a:b"]);
    assert_eq!(
        scope.conditions(),
        "\n    AND country IN {filter_country:Array(String)}\n    AND route IN {filter_route:Array(String)}"
    );
}

#[test]
fn spans_ask_their_session_for_what_they_do_not_know() {
    let sql = parse(None, None, &["service:cart", "browser:Firefox"]).expect("valid").span_conditions();
    let (own, of_session) = sql.split_once("session_id IN").expect("a condition on the session");
    assert!(own.contains("AND service IN") && !own.contains("browser"));
    assert!(of_session.contains("AND browser IN") && !of_session.contains("service IN"));
}

#[test]
fn filters_outside_the_limits_are_refused() {
    let refused = |filters: &[&str]| parse(None, None, filters).expect_err("refused");
    assert_eq!(refused(&["country"]), ScopeError::Filter { value: "country".to_owned() });
    assert_eq!(refused(&["user_id:1"]), ScopeError::Dimension { value: "user_id".to_owned() });
    assert_eq!(refused(&["country:DE"; 51]), ScopeError::FiltersTooMany { count: 51, max: 50 });
    assert!(matches!(refused(&[&format!("route:{}", "x".repeat(1025))]), ScopeError::FilterTooLong { .. }));
}

proptest! {
    #[test]
    fn text_from_outside_never_reaches_the_statement(value in ".{0,40}", dimension in 0..Dimension::ALL.len()) {
        let name = Dimension::ALL[dimension].name();
        let plain = parse(None, None, &[&format!("{name}:x")]).expect("valid");
        let scope = parse(None, None, &[&format!("{name}:{value}")]).expect("valid");
        prop_assert_eq!(scope.conditions(), plain.conditions());
        prop_assert_eq!(scope.span_conditions(), plain.span_conditions());
        prop_assert_eq!(&scope.filters[0].values[0], &value);
    }

    #[test]
    fn any_text_is_answered_and_none_panics(from in ".{0,30}", to in ".{0,30}", filter in ".{0,30}") {
        let _ = parse(Some(&from), Some(&to), &[&filter]);
    }
}
