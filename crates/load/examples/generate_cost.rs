//! How many events one core makes a second, before anything is sent: `cargo run --release -p limen-load --example generate_cost`.

use std::time::Instant;

use limen_load::{Json, Protobuf, Session, Wire, World};

const SESSIONS: u64 = 5_000;
const START_UNIX_NANO: u64 = 1_767_225_600_000_000_000;

fn main() {
    let world = World::new(1, 50, 0.2);
    measure("json", &world, &mut Json::default());
    measure("protobuf", &world, &mut Protobuf::default());
}

fn measure(name: &str, world: &World, wire: &mut impl Wire) {
    let begin = Instant::now();
    let (mut events, mut bytes, mut flushes) = (0, 0, 0);
    for number in 0..SESSIONS {
        let session = Session::draw(world, number);
        for view in 0..session.flushes() {
            events += session.write_logs(world, view..view + 1, START_UNIX_NANO, wire);
            bytes += wire.finish().len();
            flushes += 1;
        }
        events += session.write_spans(world, START_UNIX_NANO, wire);
        bytes += wire.finish().len();
    }
    let seconds = begin.elapsed().as_secs_f64();
    let (rate, each) = (events as f64 / seconds, bytes as f64 / events as f64);
    println!(
        "{name}: {rate:.0} events/s, {each:.0} bytes each, {:.1} events a flush",
        events as f64 / f64::from(flushes)
    );
}
