//! Lays the tables and fills the shelves before the shop opens.

use tokio_postgres::{Config, NoTls};

use crate::Error;
use crate::catalogue;
use crate::limits::STOCK_DELIVERY;
use crate::region::REGIONS;

const SCHEMA: &str = include_str!("schema.sql");

const PUT_PRODUCT: &str = "INSERT INTO products (id, name, category, colour, fit, description, price_cents, featured)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, category = excluded.category, colour = excluded.colour,
        fit = excluded.fit, description = excluded.description, price_cents = excluded.price_cents,
        featured = excluded.featured";

const PUT_STOCK: &str = "INSERT INTO stock (product_id, available) VALUES ($1, $2) ON CONFLICT DO NOTHING";

const PUT_VIEWS: &str = "INSERT INTO product_views (region, product_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";

const PUT_RULE: &str = "INSERT INTO price_rules (country, tax_basis_points, shipping_cents) VALUES ($1, $2, $3)
    ON CONFLICT (country) DO UPDATE SET tax_basis_points = excluded.tax_basis_points,
        shipping_cents = excluded.shipping_cents";

/// Safe to run again: what is there is brought up to date, what was sold stays sold.
pub async fn prepare(config: &Config) -> Result<(), Error> {
    let (mut client, connection) = config.connect(NoTls).await?;
    let link = tokio::spawn(connection);
    client.batch_execute(SCHEMA).await?;
    let unit = client.transaction().await?;
    let (product, stock, rule) =
        (unit.prepare(PUT_PRODUCT).await?, unit.prepare(PUT_STOCK).await?, unit.prepare(PUT_RULE).await?);
    let views = unit.prepare(PUT_VIEWS).await?;
    for item in catalogue::products() {
        unit.execute(
            &product,
            &[
                &item.id,
                &item.name,
                &item.category,
                &item.colour,
                &item.fit,
                &item.description,
                &item.price_cents,
                &item.featured,
            ],
        )
        .await?;
        unit.execute(&stock, &[&item.id, &STOCK_DELIVERY]).await?;
        for region in REGIONS {
            unit.execute(&views, &[&region, &item.id]).await?;
        }
    }
    for (country, price_rule) in catalogue::price_rules() {
        unit.execute(&rule, &[&country, &price_rule.tax_basis_points, &price_rule.shipping_cents]).await?;
    }
    unit.commit().await?;
    drop(client);
    // The connection's own end says nothing that the statements did not.
    let _ = link.await;
    Ok(())
}
