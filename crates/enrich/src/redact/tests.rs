//! What is a secret, and what only looks like one. The numbers and keys are the published examples of their makers, or made up.

use proptest::prelude::*;

use super::*;

fn redacted(text: &str) -> String {
    let mut redactor = Redactor::new(Arc::default());
    let mut text = Cow::Borrowed(text);
    redactor.text(&mut text);
    text.into_owned()
}

/// The secret vanishes wherever it stands, and what is around it stays.
fn check(secret: &str, kind: Secret) {
    for (before, after) in
        [("", ""), ("it was ", " and no other"), ("{\"a\":\"", "\"}"), ("a=", "; b=c"), ("line\\n", "\\nline")]
    {
        let text = format!("{before}{secret}{after}");
        assert_eq!(redacted(&text), format!("{before}{}{after}", kind.mark()), "{text}");
    }
}

fn check_stays(text: &str) {
    let mut redactor = Redactor::new(Arc::default());
    let mut value = Cow::Borrowed(text);
    redactor.text(&mut value);
    assert!(matches!(value, Cow::Borrowed(same) if same == text), "{text} became {value}");
    assert_eq!(redactor.counts.iter().count(), 0, "{text}");
}

#[test]
fn cards_of_all_networks_however_they_are_grouped() {
    for card in [
        "4111111111111111",
        "4111 1111 1111 1111",
        "5555-5555-5555-4444",
        "2223003122003222",
        "378282246310005",
        "3782 822463 10005",
        "6011111111111117",
        "3530111333300000",
        "36227206271667",
        "3622 720627 1667",
        "6205500000000000004",
    ] {
        check(card, Secret::Card);
    }
}

#[test]
fn a_card_that_was_sent_as_a_number_goes_too() {
    let pairs = [("card", 4_111_111_111_111_111), ("time", 1_763_830_000_000_000_000), ("n", 42), ("m", i64::MIN)];
    let mut attributes = Attributes(pairs.map(|(key, number)| (key.into(), Value::Int(number))).to_vec());
    let mut redactor = Redactor::new(Arc::default());
    redactor.attributes(&mut attributes);
    assert_eq!(attributes.text("card"), Some("[redacted:card]"));
    assert_eq!(attributes.get("time"), Some(&Value::Int(1_763_830_000_000_000_000)));
    assert_eq!(redactor.counts.iter().collect::<Vec<_>>(), [(Secret::Card, 1)]);
}

#[test]
fn long_numbers_that_are_no_cards_stay() {
    for number in [
        "4111111111111112",
        "1763830000000000000",
        "0.4111111111111111",
        "4111111111111111.25",
        "a4111111111111111",
        "550e8400-4111-1111-1111-111111111111",
        "4111 1111-1111 1111",
        "41111111111111114111111111111111",
        "00000000000000000000000000000000",
        "+49 151 12345678901",
    ] {
        check_stays(number);
    }
}

#[test]
fn addresses_of_people_in_any_writing() {
    for address in
        ["jo@shop.example", "jo.doe+news@mail.shop.co.uk", "jo%40shop.example", "jö@müller.de", "jo@163.com", "a@b.cd"]
    {
        check(address, Secret::Email);
    }
    assert_eq!(redacted("from a@b.cd, c@d.ef."), "from [redacted:email], [redacted:email].");
    assert_eq!(redacted("/user/jo@shop.example/cart"), "/user/[redacted:email]/cart");
}

#[test]
fn an_at_is_not_always_an_address() {
    for text in [
        "pay@https://shop.example/app.js:10:5",
        "react@18.2.0/index",
        "node_modules/@scope/name@1.2.3_react@18.2.0/x.js",
        "logo@2x.png",
        "logo@1.5x.webp",
        "chunk@vendors.js",
        "@media print",
        "jo@localhost",
        "https://shop.example/@name",
        "100%40",
    ] {
        check_stays(text);
    }
}

#[test]
fn users_and_passwords_in_urls() {
    assert_eq!(
        redacted("cannot reach postgres://shop:s3cret@db.internal.example:5432/shop"),
        "cannot reach postgres://[redacted:credentials]@db.internal.example:5432/shop"
    );
    assert_eq!(
        redacted("amqp://a:b@c and amqp://d:e@f"),
        "amqp://[redacted:credentials]@c and amqp://[redacted:credentials]@f"
    );
    assert_eq!(redacted("https://shop.example/u/jo@shop.example"), "https://shop.example/u/[redacted:email]");
}

#[test]
fn tokens() {
    let jwt =
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
    check(jwt, Secret::Jwt);
    check(&jwt[..jwt.len() - 60], Secret::Jwt);
    assert_eq!(redacted("Authorization: Bearer 0123456789abcdefghij"), "Authorization: Bearer [redacted:bearer]");
    assert_eq!(redacted(&format!("bearer {jwt}")), "bearer [redacted:bearer]");
    assert_eq!(redacted("Basic c2hvcDpzM2NyZXQ0NTY3ODk=\""), "Basic [redacted:bearer]\"");
    for text in
        ["Bearer authentication-was-refused", "Basic usage of this library", "bearer", "eyJ.eyJ.eyJ", "eyJustAWord"]
    {
        check_stays(text);
    }
}

