-- The ids that an erasure is about, while it runs. Statements that delete are kept on the disk by the engine, so they name this
-- table and never an id; and the table is in memory alone, so that nothing has to be taken from the disk afterwards.
CREATE TABLE erasing
(
    kind LowCardinality(String),
    id String
)
ENGINE = Memory;
