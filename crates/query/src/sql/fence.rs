//! Looks through the tree of a statement, as the engine parsed it, for what is not reading Limen's own tables.
//!
//! Each line of the tree is one node, indented under its parent: its kind, then its name. What is not known here is refused.

use crate::ScopeError;

/// What may be read.
pub const TABLES: [&str; 8] =
    ["error_stacks", "events", "logs", "metrics", "rollup_runs", "spans", "views", "views_rollup"];

/// Parts of a SELECT. `Set`, which changes settings, is none of them.
const KINDS: [&str; 28] = [
    "SelectWithUnionQuery",
    "SelectIntersectExceptQuery",
    "SelectQuery",
    "ExpressionList",
    "TablesInSelectQuery",
    "TablesInSelectQueryElement",
    "TableExpression",
    "TableIdentifier",
    "TableJoin",
    "ArrayJoin",
    "Subquery",
    "Function",
    "Identifier",
    "Literal",
    "Asterisk",
    "QualifiedAsterisk",
    "ColumnsRegexpMatcher",
    "ColumnsListMatcher",
    "ColumnsTransformerList",
    "ColumnsApplyTransformer",
    "ColumnsExceptTransformer",
    "ColumnsReplaceTransformer",
    "OrderByElement",
    "WithElement",
    "WindowDefinition",
    "WindowListElement",
    "SampleRatio",
    "Explain",
];

/// Functions in place of a table.
const TABLE_FUNCTIONS: [&str; 7] =
    ["numbers", "numbers_mt", "zeros", "zeros_mt", "generate_series", "generateseries", "values"];

/// Functions that read files, wait, ask other servers, or tell of the machine. Small letters; those that end in `*` by how they begin.
const REFUSED: [&str; 34] = [
    "file*",
    "catboost*",
    "dict*",
    "joinget*",
    "sleep*",
    "getsetting*",
    "getserver*",
    "getmergetree*",
    "getmacro*",
    "getclienthttp*",
    "getoskernel*",
    "getscalar*",
    "hostname*",
    "fqdn*",
    "fullhostname*",
    "serveruuid*",
    "servertimezone*",
    "tcpport*",
    "addressto*",
    "demangle*",
    "buildid*",
    "showcertificate*",
    "zookeeper*",
    "currentuser*",
    "user",
    "currentroles*",
    "currentprofiles*",
    "enabledroles*",
    "enabledprofiles*",
    "connectionid*",
    "logtrace*",
    "evalmlmethod*",
    "filesystem*",
    "executable*",
];

pub fn check(tree: &[String]) -> Result<(), ScopeError> {
    let refuse = |what: String| Err(ScopeError::SqlRefused { what });
    let mut parents: Vec<(usize, &str)> = Vec::new();
    for line in tree {
        let depth = line.len() - line.trim_start_matches(' ').len();
        let mut words = line.trim().split(' ');
        let kind = words.next().unwrap_or_default();
        let name = words.next().unwrap_or_default();
        parents.retain(|(above, _)| *above < depth);
        let parent = parents.last().map_or("", |(_, kind)| *kind);
        if !KINDS.contains(&kind) {
            return refuse(if kind == "Set" { "SETTINGS".to_owned() } else { kind.to_owned() });
        }
        match kind {
            "Function" => {
                let lower = name.to_ascii_lowercase();
                let table = parent == "TableExpression";
                if is_refused(&lower) || (table && !TABLE_FUNCTIONS.contains(&lower.as_str())) {
                    return refuse(format!("the function {name}"));
                }
            }
            "TableIdentifier" if !is_own(name) => return refuse(format!("the table {name}")),
            // The right side of IN may be a table as well.
            "Identifier" if is_of_others(name) => return refuse(format!("the table {name}")),
            _ => {}
        }
        parents.push((depth, kind));
    }
    Ok(())
}

fn is_refused(function: &str) -> bool {
    REFUSED.iter().any(|refused| match refused.strip_suffix('*') {
        Some(start) => function.starts_with(start),
        None => function == *refused,
    })
}

/// A table of Limen, or a name that the statement itself gives by WITH: what is neither is not there.
fn is_own(table: &str) -> bool {
    match table.split_once('.') {
        Some(("limen", table)) => TABLES.contains(&table),
        Some(_) => false,
        None => !matches!(table, "erasing" | "schema_steps" | "rollup_marks"),
    }
}

fn is_of_others(name: &str) -> bool {
    let first = name.split_once('.').map(|(first, _)| first.to_ascii_lowercase());
    matches!(first.as_deref(), Some("system" | "information_schema" | "default")) || name == "erasing"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lines: &[&str]) -> Result<(), ScopeError> {
        check(&lines.iter().map(|&line| line.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn what_is_not_known_is_refused() {
        assert_eq!(told(&["SelectWithUnionQuery (children 1)", " TableIdentifier limen.views"]), Ok(()));
        for line in [
            "InsertQuery   (children 2)",
            "Set",
            "TableIdentifier system.one",
            "TableIdentifier limen.schema_steps",
            "TableIdentifier erasing",
            "Identifier system.users",
            "Function FILE (children 1)",
            "Function dictGet (children 1)",
            "SomethingNew",
        ] {
            assert!(told(&[line]).is_err(), "{line}");
        }
    }

    #[test]
    fn a_function_in_place_of_a_table_must_be_one_of_few() {
        assert_eq!(told(&["TableExpression (children 1)", " Function numbers (children 1)"]), Ok(()));
        assert!(told(&["TableExpression (children 1)", " Function url (children 1)"]).is_err());
        assert_eq!(told(&["ExpressionList (children 1)", " Function count (children 1)"]), Ok(()));
    }
}
