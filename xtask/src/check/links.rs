//! Links between our documents lead somewhere: to a file that is there, and to a heading it has.

use std::path::{Component, Path, PathBuf};

use super::Finding;
use super::sources::Source;

pub fn check(root: &Path, sources: &[Source]) -> Vec<Finding> {
    let documents = sources.iter().filter(|source| source.ending() == "md");
    documents.flat_map(|document| broken(root, sources, document)).collect()
}

fn broken(root: &Path, sources: &[Source], document: &Source) -> Vec<Finding> {
    let folder = Path::new(&document.path).parent().unwrap_or(Path::new(""));
    let mut findings = Vec::new();
    for (line, target) in links(&document.text) {
        if target.contains("://") || target.starts_with("mailto:") {
            continue;
        }
        let (file, heading) = target.split_once('#').unwrap_or((&target, ""));
        let path = if file.is_empty() { PathBuf::from(&document.path) } else { plain(&folder.join(file)) };
        if !root.join(&path).exists() {
            findings.push(Finding::new(&document.path, line, format!("the link to {target} leads nowhere")));
        } else if !heading.is_empty() && !has_heading(sources, &path, heading) {
            findings.push(Finding::new(&document.path, line, format!("{} has no heading #{heading}", path.display())));
        }
    }
    findings
}

/// `[text](target)` and `src="target"` outside of code, with their lines.
fn links(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        for part in line.split("](").skip(1) {
            if let Some((target, _)) = part.split_once(')') {
                found.push((index + 1, target.trim().to_owned()));
            }
        }
    }
    found
}

fn has_heading(sources: &[Source], path: &Path, heading: &str) -> bool {
    let document = sources.iter().find(|source| Path::new(&source.path) == path);
    document.is_none_or(|document| {
        document.text.lines().filter(|line| line.starts_with('#')).any(|line| anchor(line) == heading)
    })
}

/// The anchor that hosts of Markdown give a heading.
fn anchor(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    text.chars()
        .filter(|character| character.is_alphanumeric() || " -_".contains(*character))
        .map(|character| if character == ' ' { '-' } else { character })
        .collect()
}

/// Resolves `..` without asking the file system.
fn plain(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => drop(result.pop()),
            Component::CurDir => {}
            other => result.push(other),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> usize {
        let root = tempfile::tempdir().expect("a folder");
        std::fs::write(root.path().join("README.md"), text).expect("written");
        check(root.path(), &[Source::of("README.md", text)]).len()
    }

    #[test]
    fn a_link_to_a_missing_file_or_heading_is_found() {
        assert_eq!(faults("[a](nowhere.md)"), 1);
        assert_eq!(faults("# Start here\n[a](#start-here) [b](README.md#elsewhere)"), 1);
    }

    #[test]
    fn links_to_other_sites_and_in_code_are_not_followed() {
        assert_eq!(faults("[a](https://example.com)\n```\n[a](nowhere.md)\n```\n"), 0);
    }
}
