//! Server time per event, from the program in the server's crate that measures it and prints a JSON line per row.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::progress::Step;
use crate::rust_build::cargo;
use crate::shell;
use crate::workspace::Workspace;

/// One batch size in one format: the whole way of an event, beside the two floors measured in the same run.
#[derive(Debug, PartialEq)]
pub struct Row {
    pub format: String,
    pub batch: u64,
    /// How many rows the group commit wrote at a time, on average.
    pub group_rows: f64,
    pub whole_us: f64,
    /// The server's and the engine's share of the whole.
    pub server_us: f64,
    pub engine_us: f64,
    pub decode_us: f64,
    pub insert_us: f64,
    /// The whole as a multiple of the sum of the floors.
    pub ratio: f64,
}

pub fn measure(workspace: &Workspace, step: &Step) -> Result<Vec<Row>> {
    step.doing("building and running the measurement");
    let text = shell::output(&mut cargo(
        workspace,
        &["run", "--release", "--locked", "--quiet", "--package", "limen-server", "--example", "ingest_cost"],
    ))?;
    parse(&text)
}

fn parse(text: &str) -> Result<Vec<Row>> {
    let lines = text.lines().filter(|line| line.starts_with('{'));
    let rows = lines.map(|line| row(line).with_context(|| format!("not a row: {line}"))).collect::<Result<Vec<_>>>()?;
    if rows.is_empty() {
        bail!("the measurement printed no rows");
    }
    Ok(rows)
}

fn row(line: &str) -> Result<Row> {
    let value: Value = serde_json::from_str(line)?;
    let number = |name: &str| value.get(name).and_then(Value::as_f64).with_context(|| format!("no number `{name}`"));
    Ok(Row {
        format: value.get("format").and_then(Value::as_str).context("no `format`")?.to_owned(),
        batch: value.get("batch").and_then(Value::as_u64).context("no `batch`")?,
        group_rows: number("group_rows")?,
        whole_us: number("whole_us_per_event")?,
        server_us: number("server_us_per_event")?,
        engine_us: number("engine_us_per_event")?,
        decode_us: number("decode_us_per_event")?,
        insert_us: number("insert_us_per_event")?,
        ratio: number("ratio")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_and_other_output_is_passed_over() -> Result<()> {
        let line = concat!(
            r#"{"table":"ingest","format":"json","batch":20,"group_rows":800,"whole_us_per_event":30.5,"#,
            r#""server_us_per_event":12,"engine_us_per_event":18.5,"#,
            r#""decode_us_per_event":5,"insert_us_per_event":12,"ratio":1.79}"#
        );
        let rows = parse(&format!("warming up\n{line}\n"))?;
        assert_eq!((rows[0].format.as_str(), rows[0].batch, rows[0].whole_us), ("json", 20, 30.5));
        Ok(())
    }

    #[test]
    fn a_measurement_without_rows_is_an_error() {
        assert!(parse("nothing\n").is_err());
        assert!(parse("{\"format\":\"json\"}\n").is_err());
    }
}
