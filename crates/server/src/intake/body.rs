//! Reads a body that may be endless, slow or cut off.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use limen_ingest::Limits;
use limen_model::Outcome;
use tokio::time::timeout;

use crate::limits::BODY_WITHIN;
use crate::pipeline::Refusal;

pub async fn read(headers: &HeaderMap, body: Body, limits: &Limits) -> Result<Bytes, Refusal> {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > limits.body_bytes_max) {
        return Err(too_large(limits));
    }
    match timeout(BODY_WITHIN, Limited::new(body, limits.body_bytes_max).collect()).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large(limits)),
        Ok(Err(_)) => Err(incomplete("the connection ended before the whole body had arrived".to_owned())),
        Err(_) => Err(incomplete(format!("the body had not arrived after {} s", BODY_WITHIN.as_secs()))),
    }
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
