//! What kind of browser, system and device a user-agent string and the client hints describe.

use limen_model::{Attributes, Value};
use woothee::parser::Parser;

use crate::interned::major;
use crate::limits::USER_AGENT_BYTES_MAX;
use crate::synthetic::{self, Synthetic};

/// Every text lives for ever, so a device is copied freely. Empty means unknown.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Device {
    pub browser: &'static str,
    pub browser_version: &'static str,
    pub os: &'static str,
    pub os_version: &'static str,
    pub class: &'static str,
    /// Whether a person sits at it, see `synthetic`.
    pub synthetic: Synthetic,
}

/// What the browser says besides its user-agent string.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hints<'x> {
    pub brands: Option<&'x Value<'x>>,
    pub mobile: Option<bool>,
}

impl Device {
    pub fn read(user_agent: &str, hints: Hints<'_>) -> Self {
        let mut device = Device::from_user_agent(&user_agent[..user_agent.floor_char_boundary(USER_AGENT_BYTES_MAX)]);
        if let Some((browser, version)) = hints.brands.and_then(branded) {
            (device.browser, device.browser_version) = (browser, version);
        }
        if hints.mobile == Some(true) && device.class != "tablet" {
            device.class = "mobile";
        }
        device
    }

    /// What the resource of an app says of the system it runs on; nothing for those that services run on.
    pub fn of_app(resource: &Attributes<'_>) -> Option<Self> {
        let model = resource.text("device.model.identifier").unwrap_or_default();
        let (os, class) = match resource.text("os.name")?.to_ascii_lowercase().as_str() {
            "android" => ("Android", "mobile"),
            "ios" if model.starts_with("iPad") => ("iOS", "tablet"),
            "ios" => ("iOS", "mobile"),
            "ipados" => ("iOS", "tablet"),
            "tvos" | "watchos" | "visionos" => ("Other", ""),
            _ => return None,
        };
        let os_version = major(resource.text("os.version").unwrap_or_default());
        Some(Device { os, os_version, class, ..Device::default() })
    }

    fn from_user_agent(user_agent: &str) -> Self {
        let Some(found) = Parser::new().parse(user_agent) else {
            return Device { synthetic: synthetic::of_user_agent(user_agent), ..Device::default() };
        };
        let (os, os_version) = system(found.os, &found.os_version, user_agent);
        let browser = browser(found.name);
        Device {
            browser,
            browser_version: if browser.is_empty() { "" } else { major(found.version) },
            os,
            os_version,
            class: class(found.category, found.os, user_agent),
            synthetic: match synthetic::of_user_agent(user_agent) {
                "" if found.category == "crawler" => synthetic::BOT,
                told => told,
            },
        }
    }
}

/// The parser's names as texts of our own; what is rare is one of `Other`, so the column stays small.
fn browser(name: &str) -> &'static str {
    match name {
        "Chrome" => "Chrome",
        "Safari" => "Safari",
        "Firefox" => "Firefox",
        "Edge" => "Edge",
        "Opera" => "Opera",
        "SamsungBrowser" => "Samsung Internet",
        "Internet Explorer" => "Internet Explorer",
        "Vivaldi" => "Vivaldi",
        "Yandex Browser" => "Yandex",
        "Webview" => "WebView",
        "Google Search App" => "Google Search App",
        "UNKNOWN" | "" => "",
        _ => "Other",
    }
}

/// The system and its major version. Windows 11 says 10 and macOS since 11 says 10.15.7: those are frozen, so the
/// version of macOS stays unknown then.
fn system(os: &str, version: &str, user_agent: &str) -> (&'static str, &'static str) {
    match os {
        "Windows 10" => ("Windows", "10"),
        "Windows 8.1" => ("Windows", "8.1"),
        "Windows 8" => ("Windows", "8"),
        "Windows 7" => ("Windows", "7"),
        _ if os.starts_with("Windows") => ("Windows", ""),
        "Mac OSX" if user_agent.contains("10_15_7") || user_agent.contains("10.15;") => ("macOS", ""),
        "Mac OSX" => ("macOS", major(version)),
        "iPhone" | "iPad" | "iPod" | "iOS" => ("iOS", major(version)),
        "Android" => ("Android", major(version)),
        "ChromeOS" => ("ChromeOS", ""),
        "Linux" => ("Linux", ""),
        "BSD" => ("BSD", ""),
        "UNKNOWN" | "" => ("", ""),
        _ => ("Other", ""),
    }
}

fn class(category: &str, os: &str, user_agent: &str) -> &'static str {
    match (category, os) {
        (_, "iPad") => "tablet",
        // Android's browsers say `Mobile` on phones only.
        ("smartphone", "Android") if !user_agent.contains("Mobile") => "tablet",
        ("smartphone" | "mobilephone", _) => "mobile",
        ("pc", _) => "desktop",
        _ => "",
    }
}

/// The browser among the brands of the client hints, which name Chromium and a made-up brand besides.
fn branded(brands: &Value<'_>) -> Option<(&'static str, &'static str)> {
    let Value::Array(brands) = brands else {
        return None;
    };
    brands.iter().filter_map(Value::as_text).find_map(|brand| {
        let (name, version) = brand.rsplit_once(' ')?;
        let name = match name {
            "Google Chrome" | "HeadlessChrome" => "Chrome",
            "Microsoft Edge" => "Edge",
            "Opera" => "Opera",
            "Brave" => "Brave",
            "Samsung Internet" => "Samsung Internet",
            "YaBrowser" | "Yandex" => "Yandex",
            "Vivaldi" => "Vivaldi",
            _ => return None,
        };
        Some((name, major(version)))
    })
}

#[cfg(test)]
mod tests;
