-- The shop's tables. Every statement can run again: the cluster is kept between runs.
CREATE TABLE IF NOT EXISTS products (
    id int PRIMARY KEY,
    name text NOT NULL,
    category text NOT NULL,
    colour text NOT NULL,
    fit text NOT NULL,
    description text NOT NULL,
    price_cents bigint NOT NULL,
    featured boolean NOT NULL
);
CREATE TABLE IF NOT EXISTS stock (
    product_id int PRIMARY KEY REFERENCES products,
    available int NOT NULL CHECK (available >= 0)
);
CREATE TABLE IF NOT EXISTS product_views (
    region text NOT NULL,
    product_id int NOT NULL REFERENCES products,
    seen bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (region, product_id)
);
CREATE TABLE IF NOT EXISTS price_rules (
    country text PRIMARY KEY,
    tax_basis_points int NOT NULL,
    shipping_cents bigint NOT NULL
);
CREATE TABLE IF NOT EXISTS cart_lines (
    cart_id text NOT NULL,
    product_id int NOT NULL REFERENCES products,
    quantity int NOT NULL CHECK (quantity > 0),
    added timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (cart_id, product_id)
);
CREATE TABLE IF NOT EXISTS orders (
    id text PRIMARY KEY,
    country text NOT NULL,
    region text NOT NULL,
    items int NOT NULL,
    total_cents bigint NOT NULL,
    placed timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE IF NOT EXISTS payments (
    id text PRIMARY KEY,
    order_id text NOT NULL,
    amount_cents bigint NOT NULL,
    state text NOT NULL,
    authorised timestamptz NOT NULL DEFAULT now()
);
-- Visitors of earlier runs are gone, and so are their carts.
DELETE FROM cart_lines WHERE added < now() - interval '1 day';
