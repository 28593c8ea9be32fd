//! What questions about a week cost, from the program in the server's crate that measures it and prints a JSON line per figure.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use clap::Args;
use serde_json::Value;

use super::machine::Machine;
use super::sections;
use crate::frontend;
use crate::progress::Steps;
use crate::rust_build::{self, cargo};
use crate::shell;
use crate::workspace::Workspace;

const HEADING: &str = "## Questions over a week";

#[derive(Debug, Args)]
pub struct Options {
    /// Events in the week.
    #[arg(long, default_value_t = 20_000_000)]
    events: u64,
    /// Print the section and leave docs/benchmarks.md as it is.
    #[arg(long)]
    print: bool,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let mut steps = Steps::new(3);
    steps.run("engine library", |step| frontend::engine_library(workspace, step))?;
    steps.run("server, optimised", |step| rust_build::release(workspace, step, &["limen-server"]))?;
    let mut text = String::new();
    steps.run("questions over a week", |step| {
        step.doing("planting the week, summing it up and asking");
        let run = ["run", "--release", "--locked", "--quiet", "--package", "limen-server", "--example", "range_cost"];
        let mut program = cargo(workspace, &run);
        text = shell::output(program.arg("--").arg(options.events.to_string()))?;
        Ok(String::new())
    })?;
    let section = section(&text, options.events, &Machine::look()?)?;
    println!("\n{section}");
    if options.print { Ok(()) } else { sections::replace(workspace, HEADING, &section) }
}

fn section(text: &str, events: u64, machine: &Machine) -> Result<String> {
    let lines: Vec<Value> = text
        .lines()
        .filter(|line| line.starts_with('{'))
        .map(|line| serde_json::from_str(line).with_context(|| format!("not a row: {line}")))
        .collect::<Result<_>>()?;
    let of = |table: &'static str| lines.iter().filter(move |line| line["table"] == table);
    let number =
        |line: &Value, name: &str| line[name].as_f64().with_context(|| format!("no number `{name}` in {line}"));
    let job = of("job").next().context("no line about the job")?;
    let mut page = format!(
        "{HEADING}\n\n`cargo xtask bench range`: {:.1} million events of one application over seven days, made inside of the engine, merged \
         and\nasked about warm. CPU time of engine and server, in ms a question, over the week but its first and last twenty minutes.\n\
         Machine: {}, {} cores. Date: {}.\n\n| question | from the views | from sums by hour and day |\n|---|--:|--:|\n",
        events as f64 / 1e6,
        machine.processor,
        machine.cores,
        machine.date
    );
    let mut totals = [0.0, 0.0];
    for line in of("question") {
        let [views, sums] = [number(line, "views_ms")?, number(line, "sums_ms")?];
        totals = [totals[0] + views, totals[1] + sums];
        let _ = writeln!(page, "| {} | {views:.0} | {sums:.0} |", line["name"].as_str().unwrap_or_default());
    }
    let _ = writeln!(page, "| all eight, as the overview asks | {:.0} | {:.0} |", totals[0], totals[1]);
    for line in of("id") {
        let _ = writeln!(page, "| {} | {:.0} | |", line["name"].as_str().unwrap_or_default(), number(line, "ms")?);
    }
    let _ = writeln!(page, "\n| on the disk, merged | rows | bytes an event |\n|---|--:|--:|");
    let mut bytes = 0.0;
    for line in of("bytes") {
        bytes += number(line, "per_event")?;
        let name = line["of"].as_str().unwrap_or_default();
        let _ = writeln!(page, "| {name} | {:.0} | {:.1} |", number(line, "rows")?, number(line, "per_event")?);
    }
    let _ = writeln!(page, "| all | | {bytes:.1} |");
    let explained = of("explain").next().context("no line about the explanation")?;
    let _ = writeln!(
        page,
        "\nWhy the last day is slower than the six before it, for one country in one way: explained in {:.1} s, {:.1} s of CPU time, while\nthe engine's memory went from {:.0} to {:.0} MiB.",
        number(explained, "seconds")?,
        number(explained, "cpu")?,
        number(explained, "rest_mib")?,
        number(explained, "peak_mib")?
    );
    let _ = writeln!(
        page,
        "\nThe job that makes the sums takes {:.0} µs a view, {:.1} µs an event. The rows are leaner than those of real pages: only\n\
         their ratios say something about other sites.",
        number(job, "us_per_view")?,
        number(job, "us_per_event")?
    );
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_of_the_measurement_are_in_the_section() -> Result<()> {
        let machine = Machine {
            processor: "p".into(),
            cores: 2,
            memory_gib: 1.0,
            system: "s".into(),
            rustc: "r".into(),
            date: "d".into(),
        };
        let lines = concat!(
            r#"{"table":"job","us_per_view":40.0,"us_per_event":4.44}"#,
            "\n",
            r#"{"table":"bytes","of":"views","rows":10,"per_event":8.25}"#,
            "\nnoise\n",
            r#"{"table":"question","name":"vitals","views_ms":900.4,"sums_ms":50.2}"#,
            "\n",
            r#"{"table":"id","name":"trace by id","ms":14.0}"#,
            "\n",
            r#"{"table":"explain","seconds":2.5,"cpu":4.0,"rest_mib":300.0,"peak_mib":420.0}"#
        );
        let section = section(lines, 20_000_000, &machine)?;
        for line in [
            "| vitals | 900 | 50 |",
            "| trace by id | 14 | |",
            "| views | 10 | 8.2 |",
            "4.4 µs an event",
            "from 300 to 420 MiB",
        ] {
            assert!(section.contains(line), "{line} is missing in {section}");
        }
        assert!(super::section("nothing", 1, &machine).is_err());
        Ok(())
    }
}
