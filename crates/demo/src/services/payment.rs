//! Payment: asks the payment provider for its consent and writes down that it gave it.

use std::time::Duration;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use opentelemetry::KeyValue;
use serde::{Deserialize, Serialize};

use super::Shelf;
use crate::failure::Failure;
use crate::telemetry::call::Call;

/// The provider of this shop is make-believe: it takes this long, and up to as long again for larger amounts.
const PROVIDER_TAKES: Duration = Duration::from_millis(20);

pub fn routes(shelf: Shelf) -> Router {
    Router::new().route("/authorisations", post(authorise)).with_state(shelf)
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Authorisation {
    pub order: String,
    pub amount_cents: i64,
    pub country: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Authorised {
    pub payment: String,
}

async fn authorise(
    State(shelf): State<Shelf>,
    call: Call,
    Json(wanted): Json<Authorisation>,
) -> Result<Json<Authorised>, Failure> {
    if wanted.amount_cents <= 0 {
        return Err(Failure::invalid("an amount must be more than nothing"));
    }
    let provider = vec![KeyValue::new("shop.payment.provider", "make-believe")];
    call.within("ask payment provider", provider, provider_consents(wanted.amount_cents)).await;

    let id = crate::random::hex::<8>().map_err(|cause| Failure::internal(cause.to_string()))?;
    shelf.store.record_payment(&call, &id, &wanted.order, wanted.amount_cents).await?;
    call.info(
        format!("payment authorised for order {}", wanted.order),
        [
            ("shop.order.id", wanted.order.into()),
            ("shop.payment.id", id.clone().into()),
            ("shop.payment.amount_cents", wanted.amount_cents.into()),
            ("shop.country", wanted.country.into()),
        ],
    );
    Ok(Json(Authorised { payment: id }))
}

async fn provider_consents(amount_cents: i64) {
    let share = f64::from(u16::try_from(amount_cents / 100).unwrap_or(u16::MAX)).min(1_000.0) / 1_000.0;
    tokio::time::sleep(PROVIDER_TAKES + PROVIDER_TAKES.mul_f64(share)).await;
}
