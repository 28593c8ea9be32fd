//! What kind of browser, system and device a user-agent string and the client hints describe.

use limen_model::Attributes;
use woothee::parser::Parser;

use crate::hints::Hints;
use crate::interned::major;
use crate::limits::USER_AGENT_BYTES_MAX;
use crate::synthetic::{self, Synthetic};

/// Who a user agent says is there; empty is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Visitor {
    pub browser: &'static str,
    pub device: &'static str,
    /// A robot or a test, not a person.
    pub robot: bool,
}

/// What a service was told of whoever called it.
pub fn visitor(user_agent: &str) -> Visitor {
    let Device { browser, class, synthetic, .. } = Device::read(user_agent, Hints::default());
    Visitor { browser, device: class, robot: !synthetic.is_empty() }
}

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

impl Device {
    pub fn read(user_agent: &str, hints: Hints<'_>) -> Self {
        let mut device = Device::from_user_agent(&user_agent[..user_agent.floor_char_boundary(USER_AGENT_BYTES_MAX)]);
        if let Some((browser, version)) = hints.browser() {
            (device.browser, device.browser_version) = (browser, version);
        }
        device.correct_system(&hints);
        if hints.mobile == Some(true) && device.class != "tablet" {
            device.class = "mobile";
        }
        device
    }

    /// Browsers that ask for pages as a desktop has them give themselves for one, but not in their hints.
    fn correct_system(&mut self, hints: &Hints<'_>) {
        if let Some((os, version)) = hints.system() {
            if os == "Android" && self.os != os {
                self.class = "tablet";
            }
            if os != self.os || !version.is_empty() {
                (self.os, self.os_version) = (os, version);
            }
        }
        // No Mac has a touch screen. Safari has the version of its system there.
        if self.os == "macOS" && hints.touch_points > 1 {
            let version = if self.browser == "Safari" { self.browser_version } else { "" };
            (self.os, self.os_version, self.class) = ("iOS", version, "tablet");
        }
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

#[cfg(test)]
mod tests;
