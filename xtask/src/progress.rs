//! Numbered steps with a spinner or a bar on a terminal, and plain lines everywhere else.

use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};

/// Off a terminal, a long step reports no more often than this.
const PLAIN_REPORT_EVERY: Duration = Duration::from_secs(15);

/// A run of steps whose number is known from the start.
pub struct Steps {
    total: usize,
    begun: usize,
    interactive: bool,
}

impl Steps {
    pub fn new(total: usize) -> Self {
        Self { total, begun: 0, interactive: stderr().is_terminal() }
    }

    /// Runs one step: shows that it began, what it is at, and how it ended. The work returns what is worth saying.
    pub fn run(&mut self, title: &str, work: impl FnOnce(&Step) -> Result<String>) -> Result<()> {
        let step = self.begin(title);
        match work(&step) {
            Ok(note) => {
                step.end("✓", &note);
                Ok(())
            }
            Err(error) => {
                step.end("✗", "failed");
                Err(error)
            }
        }
    }

    fn begin(&mut self, title: &str) -> Step {
        self.begun += 1;
        let label = format!("[{}/{}] {title}", self.begun, self.total);
        let bar = if self.interactive { spinner(&label) } else { ProgressBar::hidden() };
        if !self.interactive {
            eprintln!("{label} ...");
        }
        let now = Instant::now();
        Step { label, bar, interactive: self.interactive, begun: now, reported: std::cell::Cell::new(now) }
    }
}

/// One step under way.
pub struct Step {
    label: String,
    bar: ProgressBar,
    interactive: bool,
    begun: Instant,
    reported: std::cell::Cell<Instant>,
}

impl Step {
    /// Says what the step is doing now.
    pub fn doing(&self, what: &str) {
        self.bar.set_message(what.to_owned());
        self.report(|| what.to_owned());
    }

    /// Shows a bar from now on: `done` of `total` things, the last of which is `what`.
    pub fn count(&self, done: u64, total: u64, what: &str) {
        if self.interactive && self.bar.length().is_none() {
            self.bar.set_style(bar_style());
        }
        self.bar.set_length(total);
        self.bar.set_position(done);
        self.bar.set_message(what.to_owned());
        self.report(|| format!("{done} of {total}, {what}"));
    }

    /// A line that stays on the screen.
    pub fn note(&self, line: &str) {
        if self.interactive {
            self.bar.println(format!("    {line}"));
        } else {
            eprintln!("    {line}");
        }
    }

    fn report(&self, text: impl FnOnce() -> String) {
        if !self.interactive && self.reported.get().elapsed() >= PLAIN_REPORT_EVERY {
            self.reported.set(Instant::now());
            eprintln!("    {} ({})", text(), seconds(self.begun.elapsed()));
        }
    }

    fn end(self, mark: &str, note: &str) {
        self.bar.finish_and_clear();
        let note = if note.is_empty() { String::new() } else { format!(": {note}") };
        eprintln!("{mark} {}{note} ({})", self.label, seconds(self.begun.elapsed()));
    }
}

pub fn seconds(duration: Duration) -> String {
    let whole = duration.as_secs();
    if whole >= 60 {
        format!("{} min {:02} s", whole / 60, whole % 60)
    } else {
        format!("{:.1} s", duration.as_secs_f64())
    }
}

fn spinner(label: &str) -> ProgressBar {
    let bar = ProgressBar::no_length();
    bar.set_style(style("{spinner} {prefix}  {elapsed}  {wide_msg:.dim}"));
    bar.set_prefix(label.to_owned());
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

fn bar_style() -> ProgressStyle {
    style("{spinner} {prefix}  {bar:28} {pos}/{len}  {elapsed}  {wide_msg:.dim}").progress_chars("━╸─")
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_told_in_seconds_and_from_a_minute_in_minutes() {
        assert_eq!(seconds(Duration::from_millis(1_250)), "1.2 s");
        assert_eq!(seconds(Duration::from_secs(60)), "1 min 00 s");
        assert_eq!(seconds(Duration::from_secs(754)), "12 min 34 s");
    }
}
