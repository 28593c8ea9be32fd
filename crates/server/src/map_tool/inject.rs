//! Gives each script and its map a common debug id, after the proposal for ECMA-426: a comment in the script, a field in the map,
//! and a line that tells the page's agent, since no browser does so yet.
//!
//! The id comes from the script's own bytes, so the same build has the same ids, and doing it again changes nothing.

use std::fs;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::scripts::{self, Script, debug_id};

pub fn run(folder: &Path) -> Result<String, String> {
    let scripts = scripts::find(folder)?;
    if scripts.is_empty() {
        return Err(format!("no script below {} has a map: build with source maps", folder.display()));
    }
    let mut report = String::new();
    for script in &scripts {
        let done = inject(script).map_err(|wrong| format!("{}: {wrong}", script.name))?;
        report.push_str(&format!("{} {}\n", if done { "injected" } else { "was injected" }, script.name));
    }
    Ok(report)
}

/// False when it was there.
fn inject(script: &Script) -> Result<bool, String> {
    let told = |error: std::io::Error| error.to_string();
    let text = fs::read_to_string(&script.path).map_err(told)?;
    if debug_id(&text).is_some() {
        return Ok(false);
    }
    let id = id_of(text.as_bytes());
    let map = fs::read(&script.map).map_err(told)?;
    let map: Value = serde_json::from_slice(&map).map_err(|error| format!("its map is no JSON: {error}"))?;
    // The map goes first: where this was interrupted before, it is done and the script is not.
    if map["debugId"] != Value::String(id.clone()) {
        write(&script.map, with_id(map, &id)?.to_string().as_bytes())?;
    }
    write(&script.path, with_line(&text, &id).as_bytes())?;
    Ok(true)
}