#[test]
fn keys_whose_prefix_tells_who_made_them() {
    let letters = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0";
    for prefix in ["ghp_", "github_pat_", "glpat-", "npm_", "sk_live_", "whsec_", "xoxb-", "sk-ant-"] {
        check(&format!("{prefix}{letters}"), Secret::Key);
    }
    check("AKIAIOSFODNN7EXAMPLE", Secret::Key);
    for text in [
        "AKIAIOSFODNN7EXAMPL",
        "npm_lifecycle_event_of_a_long_name_that_is_a_variable",
        "sk-spinner-with-a-long-class-name",
        "ghp_short",
        "task_live_a1B2c3D4e5F6g7H8i9J0",
    ] {
        check_stays(text);
    }
}

#[test]
fn private_keys_are_taken_out_whole() {
    let key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAKC\n-----END RSA PRIVATE KEY-----";
    check(key, Secret::PrivateKey);
    check("-----BEGIN PRIVATE KEY-----\\nMIIEow\\n-----END PRIVATE KEY-----", Secret::PrivateKey);
    assert_eq!(redacted(&format!("key: {}", &key[..40])), "key: [redacted:private_key]", "cut off, it is one still");
    check_stays("-----BEGIN CERTIFICATE-----\nMIIEow\n-----END CERTIFICATE-----");
}

#[test]
fn bank_accounts_with_a_right_checksum() {
    for iban in ["DE89370400440532013000", "DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819", "NO9386011117947"] {
        check(iban, Secret::Iban);
    }
    for text in ["DE88370400440532013000", "DE8937040044053201300", "XX89370400440532013000", "DE89_370400440532013000"]
    {
        check_stays(text);
    }
}

#[test]
fn the_id_of_a_user_stays_and_everything_inside_a_value_goes() {
    let inner = Attributes(vec![("mail".into(), Value::Text("jo@shop.example".into()))]);
    let list = Value::Array(vec![Value::Map(inner), Value::Text("4111111111111111".into())]);
    let mut attributes =
        Attributes(vec![("user.id".into(), Value::Text("jo@shop.example".into())), ("a".into(), list)]);
    let mut redactor = Redactor::new(Arc::default());
    redactor.attributes(&mut attributes);
    assert_eq!(attributes.text("user.id"), Some("jo@shop.example"));
    let left = crate::text::from_value(attributes.take("a").expect("an array"));
    assert_eq!(left, r#"[{"mail":"[redacted:email]"},"[redacted:card]"]"#);
}

#[test]
fn what_only_one_application_holds_secret() {
    let own = [("order", r"ORD-\d{6}"), ("name", "(?i)jane roe")];
    let mut redactor = Redactor::new(Arc::new(Rules::read([], None, own).expect("rules")));
    let mut text = Cow::Borrowed("Jane Roe paid ORD-123456 and ORD-654321 with 4111111111111111; order ORD-1");
    redactor.text(&mut text);
    let expected = "[redacted:name] paid [redacted:order] and [redacted:order] with [redacted:card]; order ORD-1";
    assert_eq!(text, expected);
    assert_eq!(redactor.counts.iter().collect::<Vec<_>>(), [(Secret::Card, 1), (Secret::Own, 3)]);
    redactor.text(&mut text);
    assert_eq!(text, expected);
}

const SECRETS: [(&str, &str); 6] = [
    ("4111111111111111", "1111"),
    ("jo@shop.example", "shop"),
    ("AKIAIOSFODNN7EXAMPLE", "EXAMPLE"),
    ("DE89370400440532013000", "3704"),
    ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0", "eyJ"),
    ("-----BEGIN PRIVATE KEY-----\nMIIEow\n-----END PRIVATE KEY-----", "MIIE"),
];

proptest! {
    #[test]
    fn text_without_secrets_is_not_even_copied(text in "([A-Z]?[a-z]{1,9}|[0-9]{1,5}|v[0-9]\\.[0-9]|[(){},:;=/.?&#<>\"']){0,40}") {
        let mut redactor = Redactor::new(Arc::default());
        let mut value = Cow::Borrowed(&*text);
        redactor.text(&mut value);
        prop_assert!(matches!(value, Cow::Borrowed(_)), "{}", value);
    }

    #[test]
    fn planted_secrets_vanish(
        before in "([a-z ]{0,12}[ \"'({\\[:=,;/]){0,4}",
        after in "([ \"')}\\],;][a-z ]{0,12}){0,4}",
        which in 0..SECRETS.len(),
    ) {
        let (secret, part) = SECRETS[which];
        let text = redacted(&format!("{before}{secret}{after}"));
        prop_assert!(!text.contains(part), "{}", text);
        prop_assert!(text.starts_with(&before) && text.ends_with(&after), "{}", text);
    }

    #[test]
    fn redacting_twice_changes_nothing(parts in prop::collection::vec((0..SECRETS.len(), "[ -~äß語]{0,6}"), 0..8)) {
        let text: String = parts.iter().map(|(which, between)| format!("{}{between}", SECRETS[*which].0)).collect();
        let once = redacted(&text);
        prop_assert_eq!(&redacted(&once), &once);
    }

    #[test]
    fn any_text_can_be_looked_at(text in any::<String>()) {
        let once = redacted(&text);
        prop_assert_eq!(&redacted(&once), &once);
    }
}
