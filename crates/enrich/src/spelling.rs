//! Older and foreign spellings of attributes, brought to the names of today.

use std::borrow::Cow;

use limen_model::{Attributes, Text, Value, attributes as names};

/// Renames in place. When both spellings are there they say the same: senders that write both do so in transition.
pub(crate) fn modernise(attributes: &mut Attributes<'_>) {
    for (key, value) in &mut attributes.0 {
        // Most keys are ours or the browser's own and were never spelled otherwise.
        if key.starts_with("limen.") || key.starts_with("browser.") {
            continue;
        }
        if let Some(name) = modern(key) {
            if key == "http.target" {
                cut_at(value, '?');
            } else if key == "http.host" {
                cut_at(value, ':');
            }
            *key = Cow::Borrowed(name);
        }
    }
}

fn modern(key: &str) -> Option<&'static str> {
    Some(match key {
        names::HTTP_METHOD_OLD => names::HTTP_METHOD,
        names::HTTP_STATUS_OLD => names::HTTP_STATUS,
        names::DB_SYSTEM_OLD => names::DB_SYSTEM,
        names::DB_STATEMENT_OLD => names::DB_STATEMENT,
        names::DEPLOYMENT_ENVIRONMENT_OLD => names::DEPLOYMENT_ENVIRONMENT,
        "http.url" => names::URL_FULL,
        "http.target" => names::URL_PATH,
        "http.scheme" => "url.scheme",
        "http.flavor" => "network.protocol.version",
        "http.host" | "net.peer.name" => names::SERVER_ADDRESS,
        "net.peer.port" => names::SERVER_PORT,
        "http.user_agent" => names::USER_AGENT,
        "http.response_content_length" => names::HTTP_RESPONSE_BODY_SIZE,
        "enduser.id" => names::USER_ID,
        "splunk.rumSessionId" | "rum.session.id" => names::SESSION_ID,
        "screen.name" | "app.screen.name" => names::VIEW_NAME,
        "android.state" => "android.app.state",
        "location.href" => names::DOCUMENT_URL,
        _ => return None,
    })
}

fn cut_at(value: &mut Value<'_>, end: char) {
    if let Value::Text(text) = value
        && let Some(at) = text.find(end)
    {
        *text = match std::mem::take(text) {
            Cow::Borrowed(text) => Cow::Borrowed(&text[..at]),
            Cow::Owned(mut text) => {
                text.truncate(at);
                Cow::Owned(text)
            }
        };
    }
}

/// The name of an event: its own field, else the older attribute.
pub(crate) fn event_name<'a>(field: Text<'a>, attributes: &mut Attributes<'a>) -> Text<'a> {
    let older = attributes.take("event.name");
    match older {
        Some(Value::Text(name)) if field.is_empty() => name,
        _ => field,
    }
}

/// Before semantic conventions 1.44 a web vital came as the map of the record's body.
pub(crate) fn unpack_vital<'a>(body: &mut Value<'a>, attributes: &mut Attributes<'a>) {
    if !matches!(body, Value::Map(_)) {
        return;
    }
    let Value::Map(pairs) = std::mem::take(body) else {
        return;
    };
    for (key, value) in pairs.0 {
        let key = match &*key {
            "name" => Cow::Borrowed(names::WEB_VITAL_NAME),
            "value" => Cow::Borrowed(names::WEB_VITAL_VALUE),
            "delta" => Cow::Borrowed(names::WEB_VITAL_DELTA),
            "id" => Cow::Borrowed(names::WEB_VITAL_ID),
            "rating" => Cow::Borrowed(names::WEB_VITAL_RATING),
            "navigation_type" | "navigationType" => Cow::Borrowed(names::WEB_VITAL_NAVIGATION_TYPE),
            _ => key,
        };
        attributes.0.push((key, value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modernised(key: &'static str, value: &'static str) -> (String, String) {
        let mut attributes = Attributes(vec![(key.into(), Value::Text(value.into()))]);
        modernise(&mut attributes);
        let (key, value) = attributes.0.remove(0);
        (key.into_owned(), value.as_text().unwrap_or_default().to_owned())
    }

    #[test]
    fn old_names_become_the_names_of_today() {
        for (old, new) in [
            ("http.method", "http.request.method"),
            ("http.url", "url.full"),
            ("db.system", "db.system.name"),
            ("deployment.environment", "deployment.environment.name"),
            ("splunk.rumSessionId", "session.id"),
            ("rum.session.id", "session.id"),
            ("screen.name", "limen.view.name"),
            ("location.href", "browser.document.url.full"),
        ] {
            assert_eq!(modernised(old, "x"), (new.to_owned(), "x".to_owned()));
        }
        assert_eq!(modernised("shop.cart", "x").0, "shop.cart");
    }

    #[test]
    fn values_that_held_two_things_keep_the_one_that_is_named() {
        assert_eq!(modernised("http.target", "/a?b=1"), ("url.path".to_owned(), "/a".to_owned()));
        assert_eq!(modernised("http.host", "shop.example:8080").1, "shop.example");
    }

    #[test]
    fn the_name_of_an_event_is_its_field_before_its_attribute() {
        let mut attributes = Attributes(vec![("event.name".into(), Value::Text("old".into()))]);
        assert_eq!(event_name("new".into(), &mut attributes.clone()), "new");
        assert_eq!(event_name("".into(), &mut attributes), "old");
        assert!(attributes.is_empty());
    }
}
