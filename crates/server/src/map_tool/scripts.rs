//! The scripts below a folder and the maps beside them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::limits::{SCRIPTS_DEPTH_MAX, SCRIPTS_MAX};

/// A script with a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    pub path: PathBuf,
    /// With slashes, from the folder on.
    pub name: String,
    pub map: PathBuf,
}

const COMMENT: &str = "sourceMappingURL=";

/// By name. Scripts without a map, or with one inside them, are left out.
pub fn find(folder: &Path) -> Result<Vec<Script>, String> {
    let mut files = Vec::new();
    walk(folder, 0, &mut files)?;
    let mut scripts = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let named = mapping_url(&text).filter(|url| !url.starts_with("data:"));
        let beside = |name: &str| path.parent().map(|folder| folder.join(name)).filter(|map| map.is_file());
        let own = path.file_name().map(|name| format!("{}.map", name.to_string_lossy()));
        let map = named.and_then(|url| beside(url.split(['?', '#']).next().unwrap_or_default()));
        let Some(map) = map.or_else(|| own.and_then(|name| beside(&name))) else { continue };
        let name = path.strip_prefix(folder).unwrap_or(&path);
        let parts: Vec<_> = name.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        scripts.push(Script { name: parts.join("/"), map, path });
    }
    scripts.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(scripts)
}

fn walk(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    if depth > SCRIPTS_DEPTH_MAX {
        return Err(format!("{} is more than {SCRIPTS_DEPTH_MAX} folders deep", folder.display()));
    }
    for entry in fs::read_dir(folder).map_err(told)? {
        let entry = entry.map_err(told)?;
        // Of links one never knows where they end.
        let kind = entry.file_type().map_err(told)?;
        let path = entry.path();
        if kind.is_dir() && entry.file_name() != "node_modules" {
            walk(&path, depth + 1, files)?;
        } else if kind.is_file() && path.extension().is_some_and(|end| end == "js" || end == "mjs" || end == "cjs") {
            if files.len() == SCRIPTS_MAX {
                return Err(format!("there are more than {SCRIPTS_MAX} scripts"));
            }
            files.push(path);
        }
    }
    Ok(())
}

/// The address of the map in the last comment of that kind, ECMA-426, section 11.1.2.
fn mapping_url(script: &str) -> Option<&str> {
    comment(script, COMMENT)
}

/// The id that a script carries.
pub fn debug_id(script: &str) -> Option<&str> {
    comment(script, "debugId=")
}

fn comment<'s>(script: &'s str, name: &str) -> Option<&'s str> {
    let of_line = |line: &'s str| {
        let rest = line.trim().strip_prefix("//")?.strip_prefix(['#', '@'])?.trim_start();
        rest.strip_prefix(name).map(|value| value.split_whitespace().next().unwrap_or_default())
    };
    script.lines().rev().take(50).find_map(of_line).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_comment_counts() {
        let script = "//# sourceMappingURL=a.map\nrun();\n//# debugId=1-2\n//# sourceMappingURL=b.map\n";
        assert_eq!(mapping_url(script), Some("b.map"));
        assert_eq!(debug_id(script), Some("1-2"));
        assert_eq!(debug_id("const text = '//# debugId=1';"), None);
    }
}
