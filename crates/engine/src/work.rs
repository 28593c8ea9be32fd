//! What happens on the database's side of a request: blocking calls on a thread of their own, joined to it by channels.

use bytes::Bytes;
use tokio::sync::mpsc::{Receiver, Sender};

use crate::blocks::Joiner;
use crate::exception::{Exception, code};
use crate::ffi::{Answer, Connection};
use crate::pool::{Lease, Pool};
use crate::request::Ask;
use crate::running::Running;

/// A part of an answer on its way to the client. Without `End` or `Failed` the answer is incomplete.
pub enum Piece {
    Rows(Bytes),
    End,
    Failed(Exception),
}

/// A part of an insert on its way from the client. Without `End` it was broken off and must not be written.
pub enum Data {
    Rows(Bytes),
    End,
}

/// Answers a question block by block, or at once when its format has to be whole.
pub fn read(mut lease: Lease, ask: &Ask, format: &str, stream: bool, pieces: &Sender<Piece>, running: &Running) {
    let pool = lease.pool();
    let ended = match lease.enter(ask) {
        Ok(connection) if stream => stream_rows(connection, ask, format, pieces, &pool),
        Ok(connection) => whole(connection, ask, format, &pool).map(|answer| {
            let _ = pieces.blocking_send(Piece::Rows(Bytes::from(answer.bytes)));
        }),
        Err(exception) => Err(exception),
    };
    running.end();
    lease.leave(ask, ended.is_err());
    let _ = pieces.blocking_send(ended.map_or_else(Piece::Failed, |()| Piece::End));
}

fn stream_rows(
    connection: &mut Connection,
    ask: &Ask,
    format: &str,
    pieces: &Sender<Piece>,
    pool: &Pool,
) -> Result<(), Exception> {
    let failed = |error: String| pool.exception(&error);
    let mut selecting = connection.select(&ask.statement, format, ask.parameters()).map_err(failed)?;
    let mut joiner = Joiner::new(format);
    while let Some(block) = selecting.next().map_err(failed)? {
        if pieces.blocking_send(Piece::Rows(joiner.join(block)?)).is_err() {
            // Dropping the stream cancels the statement; as an error, so that the connection is replaced: the engine
            // keeps what a cancelled statement holds until its connection runs another one or closes.
            return Err(Exception::new(code::NETWORK_ERROR, "NETWORK_ERROR", "nobody reads the answer any more"));
        }
    }
    Ok(())
}

fn whole(connection: &mut Connection, ask: &Ask, format: &str, pool: &Pool) -> Result<Answer, Exception> {
    connection.query(&ask.statement, format, ask.parameters()).map_err(|error| pool.exception(&error))
}

/// Runs a statement that changes something. It is not ended when the client goes, as on a server.
pub fn run(mut lease: Lease, ask: &Ask, format: &str, sticky: bool) -> Result<Answer, Exception> {
    let pool = lease.pool();
    let answer = lease.enter(ask).and_then(|connection| whole(connection, ask, format, &pool));
    lease.leave(ask, sticky || answer.is_err());
    answer
}

/// Writes the rows that come, and commits them when the client has said that these are all.
pub fn insert(
    mut lease: Lease,
    ask: &Ask,
    head: &str,
    format: &str,
    data: Receiver<Data>,
) -> Option<Result<Answer, Exception>> {
    let pool = lease.pool();
    let written = match lease.enter(ask) {
        Ok(connection) => write_rows(connection, ask, head, format, data, &pool),
        Err(exception) => Some(Err(exception)),
    };
    lease.leave(ask, !matches!(written, Some(Ok(_))));
    written
}

/// Nothing when the client broke off.
fn write_rows(
    connection: &mut Connection,
    ask: &Ask,
    head: &str,
    format: &str,
    mut data: Receiver<Data>,
    pool: &Pool,
) -> Option<Result<Answer, Exception>> {
    let failed = |error: String| Some(Err(pool.exception(&error)));
    let mut inserting = match connection.insert(head, format, ask.parameters()) {
        Ok(inserting) => inserting,
        Err(error) => return failed(error),
    };
    loop {
        match data.blocking_recv() {
            Some(Data::Rows(rows)) => {
                if let Err(error) = inserting.append(&rows) {
                    return failed(error);
                }
            }
            Some(Data::End) => return Some(inserting.finish().map_err(|error| pool.exception(&error))),
            None => return None,
        }
    }
}
