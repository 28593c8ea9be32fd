-- By what the stack of an error is known again. Rows of before have none, and belong to no group of errors.
ALTER TABLE events ADD COLUMN IF NOT EXISTS exception_stack_id UInt64 CODEC(ZSTD(1)) AFTER exception_stacktrace;

-- Errors are few among events: most granules hold none.
ALTER TABLE events ADD INDEX IF NOT EXISTS exception_stack_id_range exception_stack_id TYPE minmax GRANULARITY 1;

-- What was found out about each stack, see `errors.rs`: its group and its frames. Written again when a source map comes later or
-- a rule changes, so all events of a stack follow at once. It holds places in code, and nothing that a visitor sent.
CREATE TABLE error_stacks
(
    app LowCardinality(String),
    stack_id UInt64,
    version UInt64,
    group_id UInt64,
    class LowCardinality(String),
    noise Bool,
    grouped_by LowCardinality(String),
    release LowCardinality(String),
    first_seen DateTime64(9, 'UTC'),
    culprit String CODEC(ZSTD(1)),
    unresolved Array(LowCardinality(String)),
    parts String CODEC(ZSTD(3))
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (app, stack_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, non_replicated_deduplication_window = 1000, old_parts_lifetime = 60;
