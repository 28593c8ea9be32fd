-- Sums of views by hour and by day, see `rollup.rs`. A row belongs to a run; only the newest run of an hour or day that is
-- named in `rollup_runs` counts, so a run takes effect as a whole, and one that was interrupted never does.
CREATE TABLE views_rollup
(
    app LowCardinality(String),
    step UInt32,
    dims LowCardinality(String),
    start DateTime('UTC') CODEC(Delta, ZSTD(1)),
    run UInt64 CODEC(Delta, ZSTD(1)),
    key1 LowCardinality(String),
    key2 LowCardinality(String),
    continued Array(Float64) CODEC(ZSTD(1)),
    sums Array(Float64) CODEC(ZSTD(1)),
    bin_keys Array(UInt32) CODEC(Delta, ZSTD(1)),
    bin_weights Array(Float64) CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY (step, toYYYYMM(start))
ORDER BY (app, step, dims, start, run, key1, key2)
-- Small granules: most questions want a few rows of each day, and a row is wide.
SETTINGS index_granularity = 512, fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 60;

CREATE TABLE rollup_runs
(
    app LowCardinality(String),
    step UInt32,
    start DateTime('UTC') CODEC(Delta, ZSTD(1)),
    run UInt64 CODEC(Delta, ZSTD(1)),
    views UInt64 CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(run)
ORDER BY (app, step, start)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 60;

-- Up to when rows that were received are in the sums.
CREATE TABLE rollup_marks
(
    name LowCardinality(String),
    received DateTime64(9, 'UTC')
)
ENGINE = ReplacingMergeTree(received)
ORDER BY name
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 60;

-- The job asks for what was received since its last round.
ALTER TABLE views ADD INDEX IF NOT EXISTS received_range received TYPE minmax GRANULARITY 1;

ALTER TABLE events ADD INDEX IF NOT EXISTS received_range received TYPE minmax GRANULARITY 1;
