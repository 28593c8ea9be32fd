//! Reads a body that may be endless, slow or cut off.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};
use http_body_util::BodyExt;
use limen_model::Outcome;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::limits::{BODY_WITHIN, DISCARD_BYTES_MAX, DISCARD_WITHIN};
use crate::pipeline::Refusal;

/// A body in memory, with the room that it takes there.
#[derive(Debug)]
pub struct Held {
    bytes: Bytes,
    _room: Option<OwnedSemaphorePermit>,
}

impl Held {
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

pub async fn read(
    headers: &HeaderMap,
    mut body: Body,
    bytes_max: usize,
    room: &Arc<Semaphore>,
) -> Result<Held, Refusal> {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    let read = match length {
        Some(length) if length > bytes_max => Err(too_large(bytes_max)),
        _ => match timeout(BODY_WITHIN, collect(&mut body, bytes_max, room)).await {
            Ok(collected) => collected,
            Err(_) => Err(incomplete(format!("the body had not arrived after {} s", BODY_WITHIN.as_secs()))),
        },
    };
    if let Err(Refusal { outcome: Outcome::BodyTooLarge | Outcome::Overloaded, .. }) = &read {
        discard(&mut body).await;
    }
    read
}

/// Room is taken for what has arrived, not for what was announced: an announcement costs its sender nothing.
async fn collect(body: &mut Body, bytes_max: usize, room: &Arc<Semaphore>) -> Result<Held, Refusal> {
    // Most bodies come in one piece, which need not be copied; of others no piece is kept, however small they are cut.
    let (mut first, mut joined) = (Bytes::new(), Vec::new());
    let mut bytes = 0;
    let mut held: Option<OwnedSemaphorePermit> = None;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return Err(incomplete("the connection ended before the whole body had arrived".to_owned()));
        };
        let Ok(part) = frame.into_data() else { continue };
        bytes += part.len();
        if bytes > bytes_max {
            return Err(too_large(bytes_max));
        }
        if bytes == part.len() {
            first = part;
        } else {
            append(&mut joined, &std::mem::take(&mut first));
            append(&mut joined, &part);
        }
        take_room(room, &mut held, first.len() + joined.capacity())?;
    }
    let bytes = if joined.is_empty() { first } else { joined.into() };
    Ok(Held { bytes, _room: held })
}

/// Grows by a quarter, where a vector by itself doubles: what is not used takes room as well.
fn append(joined: &mut Vec<u8>, part: &[u8]) {
    if joined.capacity() - joined.len() < part.len() {
        joined.reserve_exact(part.len().max(joined.len() / 4));
    }
    joined.extend_from_slice(part);
}

fn take_room(room: &Arc<Semaphore>, held: &mut Option<OwnedSemaphorePermit>, bytes: usize) -> Result<(), Refusal> {
    let more = bytes.saturating_sub(held.as_ref().map_or(0, OwnedSemaphorePermit::num_permits));
    let more = u32::try_from(more).ok().and_then(|count| Arc::clone(room).try_acquire_many_owned(count).ok());
    let more = more.ok_or_else(overloaded)?;
    match held {
        Some(held) => held.merge(more),
        None => *held = Some(more),
    }
    Ok(())
}

/// Reads on without keeping anything, within bounds. A sender that is cut off while it still writes does not see the
/// answer: it takes the broken connection for a passing fault and sends the same body again.
pub async fn discard(body: &mut Body) {
    let mut left = DISCARD_BYTES_MAX;
    let reading = async {
        while let Some(Ok(frame)) = body.frame().await {
            left = left.saturating_sub(frame.data_ref().map_or(0, Bytes::len));
            if left == 0 {
                break;
            }
        }
    };
    let _ = timeout(DISCARD_WITHIN, reading).await;
}

fn too_large(bytes_max: usize) -> Refusal {
    let told = format!("the body is over the limit of {bytes_max} bytes: send smaller batches");
    Refusal::new(Outcome::BodyTooLarge, told)
}

fn overloaded() -> Refusal {
    Refusal::new(Outcome::Overloaded, "too many requests are in progress; send again later")
}

fn incomplete(message: String) -> Refusal {
    Refusal::new(Outcome::BodyIncomplete, message)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use futures_util::{StreamExt, stream};
    use limen_ingest::Limits;

    use super::*;

    /// A body that arrives in these parts and then stays open.
    fn stalling(parts: &[&'static [u8]]) -> Body {
        let parts: Vec<_> = parts.iter().map(|part| Ok::<_, Infallible>(Bytes::from_static(part))).collect();
        Body::from_stream(stream::iter(parts).chain(stream::pending()))
    }

    fn whole(parts: &[&'static [u8]]) -> Body {
        let parts: Vec<_> = parts.iter().map(|part| Ok::<_, Infallible>(Bytes::from_static(part))).collect();
        Body::from_stream(stream::iter(parts))
    }

    async fn read_in(room: &Arc<Semaphore>, body: Body) -> Result<Held, Refusal> {
        read(&HeaderMap::new(), body, Limits::BROWSER.body_bytes_max, room).await
    }

    #[tokio::test]
    async fn a_body_takes_room_until_it_is_dropped_and_one_without_room_is_refused() {
        let room = Arc::new(Semaphore::new(10));
        let first = read_in(&room, whole(&[b"abc", b"def"])).await.expect("there is room");
        assert_eq!((first.bytes(), room.available_permits()), (&b"abcdef"[..], 4));
        let second = read_in(&room, whole(&[b"abc", b"def"])).await.expect_err("there is none");
        assert_eq!((second.outcome, room.available_permits()), (Outcome::Overloaded, 4));
        drop(first);
        assert_eq!(read_in(&room, whole(&[b"abc", b"def"])).await.expect("again").bytes(), b"abcdef");
        assert_eq!(read_in(&room, whole(&[])).await.expect("nothing fits always").bytes(), b"");
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_stalls_is_given_up_and_its_room_is_free_again() {
        let room = Arc::new(Semaphore::new(10));
        let start = tokio::time::Instant::now();
        let refusal = read_in(&room, stalling(&[b"abc"])).await.expect_err("it never ends");
        assert_eq!((refusal.outcome, start.elapsed()), (Outcome::BodyIncomplete, BODY_WITHIN));
        assert_eq!(room.available_permits(), 10);
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_over_its_limit_is_not_waited_for_long() {
        let room = Arc::new(Semaphore::new(1 << 20));
        let part: &'static [u8] = &[b'x'; 40 * 1024];
        let start = tokio::time::Instant::now();
        let refusal = read_in(&room, stalling(&[part, part])).await.expect_err("it is too large");
        assert_eq!((refusal.outcome, start.elapsed()), (Outcome::BodyTooLarge, DISCARD_WITHIN));
        assert_eq!(room.available_permits(), 1 << 20);
    }
}
