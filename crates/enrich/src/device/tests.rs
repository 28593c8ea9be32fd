//! User agents as browsers send them.

use limen_model::Value;

use super::{Device, Hints};
use crate::hints::Brands;

fn check(user_agent: &str, expected: (&str, &str, &str, &str, &str)) {
    let device = Device::read(user_agent, Hints::default());
    let found = (device.browser, device.browser_version, device.os, device.os_version, device.class);
    assert_eq!(found, expected, "{user_agent}");
    assert_eq!(device.synthetic, "", "{user_agent}");
}

#[test]
fn knows_the_desktop_browsers() {
    check(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
        ("Chrome", "142", "Windows", "10", "desktop"),
    );
    check(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
        ("Edge", "142", "Windows", "10", "desktop"),
    );
    check(
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15",
        ("Safari", "26", "macOS", "", "desktop"),
    );
    check(
        "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        ("Firefox", "145", "Linux", "", "desktop"),
    );
}

#[test]
fn knows_phones_and_tablets() {
    check(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
        ("Safari", "26", "iOS", "18", "mobile"),
    );
    check(
        "Mozilla/5.0 (iPad; CPU OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
        ("Safari", "17", "iOS", "17", "tablet"),
    );
    check(
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
        ("Chrome", "142", "Android", "10", "mobile"),
    );
    check(
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
        ("Chrome", "142", "Android", "10", "tablet"),
    );
    check(
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
        ("Samsung Internet", "28", "Android", "10", "mobile"),
    );
}

#[test]
fn a_headless_chrome_is_a_browser_in_a_test() {
    let user_agent =
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36";
    let device = Device::read(user_agent, Hints::default());
    assert_eq!((device.browser, device.browser_version, device.synthetic), ("Chrome", "142", "test"));
}

#[test]
fn crawlers_are_bots_also_when_they_look_like_a_browser() {
    for user_agent in [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36 (compatible; SomethingBot/1.0)",
        "ExampleCrawler 1.0",
    ] {
        assert_eq!(Device::read(user_agent, Hints::default()).synthetic, "bot", "{user_agent}");
    }
}

#[test]
fn client_hints_correct_the_browser_and_the_class() {
    let brands = ["Chromium 141", "Not.A/Brand 99", "Brave 141"].map(|brand| Value::Text(brand.into()));
    let hints = Hints { brands: Brands::Attribute(&brands), mobile: Some(true), ..Hints::default() };
    let user_agent = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36";
    let device = Device::read(user_agent, hints);
    assert_eq!((device.browser, device.browser_version, device.class), ("Brave", "141", "mobile"));
}

#[test]
fn the_platform_corrects_a_user_agent_that_is_frozen_or_of_another_system() {
    let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
    let linux = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
    for (user_agent, platform, platform_version, expected) in [
        (windows, "Windows", "15.0.0", ("Windows", "11", "desktop")),
        (windows, "Windows", "10.0.0", ("Windows", "10", "desktop")),
        (windows, "Windows", "", ("Windows", "10", "desktop")),
        (linux, "Android", "14.0.0", ("Android", "14", "tablet")),
        (linux, "Chrome OS", "", ("ChromeOS", "", "desktop")),
        (linux, "Fuchsia", "", ("Linux", "", "desktop")),
    ] {
        let device = Device::read(user_agent, Hints { platform, platform_version, ..Hints::default() });
        assert_eq!((device.os, device.os_version, device.class), expected, "{platform} {platform_version}");
    }
}

#[test]
fn an_ipad_that_gives_itself_for_a_mac_has_a_touch_screen() {
    let user_agent = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15";
    let device = Device::read(user_agent, Hints { touch_points: 5, ..Hints::default() });
    assert_eq!((device.browser, device.os, device.os_version, device.class), ("Safari", "iOS", "26", "tablet"));
    let mac = Device::read(user_agent, Hints { touch_points: 0, ..Hints::default() });
    assert_eq!((mac.os, mac.class), ("macOS", "desktop"));
}

#[test]
fn nonsense_is_unknown() {
    for user_agent in ["", "-", "%%%", "äöü"] {
        assert_eq!(Device::read(user_agent, Hints::default()), Device::default(), "{user_agent}");
    }
    Device::read(&"Mozilla/5.0 (".repeat(10_000), Hints::default());
}
