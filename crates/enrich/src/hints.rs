//! What a browser says of itself besides its user-agent string, which hardly changes any more: client hints, as headers or
//! as attributes of the resource, and the touch points of its screen.

use limen_model::{Attributes, Value, attributes as names};

use crate::interned::major;
use limen_model::StableHash;

/// The headers of client hints, as they came.
#[derive(Debug, Clone, Copy, Default)]
pub struct HintHeaders<'r> {
    /// `Sec-CH-UA`: `"Chromium";v="142", "Google Chrome";v="142"`.
    pub brands: Option<&'r str>,
    /// `Sec-CH-UA-Mobile`: `?0` or `?1`.
    pub mobile: Option<&'r str>,
    /// `Sec-CH-UA-Platform`: `"Windows"`.
    pub platform: Option<&'r str>,
    /// `Sec-CH-UA-Platform-Version`: `"15.0.0"`; sent only where the page has asked for it and passed it on.
    pub platform_version: Option<&'r str>,
}

/// The same from wherever it was told.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hints<'x> {
    pub brands: Brands<'x>,
    pub mobile: Option<bool>,
    pub platform: &'x str,
    pub platform_version: &'x str,
    pub touch_points: i64,
}

#[derive(Debug, Clone, Copy, Default)]
pub(crate) enum Brands<'x> {
    #[default]
    Unknown,
    /// Each `name version`.
    Attribute(&'x [Value<'x>]),
    Header(&'x str),
}

impl<'x> Hints<'x> {
    /// The resource comes first: headers are those of whoever brought it, and only fill what it leaves open.
    pub fn read(resource: &'x Attributes<'x>, headers: HintHeaders<'x>) -> Self {
        let brands = match (resource.get(names::BROWSER_BRANDS), headers.brands) {
            (Some(Value::Array(brands)), _) => Brands::Attribute(brands),
            (_, Some(header)) => Brands::Header(header),
            _ => Brands::Unknown,
        };
        let mobile = resource.get(names::BROWSER_MOBILE).and_then(Value::as_bool);
        let told = resource.text(names::BROWSER_PLATFORM).filter(|platform| !platform.is_empty());
        Hints {
            brands,
            mobile: mobile.or_else(|| headers.mobile.and_then(flag)),
            platform: told.or(headers.platform.map(unquoted)).unwrap_or_default(),
            platform_version: headers.platform_version.map(unquoted).unwrap_or_default(),
            touch_points: resource.get(names::TOUCH_POINTS).and_then(Value::as_i64).unwrap_or_default(),
        }
    }

    /// Tells apart what may make another device of the same user agent.
    pub fn hash(&self, user_agent: &str) -> u64 {
        let hash = StableHash::new().text(user_agent).text(self.platform).text(self.platform_version);
        let hash = hash.word(self.mobile.map_or(2, u64::from)).word(self.touch_points as u64);
        match self.brands {
            Brands::Unknown => hash,
            Brands::Attribute(brands) => brands.iter().fold(hash, |hash, brand| hash.value(brand)),
            Brands::Header(header) => hash.text(header),
        }
        .finish()
    }

    /// The browser among the brands, which name Chromium and a made-up brand besides.
    pub fn browser(&self) -> Option<(&'static str, &'static str)> {
        let known = |(name, version): (&str, &str)| Some((browser(name)?, major(version)));
        match self.brands {
            Brands::Unknown => None,
            Brands::Attribute(brands) => {
                brands.iter().filter_map(Value::as_text).filter_map(|brand| brand.rsplit_once(' ')).find_map(known)
            }
            Brands::Header(header) => in_header(header).find_map(known),
        }
    }

    /// The system, and its version where that was told.
    pub fn system(&self) -> Option<(&'static str, &'static str)> {
        let version = major(self.platform_version);
        Some(match self.platform {
            "Windows" => ("Windows", windows(self.platform_version)),
            "macOS" => ("macOS", version),
            "Android" => ("Android", version),
            "iOS" => ("iOS", version),
            "Linux" => ("Linux", ""),
            "Chrome OS" | "ChromeOS" | "Chromium OS" => ("ChromeOS", ""),
            _ => return None,
        })
    }
}

