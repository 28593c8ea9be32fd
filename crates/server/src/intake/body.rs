//! Reads a body that may be endless, slow or cut off.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use limen_ingest::Limits;
use limen_model::Outcome;
use tokio::time::timeout;

use crate::limits::{BODY_WITHIN, DISCARD_BYTES_MAX, DISCARD_WITHIN};
use crate::pipeline::Refusal;

pub async fn read(headers: &HeaderMap, mut body: Body, limits: &Limits) -> Result<Bytes, Refusal> {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > limits.body_bytes_max) {
        discard(&mut body).await;
        return Err(too_large(limits));
    }
    match timeout(BODY_WITHIN, Limited::new(&mut body, limits.body_bytes_max).collect()).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            discard(&mut body).await;
            Err(too_large(limits))
        }
        Ok(Err(_)) => Err(incomplete("the connection ended before the whole body had arrived".to_owned())),
        Err(_) => Err(incomplete(format!("the body had not arrived after {} s", BODY_WITHIN.as_secs()))),
    }
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

fn too_large(limits: &Limits) -> Refusal {
    Refusal {
        outcome: Outcome::BodyTooLarge,
        message: format!("the body is over the limit of {} bytes: send smaller batches", limits.body_bytes_max),
    }
}

fn incomplete(message: String) -> Refusal {
    Refusal { outcome: Outcome::BodyIncomplete, message }
}
