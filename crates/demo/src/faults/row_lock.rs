//! A transaction that locks the rows of one region again and again, as a careless report would.

use tokio::sync::watch;
use tokio_postgres::{Config, NoTls};

use super::Fault;
use crate::limits::{LOCK_HELD, LOCK_PAUSE};
use crate::region::REGIONS;

const LOCK: &str = "SELECT seen FROM product_views WHERE region = $1 ORDER BY product_id FOR UPDATE";

/// Runs until the shop stops; holds locks only while the fault is on.
pub async fn hold_rows(config: Config, mut fault: watch::Receiver<Fault>) {
    while fault.wait_for(|fault| *fault == Fault::RowLock).await.is_ok() {
        if let Err(cause) = hold_until_switched(&config, &mut fault).await {
            tracing::warn!("rows cannot be locked: {cause}");
            tokio::time::sleep(LOCK_HELD).await;
        }
    }
}

async fn hold_until_switched(config: &Config, fault: &mut watch::Receiver<Fault>) -> Result<(), tokio_postgres::Error> {
    let (mut client, connection) = config.connect(NoTls).await?;
    let link = tokio::spawn(connection);
    while *fault.borrow() == Fault::RowLock {
        let unit = client.transaction().await?;
        unit.query(LOCK, &[&REGIONS[1]]).await?;
        // Ends early when another fault is chosen; whoever waits for the rows goes on at once.
        let _ = tokio::time::timeout(LOCK_HELD, fault.wait_for(|fault| *fault != Fault::RowLock)).await;
        unit.commit().await?;
        tokio::time::sleep(LOCK_PAUSE).await;
    }
    drop(client);
    // The connection's own end says nothing that the statements did not.
    let _ = link.await;
    Ok(())
}
