//! Writes what waits in the spool to the engine, oldest first and under the same tokens, as soon as it is back.

use std::sync::Arc;

use limen_model::Outcome;
use tokio::time::{sleep, timeout};

use crate::StoreError;
use crate::batch::Table;
use crate::commit::no_answer;
use crate::insert::{Insert, Sink};
use crate::limits::{INSERT_TIMEOUT, REPLAY_WAIT_MAX, REPLAY_WAIT_MIN};
use crate::spool::{Loss, Next, Spool, Trouble};

/// Runs until it is dropped, at any point: an entry leaves the spool only after the engine has it, and a second
/// insert with its token changes nothing.
pub(crate) async fn replay<S: Sink>(sink: Arc<S>, spool: Arc<Spool>) {
    let mut wait = REPLAY_WAIT_MIN;
    // Entries up to this one that are still in the file cannot be replayed.
    let mut passed = 0;
    loop {
        match step(&*sink, &spool, &mut passed).await {
            Ok(true) => wait = REPLAY_WAIT_MIN,
            Ok(false) => spool.filled().await,
            Err(reason) => {
                tracing::debug!(reason, "the spool waits");
                sleep(wait).await;
                wait = (wait * 2).min(REPLAY_WAIT_MAX);
            }
        }
    }
}

/// Takes care of one entry; false when there is none.
async fn step<S: Sink>(sink: &S, spool: &Spool, passed: &mut i64) -> Result<bool, String> {
    match spool.next(*passed).await {
        Ok(Next::Insert(id, insert)) => {
            if write(sink, spool, &insert).await.map_err(|error| error.to_string())? {
                spool.remove(id, &insert).await.map_err(|trouble| trouble.to_string())?;
            } else {
                *passed = id;
            }
            Ok(true)
        }
        Ok(Next::Damaged(id, rows)) => {
            tracing::error!(entry = id, rows, "an entry of the spool is damaged and left out");
            spool.lose(Loss { app: None, signal: None, outcome: Outcome::SpoolDamaged, rows });
            *passed = id;
            Ok(true)
        }
        Ok(Next::End) if *passed == 0 => {
            spool.shrink().await;
            Ok(false)
        }
        // Something was left behind, or the file cannot be read any further.
        Ok(Next::End) | Err(Trouble::Damaged(_)) => {
            if spool.put_aside(*passed).await.map_err(|trouble| trouble.to_string())? {
                *passed = 0;
            }
            Ok(true)
        }
        Err(trouble) => Err(trouble.to_string()),
    }
}

/// True when the engine has every row of it; false when it refused some for good.
async fn write<S: Sink>(sink: &S, spool: &Spool, insert: &Insert) -> Result<bool, StoreError> {
    match insert_once(sink, spool, insert).await {
        // One sender's rows must not cost the others theirs.
        Err(StoreError::Refused(reason)) if insert.pieces.len() > 1 => {
            tracing::warn!(
                reason,
                requests = insert.pieces.len(),
                "the engine refused an entry of the spool, splitting it"
            );
            let mut whole = true;
            for part in insert.split() {
                whole &= write_part(sink, spool, &part).await?;
            }
            Ok(whole)
        }
        Err(StoreError::Refused(reason)) => Ok(lose(spool, insert, &reason)),
        result => result.map(|()| true),
    }
}

async fn write_part<S: Sink>(sink: &S, spool: &Spool, part: &Insert) -> Result<bool, StoreError> {
    match insert_once(sink, spool, part).await {
        Err(StoreError::Refused(reason)) => Ok(lose(spool, part, &reason)),
        result => result.map(|()| true),
    }
}

fn lose(spool: &Spool, insert: &Insert, reason: &str) -> bool {
    tracing::error!(
        reason,
        table = insert.table.name(),
        "the engine refused acknowledged rows; they stay in the spool"
    );
    for piece in &insert.pieces {
        let signal = Some(Table::signal(insert.table));
        let loss =
            Loss { app: Some(piece.app.clone()), signal, outcome: Outcome::StoreRefused, rows: piece.rows as u64 };
        spool.lose(loss);
    }
    false
}

/// Tries once, and notes from the answer whether the engine works: if it does, new groups go to it directly.
async fn insert_once<S: Sink>(sink: &S, spool: &Spool, insert: &Insert) -> Result<(), StoreError> {
    let answer = timeout(INSERT_TIMEOUT, sink.insert(insert)).await;
    let answer = answer.unwrap_or_else(|_| Err(no_answer(INSERT_TIMEOUT)));
    match &answer {
        Err(error) if error.means_away() => spool.stand_in(),
        _ => spool.stand_down(),
    }
    answer
}
