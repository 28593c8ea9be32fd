//! Writes docs/benchmarks.md: the figures as tables, with what was measured and how.

use std::fmt::Write;

use super::Figures;
use super::ingest::Row;
use super::sections::{APART, section};

/// `before`: the page as it is, whose sections that are measured apart are kept.
pub fn write(figures: &Figures, before: &str) -> String {
    let mut page = String::from(
        "# Benchmarks\n\n\
         Measured by `cargo xtask bench`, which writes this page. Figures of one machine are for comparing changes on\n\
         that machine, not machines.\n\n",
    );
    let machine = &figures.machine;
    let mut say = |text: String| {
        // Writing to a text cannot fail.
        let _ = writeln!(page, "{text}");
    };
    say(format!(
        "Machine: {}, {} cores, {:.0} GiB, {}, {}. Date: {}.",
        machine.processor, machine.cores, machine.memory_gib, machine.system, machine.rustc, machine.date
    ));
    say("\n## Server time per event\n".to_owned());
    say("CPU time of server and engine from the body of a request to the durable row, merged into one part, in µs per event".into());
    say("(about 1.3 KB as JSON). JSON comes packed with gzip, protobuf as it is. The floors are measured in the same run:".into());
    say("unpacking and decoding alone, and inserting and merging the same columns straight into the engine. A busy server".into());
    say("writes 20,000 rows a group. The aim is 65,000 events a second and core of JSON and 100,000 of protobuf.\n"
        .into());
    say("| format | events a batch | rows a group | whole | of it server | of it engine | decoding alone | inserting alone | whole / floors | events a second and core |".into());
    say("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|".into());
    for row in &figures.ingest {
        say(ingest_row(row));
    }
    for kept in APART.map(|heading| section(before, heading)).into_iter().filter(|kept| !kept.is_empty()) {
        say(format!("\n{}", kept.trim_end()));
    }
    say("\n## Starting, resting, building\n".to_owned());
    say("| what | figure |\n|---|--:|".to_owned());
    let running = &figures.running;
    say(format!("| first start to ready, empty data folder | {:.2} s |", running.first_start_seconds));
    say(format!("| later start to ready | {:.2} s |", running.second_start_seconds));
    say(format!("| server at rest, resident memory | {:.0} MiB |", running.server_idle_mib));
    say(format!("| engine at rest, resident memory | {:.0} MiB |", running.engine_idle_mib));
    let cold = figures
        .cold_build_seconds
        .map_or_else(|| "not measured (`--cold`)".to_owned(), |seconds| format!("{seconds:.0} s"));
    say(format!("| optimised build of the server from nothing, sources downloaded | {cold} |"));
    page
}

fn ingest_row(row: &Row) -> String {
    format!(
        "| {} | {} | {:.0} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.2} | {:.0} |",
        row.format,
        row.batch,
        row.group_rows,
        row.whole_us,
        row.server_us,
        row.engine_us,
        row.decode_us,
        row.insert_us,
        row.ratio,
        1e6 / row.whole_us
    )
}