fn browser(brand: &str) -> Option<&'static str> {
    Some(match brand {
        "Google Chrome" | "HeadlessChrome" => "Chrome",
        "Microsoft Edge" => "Edge",
        "Opera" => "Opera",
        "Brave" => "Brave",
        "Samsung Internet" => "Samsung Internet",
        "YaBrowser" | "Yandex" => "Yandex",
        "Vivaldi" => "Vivaldi",
        "Android WebView" => "WebView",
        _ => return None,
    })
}

/// Windows counts its interfaces here: those of 13 and above came with Windows 11, those below 1 were before Windows 10.
fn windows(version: &str) -> &'static str {
    let mut parts = version.split('.').map(str::parse::<u32>);
    match (parts.next(), parts.next()) {
        (Some(Ok(13..)), _) => "11",
        (Some(Ok(1..=12)), _) => "10",
        (Some(Ok(0)), Some(Ok(1))) => "7",
        (Some(Ok(0)), Some(Ok(2))) => "8",
        (Some(Ok(0)), Some(Ok(3))) => "8.1",
        _ => "",
    }
}

/// Names and versions, which stand in quotes by turns; made-up brands hold every other sign.
fn in_header(header: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut quoted = header.split('"').skip(1).step_by(2);
    std::iter::from_fn(move || Some((quoted.next()?, quoted.next()?)))
}

fn flag(header: &str) -> Option<bool> {
    match header.trim() {
        "?1" => Some(true),
        "?0" => Some(false),
        _ => None,
    }
}

fn unquoted(header: &str) -> &str {
    header.trim().trim_matches('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_of_brands_is_read_whatever_is_made_up_in_it() {
        for header in [
            r#""Chromium";v="142", "Google Chrome";v="142", "Not;A,Brand (x)";v="99""#,
            r#""Not)A;Brand";v="8.0.0.0", "Google Chrome";v="142.0.7444.59""#,
        ] {
            let hints = Hints { brands: Brands::Header(header), ..Hints::default() };
            assert_eq!(hints.browser(), Some(("Chrome", "142")), "{header}");
        }
        for nonsense in ["", "\"", "\"Google Chrome\"", "Google Chrome;v=142"] {
            let hints = Hints { brands: Brands::Header(nonsense), ..Hints::default() };
            assert_eq!(hints.browser(), None, "{nonsense}");
        }
    }

    #[test]
    fn the_version_of_a_platform_tells_windows_11_from_10() {
        for (platform, version, expected) in [
            ("Windows", "15.0.0", Some(("Windows", "11"))),
            ("Windows", "13.0.0", Some(("Windows", "11"))),
            ("Windows", "10.0.0", Some(("Windows", "10"))),
            ("Windows", "0.3.0", Some(("Windows", "8.1"))),
            ("Windows", "", Some(("Windows", ""))),
            ("macOS", "14.5.0", Some(("macOS", "14"))),
            ("Chromium OS", "1", Some(("ChromeOS", ""))),
            ("Fuchsia", "1", None),
            ("", "", None),
        ] {
            let hints = Hints { platform, platform_version: version, ..Hints::default() };
            assert_eq!(hints.system(), expected, "{platform} {version}");
        }
    }

    #[test]
    fn the_resource_goes_before_the_headers() {
        let headers = HintHeaders {
            brands: Some(r#""Microsoft Edge";v="142""#),
            mobile: Some("?1"),
            platform: Some("\"Windows\""),
            platform_version: Some("\"15.0.0\""),
        };
        let none = Attributes::default();
        let from_headers = Hints::read(&none, headers);
        assert_eq!((from_headers.browser(), from_headers.mobile), (Some(("Edge", "142")), Some(true)));
        assert_eq!(from_headers.system(), Some(("Windows", "11")));
        let pair = |key: &'static str, value| (key.into(), value);
        let resource = Attributes(vec![
            pair(names::BROWSER_BRANDS, Value::Array(vec![Value::Text("Brave 141".into())])),
            pair(names::BROWSER_MOBILE, Value::Bool(false)),
            pair(names::BROWSER_PLATFORM, Value::Text("macOS".into())),
        ]);
        let hints = Hints::read(&resource, headers);
        assert_eq!((hints.browser(), hints.mobile, hints.platform), (Some(("Brave", "141")), Some(false), "macOS"));
        assert_ne!(hints.hash("x"), from_headers.hash("x"));
    }
}
