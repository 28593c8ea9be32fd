//! What is typed, and what it comes to.

use proptest::prelude::*;

use super::*;

fn sql(text: &str) -> String {
    LogSearch::parse(text).unwrap_or_else(|error| panic!("{text}: {error}")).conditions()
}

fn refused(text: &str) -> String {
    LogSearch::parse(text).expect_err(text).to_string()
}

#[test]
fn words_and_quotations_are_looked_for_in_the_line() {
    let search = LogSearch::parse(r#"time "could not \"connect\"" -retry https://x.example/a"#).expect("valid");
    let words: Vec<(bool, &Test)> = search.terms.iter().map(|term| (term.negated, &term.test)).collect();
    let word = |text: &str| Test::Word(text.to_owned());
    assert_eq!(
        words,
        [
            (false, &word("time")),
            (false, &word("could not \"connect\"")),
            (true, &word("retry")),
            (false, &word("https://x.example/a")),
        ]
    );
}

#[test]
fn fields_are_columns_ids_or_attributes() {
    let found = sql("service:cart http.route:/a* k8s.pod:* -event:\"a*\" trace:00000000000000000000000000000001");
    let expected = [
        "AND (service = {term_0:String})",
        "AND (startsWith(attributes[{field_1:String}], {term_1:String}) OR startsWith(resource[{field_1:String}], {term_1:String}))",
        "AND (mapContains(attributes, {field_2:String}) OR mapContains(resource, {field_2:String}))",
        "AND NOT (event_name = {term_3:String})",
        "AND (trace_id = unhex({term_4:String}))",
    ];
    assert_eq!(found.trim().lines().map(str::trim).collect::<Vec<_>>(), expected);
}

#[test]
fn levels_are_compared() {
    assert_eq!(sql("level>=warn"), "\n    AND (severity_number BETWEEN 13 AND 24)");
    assert_eq!(sql("level<=info"), "\n    AND (severity_number BETWEEN 1 AND 12)");
    assert_eq!(sql("-severity:unset"), "\n    AND NOT (severity_number BETWEEN 0 AND 0)");
}

#[test]
fn what_cannot_be_meant_is_refused() {
    assert!(refused("level:loud").contains("level:loud"));
    assert!(refused("service>=a").contains("service>=a"));
    assert!(refused("trace:xyz").contains("trace:xyz"));
    assert!(refused("say \"hello").contains("hello"));
    assert!(LogSearch::parse(&"x ".repeat(SEARCH_TERMS_MAX + 1)).is_err());
    assert!(LogSearch::parse(&"x".repeat(SEARCH_BYTES_MAX + 1)).is_err());
}

#[test]
fn a_text_that_only_looks_like_a_field_is_words() {
    assert_eq!(LogSearch::parse("failed: ").expect("valid").terms[0].test, Test::Word("failed:".to_owned()));
    assert_eq!(LogSearch::parse(" - ").expect("valid").terms[0].test, Test::Word("-".to_owned()));
    assert_eq!(LogSearch::parse("").expect("valid"), LogSearch::default());
}

proptest! {
    /// Nothing that is typed stands in the statement itself.
    #[test]
    fn no_text_gets_into_the_statement(word in "[a-z]{3}'; DROP[a-z:\"*>= -]{0,12}") {
        if let Ok(search) = LogSearch::parse(&word) {
            prop_assert!(!search.conditions().contains("DROP"));
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,200}") {
        let _ = LogSearch::parse(&text);
    }
}
