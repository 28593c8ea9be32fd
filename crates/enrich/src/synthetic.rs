//! Whether a person looks at the page: robots and tests are told apart from people, and from each other.

use limen_model::Value;

/// `bot`, `test`, or empty for people; the values of `user_agent.synthetic.type`.
pub(crate) type Synthetic = &'static str;

pub(crate) const BOT: Synthetic = "bot";
pub(crate) const TEST: Synthetic = "test";

/// In the user agents of measuring services, and of browsers that run without a screen.
const TESTS: &[&str] = &[
    "catchpoint",
    "checkly",
    "chrome-lighthouse",
    "cypress/",
    "datadogsynthetics",
    "google page speed",
    "gtmetrix",
    "headlesschrome",
    "jsdom/",
    "newrelicsynthetics",
    "phantomjs",
    "pingdom",
    "playwright",
    "ptst/",
    "puppeteer",
    "ruxitsynthetic",
    "selenium",
    "site24x7",
    "statuscake",
    "uptimerobot",
];

/// In the user agents of robots that do not call themselves one.
const BOTS: &[&str] = &[
    "appengine-google",
    "bingpreview",
    "bytespider",
    "crawl",
    "curl/",
    "embedly",
    "facebookexternalhit",
    "feedfetcher",
    "go-http-client",
    "google favicon",
    "google-inspectiontool",
    "google-read-aloud",
    "headlessedg",
    "ia_archiver",
    "mediapartners-google",
    "meta-externalagent",
    "python-requests",
    "scrapy",
    "slurp",
    "spider",
    "storebot",
    "wget/",
    "yahoo! slurp",
    "yandeximages",
];

/// What a user agent says of itself.
pub(crate) fn of_user_agent(user_agent: &str) -> Synthetic {
    let lower = user_agent.to_ascii_lowercase();
    let holds = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if holds(TESTS) {
        TEST
    } else if calls_itself_a_bot(&lower) || holds(BOTS) {
        BOT
    } else {
        ""
    }
}

/// What the sender says; whatever is no test is a robot.
pub(crate) fn of_attribute(value: &Value<'_>) -> Synthetic {
    match value.as_text() {
        None | Some("") => "",
        Some("test") => TEST,
        Some(_) => BOT,
    }
}

/// `Googlebot/2.1`, `SomethingBot;`, `bot.html`, but not the phones called Cubot.
fn calls_itself_a_bot(lower: &str) -> bool {
    lower.match_indices("bot").any(|(at, _)| {
        let goes_on = lower[at + 3..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        !goes_on && !lower[..at].ends_with("cu")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn robots_tests_and_people_are_told_apart() {
        for (expected, user_agent) in [
            ("bot", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"),
            (
                "bot",
                "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
            ),
            ("bot", "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"),
            ("bot", "Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)"),
            (
                "test",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36",
            ),
            ("test", "Mozilla/5.0 (Linux; Android 11) Chrome/142.0.0.0 Mobile Safari/537.36 Chrome-Lighthouse"),
            ("test", "Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0.0.0 Safari/537.36 PTST/240101"),
            (
                "",
                "Mozilla/5.0 (Linux; Android 11; CUBOT X18 Plus) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36",
            ),
            ("", "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"),
            ("", ""),
        ] {
            assert_eq!(of_user_agent(user_agent), expected, "{user_agent}");
        }
    }

    #[test]
    fn a_sender_may_say_it_itself() {
        assert_eq!(of_attribute(&Value::Text("test".into())), "test");
        assert_eq!(of_attribute(&Value::Text("bot".into())), "bot");
        assert_eq!(of_attribute(&Value::Text("canary".into())), "bot");
        assert_eq!(of_attribute(&Value::Text("".into())), "");
    }
}
