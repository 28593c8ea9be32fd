//! The document that describes the API; the UI's client is generated from it.

use std::sync::Arc;

use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use limen_query::{BreakdownOrder, Dimension, Metric};
use utoipa::openapi::schema::{ComponentsBuilder, Schema};
use utoipa::openapi::{Info, OpenApi, OpenApiBuilder, RefOr};

use super::{ErrorAnswer, ErrorDetail};

/// What stands above the paths. The version is the API's own: a release of Limen alone does not change the document.
pub(super) fn base() -> OpenApi {
    let mut info = Info::new("Limen", "1");
    info.description = Some(
        "What Limen knows, as JSON. Times are RFC 3339 in UTC, durations are milliseconds, ids are hexadecimal. \
         Figures about vitals come with the number of views behind them; unknown is null, never zero."
            .to_owned(),
    );
    // What only parameters and refusals name; answers bring their own types with them.
    let components = ComponentsBuilder::new()
        .schema_from::<Metric>()
        .schema_from::<Dimension>()
        .schema_from::<BreakdownOrder>()
        .schema_from::<ErrorAnswer>()
        .schema_from::<ErrorDetail>();
    OpenApiBuilder::new().info(info).components(Some(components.build())).build()
}

/// Every field is always sent, null included: clients need not tell a missing field from an unknown value.
pub(super) fn finish(mut document: OpenApi) -> OpenApi {
    let schemas = document.components.iter_mut().flat_map(|components| components.schemas.values_mut());
    for schema in schemas {
        if let RefOr::T(Schema::Object(object)) = schema {
            object.required = object.properties.keys().cloned().collect();
        }
    }
    document
}

/// A handler that answers with the document.
pub(super) fn serve(document: &OpenApi) -> impl Fn() -> std::future::Ready<axum::response::Response> + Clone + use<> {
    // A document of plain strings and maps always serialises; an empty one would fail the snapshot test.
    let text: Arc<str> = document.to_pretty_json().unwrap_or_default().into();
    move || std::future::ready(([(CONTENT_TYPE, "application/json")], text.to_string()).into_response())
}