/// A UUID of version 8, RFC 9562, section 5.8: the first bits of the SHA-256 of the script.
fn id_of(script: &[u8]) -> String {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(script)[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// One line is put in front, so every place in the map is a line further down.
fn with_id(mut map: Value, id: &str) -> Result<Value, String> {
    let fields = map.as_object_mut().ok_or("its map is no object")?;
    if let Some(sections) = fields.get_mut("sections").and_then(Value::as_array_mut) {
        for section in sections {
            let line = section["offset"]["line"].as_u64().ok_or("a section of its map has no offset")?;
            section["offset"]["line"] = (line + 1).into();
        }
    } else {
        let mappings = fields.get("mappings").and_then(Value::as_str).ok_or("its map has no mappings")?;
        let shifted = format!(";{mappings}");
        fields.insert("mappings".to_owned(), shifted.into());
    }
    fields.insert("debugId".to_owned(), id.into());
    // What other tools read.
    fields.insert("debug_id".to_owned(), id.into());
    Ok(map)
}

/// The line goes behind a first line for the shell; what was strict stays strict.
fn with_line(script: &str, id: &str) -> String {
    let (shell, rest) = match script.strip_prefix("#!").and_then(|_| script.find('\n')) {
        Some(end) => script.split_at(end + 1),
        None => ("", script),
    };
    let start = behind_comments(rest);
    let strict = start.starts_with("\"use strict\"") || start.starts_with("'use strict'");
    let directive = if strict { "\"use strict\";" } else { "" };
    // As old as scripts may be: it runs before whatever they bring for old browsers.
    let line = format!(
        "{directive}!function(){{try{{var g=\"undefined\"!=typeof globalThis?globalThis:self,s=(new g.Error).stack;\
         s&&((g._limenDebugIds=g._limenDebugIds||{{}})[s]=\"{id}\")}}catch(e){{}}}}();\n"
    );
    let comment = format!("//# debugId={id}\n");
    let at = rest.rfind("//# sourceMappingURL=").or_else(|| rest.rfind("//@ sourceMappingURL="));
    let (body, mapping) = rest.split_at(at.unwrap_or(rest.len()));
    let gap = if body.is_empty() || body.ends_with('\n') { "" } else { "\n" };
    format!("{shell}{line}{body}{gap}{comment}{mapping}")
}

/// Where a directive would be: below licences and whatever else may stand above it.
fn behind_comments(script: &str) -> &str {
    let mut rest = script;
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
        let end = match rest.get(..2) {
            Some("//") => rest.find('\n').map(|at| at + 1),
            Some("/*") => rest[2..].find("*/").map(|at| at + 4),
            _ => return rest,
        };
        rest = &rest[end.unwrap_or(rest.len())..];
    }
}

/// Whole or not at all; what could be run before can be run after.
fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let part = path.with_extension("limen-part");
    let rights = || fs::set_permissions(&part, fs::metadata(path)?.permissions());
    let written = fs::write(&part, bytes).and_then(|()| rights()).and_then(|()| fs::rename(&part, path));
    written.map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "00000000-0000-8000-8000-000000000000";

    #[test]
    fn an_id_is_a_uuid_of_the_bytes() {
        let id = id_of(b"run();");
        assert_eq!(id, id_of(b"run();"));
        assert_ne!(id, id_of(b"run()"));
        assert_eq!((id.len(), &id[14..15]), (36, "8"));
    }

    #[test]
    fn the_line_goes_first_and_the_comment_before_that_of_the_map() {
        let told = with_line("run();\n//# sourceMappingURL=a.map\n", ID);
        let lines: Vec<&str> = told.lines().collect();
        assert!(lines[0].contains(ID));
        assert_eq!(lines[1..], ["run();", &format!("//# debugId={ID}"), "//# sourceMappingURL=a.map"]);
        assert!(with_line("\"use strict\";run()", ID).starts_with("\"use strict\";!function"));
        let shell = with_line("#!/usr/bin/env node\nrun()", ID);
        assert_eq!(shell.lines().next(), Some("#!/usr/bin/env node"));
        assert!(shell.ends_with(&format!("run()\n//# debugId={ID}\n")));
    }

    /// The plugins for bundlers are held to the same folders.
    #[test]
    fn the_fixtures_of_scripts_come_out_byte_for_byte() {
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/sourcemaps");
        let folders = |path: &Path| fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").path());
        let mut cases = 0;
        for case in folders(&fixtures).filter(|path| path.is_dir()) {
            let (work, injected) = (tempfile::tempdir().expect("a folder"), case.join("injected"));
            for file in folders(&case.join("built")) {
                fs::copy(&file, work.path().join(file.file_name().expect("a name"))).expect("copied");
            }
            run(work.path()).expect("injected");
            for file in folders(work.path()) {
                let expected = injected.join(file.file_name().expect("a name"));
                if std::env::var_os("UPDATE_FIXTURES").is_some() {
                    fs::create_dir_all(&injected).and_then(|()| fs::copy(&file, &expected)).expect("written");
                }
                let text = |path: &Path| String::from_utf8(fs::read(path).unwrap_or_default()).expect("text");
                assert_eq!(text(&file), text(&expected), "{}", expected.display());
            }
            cases += 1;
        }
        assert!(cases > 20, "{cases}");
    }

    #[cfg(unix)]
    #[test]
    fn what_could_be_run_can_be_run_afterwards() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let script = folder.path().join("run.js");
        fs::write(&script, "#!/usr/bin/env node\nrun();").expect("written");
        fs::write(folder.path().join("run.js.map"), r#"{"version":3,"mappings":""}"#).expect("written");
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("executable");
        run(folder.path()).expect("injected");
        assert_eq!(fs::metadata(&script).expect("a file").permissions().mode() & 0o777, 0o755);
    }

    #[test]
    fn every_place_of_a_map_is_a_line_further_down() {
        let map = serde_json::json!({ "version": 3, "mappings": "AAAA" });
        let map = with_id(map, ID).expect("a map");
        assert_eq!((map["mappings"].as_str(), map["debugId"].as_str()), (Some(";AAAA"), Some(ID)));
        let index = serde_json::json!({ "version": 3, "sections": [{ "offset": { "line": 2, "column": 0 } }] });
        assert_eq!(with_id(index, ID).expect("a map")["sections"][0]["offset"]["line"], 3);
        assert!(with_id(serde_json::json!({ "version": 3 }), ID).is_err());
    }
}
