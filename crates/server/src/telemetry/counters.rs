//! Numbers that go up and down while the server works; everybody who counts shares them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};
use std::time::{SystemTime, UNIX_EPOCH};

use super::Slow;

/// Where telemetry comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    Agent,
    OtlpHttp,
    OtlpGrpc,
    RemoteWrite,
}

impl Door {
    pub const ALL: [Door; 4] = [Door::Agent, Door::OtlpHttp, Door::OtlpGrpc, Door::RemoteWrite];

    pub fn name(self) -> &'static str {
        match self {
            Door::Agent => "agent",
            Door::OtlpHttp => "otlp_http",
            Door::OtlpGrpc => "otlp_grpc",
            Door::RemoteWrite => "remote_write",
        }
    }
}

/// What only goes up.
#[derive(Debug, Clone, Default)]
pub struct Count(Arc<AtomicU64>);

impl Count {
    pub fn add(&self, count: u64) {
        self.0.fetch_add(count, Relaxed);
    }

    pub fn get(&self) -> u64 {
        self.0.load(Relaxed)
    }
}

/// How many of something there are now.
#[derive(Debug, Clone, Default)]
pub struct Level(Arc<AtomicU64>);

/// One of them, until it is dropped.
#[derive(Debug)]
pub struct One(Level);

impl Level {
    pub fn enter(&self) -> One {
        self.0.fetch_add(1, Relaxed);
        One(self.clone())
    }

    pub fn get(&self) -> u64 {
        self.0.load(Relaxed)
    }
}

impl Drop for One {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Relaxed);
    }
}

#[derive(Debug)]
pub struct Counters {
    started: SystemTime,
    requests: [Count; Door::ALL.len()],
    body_bytes: [Count; Door::ALL.len()],
    pub main_connections: Level,
    pub otlp_connections: Level,
    pub grpc_connections: Level,
    pub engine_restarts: Count,
    pub slow: Slow,
    /// 0 while there is none.
    engine_pid: Arc<AtomicU32>,
}

impl Default for Counters {
    fn default() -> Self {
        Self {
            started: SystemTime::now(),
            requests: Default::default(),
            body_bytes: Default::default(),
            main_connections: Level::default(),
            otlp_connections: Level::default(),
            grpc_connections: Level::default(),
            engine_restarts: Count::default(),
            slow: Slow::default(),
            engine_pid: Arc::default(),
        }
    }
}

impl Counters {
    pub fn count_request(&self, door: Door) {
        self.requests[door as usize].add(1);
    }

    pub fn count_body(&self, door: Door, bytes: usize) {
        self.body_bytes[door as usize].add(bytes as u64);
    }

    pub fn requests(&self, door: Door) -> u64 {
        self.requests[door as usize].get()
    }

    pub fn body_bytes(&self, door: Door) -> u64 {
        self.body_bytes[door as usize].get()
    }

    pub fn connections(&self) -> [(&'static str, u64); 3] {
        [
            ("main", self.main_connections.get()),
            ("otlp", self.otlp_connections.get()),
            ("grpc", self.grpc_connections.get()),
        ]
    }

    pub fn set_engine_pid(&self, pid: Option<u32>) {
        self.engine_pid.store(pid.unwrap_or(0), Relaxed);
    }

    pub fn engine_pid(&self) -> Option<u32> {
        Some(self.engine_pid.load(Relaxed)).filter(|pid| *pid != 0)
    }

    pub fn started(&self) -> SystemTime {
        self.started
    }

    pub fn started_unix_seconds(&self) -> f64 {
        self.started.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_falls_when_what_entered_is_gone() {
        let level = Level::default();
        let (one, other) = (level.enter(), level.enter());
        assert_eq!(level.get(), 2);
        drop((one, other));
        assert_eq!(level.get(), 0);
    }

    #[test]
    fn every_door_counts_for_itself() {
        let counters = Counters::default();
        counters.count_request(Door::OtlpGrpc);
        counters.count_body(Door::OtlpGrpc, 5);
        assert_eq!(Door::ALL.map(|door| counters.requests(door)), [0, 0, 1, 0]);
        assert_eq!(Door::ALL.map(|door| counters.body_bytes(door)), [0, 0, 5, 0]);
    }
}
