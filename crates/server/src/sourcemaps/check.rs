//! What was uploaded, opened and looked at: only what can be a source map goes on.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use serde::Deserialize;
use serde::de::IgnoredAny;
use sha2::{Digest, Sha256};

use super::SourceMapError;
use crate::limits::SOURCE_MAP_BYTES_MAX;

/// A map that can be kept.
#[derive(Debug)]
pub struct Checked {
    /// The one that the map states, canonical.
    pub debug_id: Option<String>,
    pub content: String,
    pub bytes: i64,
    pub packed: Vec<u8>,
}

/// The parts of a map that tell what it is; the rest is only walked over.
#[derive(Deserialize)]
struct Outline {
    version: Option<serde_json::Value>,
    mappings: Option<IgnoredAny>,
    sections: Option<IgnoredAny>,
    #[serde(rename = "debugId")]
    debug_id: Option<String>,
    /// What bundlers wrote before there was a proposal for a standard.
    #[serde(rename = "debug_id")]
    older_debug_id: Option<String>,
}

pub fn check(body: Vec<u8>, gzip: bool, limit: usize) -> Result<Checked, SourceMapError> {
    let opened = if gzip { open(&body, limit)? } else { body };
    if opened.len() > limit {
        return Err(SourceMapError::TooLarge { limit });
    }
    let not_a_map = |told: String| SourceMapError::NotAMap(told);
    if !opened.trim_ascii_start().starts_with(b"{") {
        return Err(not_a_map("it is not a JSON object".to_owned()));
    }
    let outline: Outline = serde_json::from_slice(&opened).map_err(|error| not_a_map(error.to_string()))?;
    if outline.version != Some(3.into()) {
        return Err(not_a_map("its `version` is not 3".to_owned()));
    }
    if outline.mappings.is_none() && outline.sections.is_none() {
        return Err(not_a_map("it has neither `mappings` nor `sections`".to_owned()));
    }
    let stated = outline.debug_id.or(outline.older_debug_id);
    let unreadable = |id: &str| not_a_map(format!("its debug id is no UUID: {:.50}", id.escape_debug().to_string()));
    let stated = stated.map(|id| debug_id(&id).ok_or_else(|| unreadable(&id))).transpose()?;
    let content = hexadecimal(&Sha256::digest(&opened));
    Ok(Checked { debug_id: stated, content, bytes: opened.len() as i64, packed: pack(&opened)? })
}

/// A file of ours; one that was damaged on the disk cannot fill the memory either.
pub fn open_stored(packed: &[u8]) -> std::io::Result<Vec<u8>> {
    open(packed, SOURCE_MAP_BYTES_MAX).map_err(|error| std::io::Error::other(error.to_string()))
}

fn open(packed: &[u8], limit: usize) -> Result<Vec<u8>, SourceMapError> {
    let mut opened = Vec::new();
    let mut reader = MultiGzDecoder::new(packed).take(limit as u64 + 1);
    match reader.read_to_end(&mut opened).map_err(SourceMapError::GzipBroken)? {
        read if read > limit => Err(SourceMapError::TooLarge { limit }),
        _ => Ok(opened),
    }
}

fn pack(opened: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(opened)?;
    encoder.finish()
}

/// A UUID in its canonical form: 32 hexadecimal digits in lower case, in five groups.
pub fn debug_id(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|letter| *letter != '-').collect::<String>().to_ascii_lowercase();
    let grouped = || [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| &digits[part]).join("-");
    let readable = digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let canonical = readable.then(grouped)?;
    (text.len() == 32 || text.eq_ignore_ascii_case(&canonical)).then_some(canonical)
}

/// The path of a script without origin, query and fragment, as a browser asks for it.
pub fn script_path(path: &str) -> String {
    let path = limen_stack::path_of(path).trim();
    if path.is_empty() || path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}

pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0a1b2c3d-0000-4000-8000-0123456789ab";

    #[test]
    fn a_debug_id_is_read_in_every_way_it_is_written() {
        for text in
            [ID, "0A1B2C3D-0000-4000-8000-0123456789AB", "0a1b2c3d000040008000 0123456789ab".replace(' ', "").as_str()]
        {
            assert_eq!(debug_id(text).as_deref(), Some(ID), "{text}");
        }
        for text in [
            "",
            "0a1b2c3d",
            "0a1b2c3d-0000-4000-8000-0123456789a",
            "0a1b2c3d-0000-4000-80000123-456789ab",
            "zz1b2c3d-0000-4000-8000-0123456789ab",
        ] {
            assert_eq!(debug_id(text), None, "{text}");
        }
    }

    #[test]
    fn a_script_is_known_by_its_path_alone() {
        for url in ["https://a.example:8443/static/app.js?v=1#x", "/static/app.js", "static/app.js"] {
            assert_eq!(script_path(url), "/static/app.js", "{url}");
        }
        assert_eq!(script_path("https://a.example"), "");
    }

    #[test]
    fn a_map_keeps_its_hash_however_it_was_packed() {
        let map = format!(r#"{{"version":3,"sources":[],"mappings":"","debugId":"{ID}"}}"#).into_bytes();
        let plain = check(map.clone(), false, 1000).expect("a map");
        let packed = check(pack(&map).expect("packed"), true, 1000).expect("a map");
        assert_eq!((&plain.content, plain.bytes), (&packed.content, packed.bytes));
        assert_eq!(plain.debug_id.as_deref(), Some(ID));
        assert_eq!(open_stored(&plain.packed).expect("opened"), map);
    }

    #[test]
    fn what_is_no_map_is_refused_with_the_reason() {
        for (body, reason) in [
            ("", "not a JSON object"),
            ("[]", "not a JSON object"),
            ("{", "EOF"),
            ("{}", "`version`"),
            (r#"{"version":"3","mappings":""}"#, "`version`"),
            (r#"{"version":3,"sources":[]}"#, "neither"),
            (r#"{"version":3,"mappings":"","debugId":"x"}"#, "no UUID"),
        ] {
            let error = check(body.as_bytes().to_vec(), false, 1000).expect_err(body).to_string();
            assert!(error.contains(reason), "{body}: {error}");
        }
    }

    #[test]
    fn what_is_too_large_is_refused_before_it_fills_the_memory() {
        let bomb = pack(&vec![b' '; 4_000_000]).expect("packed");
        assert!(bomb.len() < 10_000);
        assert!(matches!(check(bomb, true, 1000), Err(SourceMapError::TooLarge { limit: 1000 })));
        assert!(matches!(check(vec![b' '; 1001], false, 1000), Err(SourceMapError::TooLarge { .. })));
        assert!(matches!(check(b"{}".to_vec(), true, 1000), Err(SourceMapError::GzipBroken(_))));
    }
}
