//! Whose code is it? Of a frame: the application's, another party's, an extension's, the runtime's. Of an error: what it means.

use serde::{Deserialize, Serialize};

use crate::frame::Frame;
use crate::site::same_site;

/// Whose code a frame is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The application's own.
    App,
    /// A library in its bundle, by the path of its source.
    Library,
    /// A script of another site whose source nobody has given.
    ThirdParty,
    /// An extension of the visitor's browser, or what else puts scripts into pages.
    Extension,
    /// The browser itself.
    Runtime,
}

/// What an error is, before anybody has looked at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Of the application, or nothing says that it is not.
    App,
    /// No frame of it is in the application's code, and some are in a script of another site.
    ThirdParty,
    /// `Script error.`: a script of another origin without `crossorigin`, about which browsers tell nothing.
    Opaque,
    /// An extension threw it.
    Extension,
}

const EXTENSIONS: &[&str] = &[
    "chrome-extension://",
    "moz-extension://",
    "ms-browser-extension://",
    "safari-extension://",
    "safari-web-extension://",
    "webkit-masked-url://",
    "user-script:",
];
const RUNTIMES: &[&str] = &["chrome://", "resource://", "about:", "node:", "devtools://", "extensions::", "internal/"];

impl Party {
    pub fn name(self) -> &'static str {
        match self {
            Party::App => "app",
            Party::Library => "library",
            Party::ThirdParty => "third_party",
            Party::Extension => "extension",
            Party::Runtime => "runtime",
        }
    }

    /// By the place that the runtime names alone. `document` is the URL of the page; empty when it is not known.
    pub fn of(frame: &Frame<'_>, document: &str) -> Self {
        let begins = |list: &[&str]| list.iter().any(|start| frame.file.starts_with(start));
        if begins(EXTENSIONS) {
            Party::Extension
        } else if frame.file.is_empty() || begins(RUNTIMES) {
            Party::Runtime
        } else if same_site(frame.file, document) == Some(false) {
            Party::ThirdParty
        } else {
            Party::App
        }
    }

    /// By the path of the source that was found.
    pub fn of_source(file: &str) -> Self {
        let of = |parts: &[&str]| parts.iter().any(|part| file.contains(part));
        if of(&["node_modules/", "/bower_components/", "/vendor/"]) {
            Party::Library
        } else if of(&[
            "webpack/bootstrap",
            "webpack/runtime",
            "webpack/startup",
            "vite/preload-helper",
            "vite/modulepreload",
        ]) {
            Party::Runtime
        } else {
            Party::App
        }
    }
}

impl Class {
    pub fn name(self) -> &'static str {
        match self {
            Class::App => "app",
            Class::ThirdParty => "third_party",
            Class::Opaque => "opaque",
            Class::Extension => "extension",
        }
    }

    /// `parties` are those of the frames of the error itself, the innermost first.
    pub fn of(kind: &str, message: &str, parties: impl Iterator<Item = Party> + Clone) -> Self {
        let said = |text: &str| {
            let text = text.trim().trim_end_matches('.');
            text.eq_ignore_ascii_case("script error")
        };
        let known: Vec<Party> = parties.filter(|party| *party != Party::Runtime).collect();
        if known.is_empty() && (said(message) || (message.is_empty() && said(kind))) {
            Class::Opaque
        } else if known.first() == Some(&Party::Extension) {
            Class::Extension
        } else if known.contains(&Party::ThirdParty) && !known.contains(&Party::App) && !known.contains(&Party::Library)
        {
            Class::ThirdParty
        } else {
            Class::App
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(file: &str) -> Party {
        Party::of(&Frame { file, ..Frame::default() }, "https://shop.example/cart")
    }

    #[test]
    fn a_frame_belongs_to_whoever_served_it() {
        assert_eq!(party("https://shop.example/app.js"), Party::App);
        assert_eq!(party("https://cdn.shop.example/app.js"), Party::App);
        assert_eq!(party("app.js"), Party::App);
        assert_eq!(party("https://tags.example/t.js"), Party::ThirdParty);
        assert_eq!(party("chrome-extension://abc/content.js"), Party::Extension);
        assert_eq!(party(""), Party::Runtime);
        let unknown_page = Party::of(&Frame { file: "https://tags.example/t.js", ..Frame::default() }, "");
        assert_eq!(unknown_page, Party::App);
    }

    #[test]
    fn an_error_is_of_those_in_whose_code_it_was_thrown() {
        use Party::{App, Extension, Library, Runtime, ThirdParty};
        for (parties, class) in [
            (&[Runtime, Extension, App][..], Class::Extension),
            (&[App, Extension], Class::App),
            (&[ThirdParty, App], Class::App),
            (&[ThirdParty, Runtime], Class::ThirdParty),
            (&[Library], Class::App),
            (&[], Class::App),
        ] {
            assert_eq!(Class::of("Error", "broken", parties.iter().copied()), class, "{parties:?}");
        }
        assert_eq!(Class::of("Error", "Script error.", [].into_iter()), Class::Opaque);
        assert_eq!(Class::of("Error", "Script error.", [App].into_iter()), Class::App);
    }
}
