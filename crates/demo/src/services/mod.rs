//! The four services behind the gateway, each with its own routes.

pub mod cart;
pub mod inventory;
pub mod payment;
pub mod pricing;

use std::sync::Arc;

use crate::failure::Failure;
use crate::faults::Faults;
use crate::faults::leak::Leak;
use crate::limits::{CART_LINES_MAX, LINE_QUANTITY_MAX};
use crate::peer::Peer;
use crate::store::Store;
use crate::store::products::Line;

/// What the handlers of a service work with.
#[derive(Debug, Clone)]
pub struct Shelf {
    pub store: Store,
    pub region: &'static str,
    /// Only the cart calls another service.
    pub pricing: Option<Arc<Peer>>,
    pub faults: Arc<Faults>,
    pub leak: Arc<Leak>,
}

/// Lines from outside the service: few, and of sensible quantities.
fn check_lines(lines: &[Line]) -> Result<(), Failure> {
    if lines.is_empty() || lines.len() > CART_LINES_MAX {
        return Err(Failure::invalid(format!("send 1 to {CART_LINES_MAX} lines")));
    }
    lines.iter().try_for_each(check_quantity)
}

fn check_quantity(line: &Line) -> Result<(), Failure> {
    if (1..=LINE_QUANTITY_MAX).contains(&line.quantity) {
        return Ok(());
    }
    Err(Failure::invalid(format!("order 1 to {LINE_QUANTITY_MAX} pieces of a product")))
}
