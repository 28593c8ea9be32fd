//! The machine that figures were measured on: without it they say nothing.

use std::fs;
use std::process::Command;
use std::thread;

use anyhow::Result;

use crate::shell;

pub struct Machine {
    pub processor: String,
    pub cores: usize,
    pub memory_gib: f64,
    pub system: String,
    pub rustc: String,
    pub date: String,
}

impl Machine {
    pub fn look() -> Result<Self> {
        Ok(Self {
            processor: processor(),
            cores: thread::available_parallelism()?.get(),
            memory_gib: memory_bytes() / f64::from(1 << 30),
            system: system()?,
            rustc: shell::output(Command::new("rustc").arg("--version"))?.trim().to_owned(),
            date: shell::output(Command::new("date").args(["-u", "+%Y-%m-%d"]))?.trim().to_owned(),
        })
    }
}

fn processor() -> String {
    fs::read_to_string("/proc/cpuinfo")
        .ok()
        .and_then(|text| field(&text, "model name"))
        .or_else(|| sysctl("machdep.cpu.brand_string"))
        .unwrap_or_else(|| "unknown processor".to_owned())
}

fn memory_bytes() -> f64 {
    let from_proc = fs::read_to_string("/proc/meminfo").ok().and_then(|text| {
        let kib: f64 = field(&text, "MemTotal")?.trim_end_matches("kB").trim().parse().ok()?;
        Some(kib * 1024.0)
    });
    from_proc.or_else(|| sysctl("hw.memsize")?.parse().ok()).unwrap_or(0.0)
}

fn system() -> Result<String> {
    let kernel = shell::output(Command::new("uname").args(["-sr"]))?.trim().to_owned();
    let name = fs::read_to_string("/etc/os-release")
        .ok()
        .and_then(|text| text.lines().find_map(|line| line.strip_prefix("PRETTY_NAME=").map(str::to_owned)));
    Ok(name.map_or_else(|| kernel.clone(), |name| format!("{}, {kernel}", name.trim_matches('"'))))
}

fn sysctl(name: &str) -> Option<String> {
    shell::output(Command::new("sysctl").args(["-n", name])).ok().map(|text| text.trim().to_owned())
}

/// The value of the first `name : value` line.
fn field(text: &str, name: &str) -> Option<String> {
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.split_once(':').map(|(_, value)| value.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_read_with_its_blanks_trimmed() {
        assert_eq!(field("a : 1\nmodel name\t: CPU 3000\n", "model name"), Some("CPU 3000".to_owned()));
        assert_eq!(field("", "model name"), None);
    }
}
