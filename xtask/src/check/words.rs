//! Words that must not stay: unfinished work without an issue, and paths of the machine it was written on.

use super::Finding;
use super::sources::Source;

/// In two halves, so that this file does not find itself.
const UNFINISHED: &[[&str; 2]] = &[["TO", "DO"], ["FIX", "ME"], ["XX", "X"]];
/// Top folders of a developer's machine.
const MACHINE_FOLDERS: &[&str] = &["home", "Users", "root", "work"];

pub fn check(source: &Source) -> Vec<Finding> {
    if source.is_generated() {
        return Vec::new();
    }
    let lines = source.text.lines().enumerate();
    lines.filter_map(|(index, line)| Some(Finding::new(&source.path, index + 1, fault(line)?))).collect()
}

fn fault(line: &str) -> Option<String> {
    for word in UNFINISHED.iter().map(|halves| halves.concat()) {
        if let Some(at) = find_word(line, &word)
            && !line[at + word.len()..].trim_start_matches([' ', '(', ':']).starts_with('#')
        {
            return Some(format!("{word} without the number of an issue: finish it, or write {word}(#12)"));
        }
    }
    if line.contains(&["../", "shared"].concat()) {
        return Some("names a folder beside the project, which a clone does not have".to_owned());
    }
    let folder = MACHINE_FOLDERS.iter().find(|folder| names_absolute(line, folder))?;
    Some(format!("names an absolute path under /{folder}, which other machines do not have"))
}

fn find_word(line: &str, word: &str) -> Option<usize> {
    let at = line.find(word)?;
    let edge = |character: Option<char>| character.is_none_or(|character| !character.is_alphanumeric());
    let alone = edge(line[..at].chars().next_back()) && edge(line[at + word.len()..].chars().next());
    alone.then_some(at)
}

/// `/folder/name` at the start of a path: not as a later part of a path or URL.
fn names_absolute(line: &str, folder: &str) -> bool {
    let path = format!("/{folder}/");
    line.match_indices(&path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + path.len()..].chars().next();
        before.is_none_or(|character| " \t\"'`(=:,<".contains(character))
            && after.is_some_and(|character| character.is_alphanumeric() || character == '.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unfinished_work_needs_the_number_of_an_issue() {
        let word = UNFINISHED[0].concat();
        assert!(fault(&format!("// {word}: later")).is_some());
        assert!(fault(&format!("// {word}(#12): later")).is_none());
        assert!(fault(&format!("{word}LIST")).is_none());
    }

    #[test]
    fn paths_of_one_machine_are_found_and_urls_are_not() {
        assert!(fault(&["open(\"/", "home/ann/x\")"].concat()).is_some());
        assert!(fault("https://example.com/home/ann").is_none());
        assert!(fault("let route = \"/home/\";").is_none());
        assert!(fault(&["see ../", "shared/x"].concat()).is_some());
    }
}
