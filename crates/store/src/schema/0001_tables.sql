-- The five tables. Every one is a ReplacingMergeTree ordered by what makes a row itself, so that a batch sent twice,
-- late or split changes no figure; questions read them with FINAL. The deduplication window makes a repeated insert
-- with the same token a no-op, and the fsync settings make "committed" mean "on the disk".

CREATE TABLE views
(
    app LowCardinality(String),
    received DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    session_id String,
    view_id String,
    version UInt64,
    start DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    kind LowCardinality(String),
    route LowCardinality(String),
    url String CODEC(ZSTD(1)),
    referrer String CODEC(ZSTD(1)),
    navigation_type LowCardinality(String),
    service LowCardinality(String),
    release LowCardinality(String),
    environment LowCardinality(String),
    country LowCardinality(String),
    browser LowCardinality(String),
    browser_version LowCardinality(String),
    os LowCardinality(String),
    os_version LowCardinality(String),
    device LowCardinality(String),
    network LowCardinality(String),
    language LowCardinality(String),
    bot Bool,
    screen_width UInt16,
    screen_height UInt16,
    user_id String,
    trace_id FixedString(16),
    lcp Nullable(Float64),
    inp Nullable(Float64),
    cls Nullable(Float64),
    fcp Nullable(Float64),
    ttfb Nullable(Float64),
    lcp_target LowCardinality(String),
    lcp_url String CODEC(ZSTD(1)),
    lcp_resource_load_delay Nullable(Float64),
    lcp_resource_load_duration Nullable(Float64),
    lcp_element_render_delay Nullable(Float64),
    inp_target LowCardinality(String),
    inp_type LowCardinality(String),
    inp_input_delay Nullable(Float64),
    inp_processing_duration Nullable(Float64),
    inp_presentation_delay Nullable(Float64),
    cls_target LowCardinality(String),
    redirect Nullable(Float64),
    worker Nullable(Float64),
    dns Nullable(Float64),
    tcp Nullable(Float64),
    tls Nullable(Float64),
    request Nullable(Float64),
    response Nullable(Float64),
    dom_processing Nullable(Float64),
    load Nullable(Float64),
    load_time Nullable(Float64),
    transition_time Nullable(Float64),
    blocking_time Nullable(Float64),
    duration Nullable(Float64),
    errors UInt32,
    requests UInt32,
    failed_requests UInt32,
    actions UInt32,
    weight Float64,
    attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    INDEX session_id_bloom session_id TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX trace_id_bloom trace_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(start)
ORDER BY (app, toStartOfHour(start), session_id, view_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, non_replicated_deduplication_window = 10000,
    old_parts_lifetime = 60;

CREATE TABLE events
(
    app LowCardinality(String),
    received DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    session_id String,
    view_id String,
    event_id UInt64,
    time DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    name LowCardinality(String),
    route LowCardinality(String),
    url String CODEC(ZSTD(1)),
    service LowCardinality(String),
    release LowCardinality(String),
    environment LowCardinality(String),
    country LowCardinality(String),
    browser LowCardinality(String),
    browser_version LowCardinality(String),
    os LowCardinality(String),
    os_version LowCardinality(String),
    device LowCardinality(String),
    network LowCardinality(String),
    language LowCardinality(String),
    bot Bool,
    user_id String,
    trace_id FixedString(16),
    span_id FixedString(8),
    severity_number UInt8,
    body String CODEC(ZSTD(1)),
    duration Nullable(Float64),
    value Nullable(Float64),
    target LowCardinality(String),
    label LowCardinality(String),
    exception_type LowCardinality(String),
    exception_message String CODEC(ZSTD(1)),
    exception_stacktrace String CODEC(ZSTD(1)),
    exception_handled Bool,
    weight Float64,
    attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    INDEX session_id_bloom session_id TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX trace_id_bloom trace_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(received)
PARTITION BY toYYYYMM(time)
ORDER BY (app, toStartOfHour(time), session_id, view_id, time, event_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, non_replicated_deduplication_window = 10000,
    old_parts_lifetime = 60;

CREATE TABLE spans
(
    app LowCardinality(String),
    received DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    trace_id FixedString(16),
    span_id FixedString(8),
    parent_span_id FixedString(8),
    trace_state String CODEC(ZSTD(1)),
    start DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    duration_nano UInt64 CODEC(T64, ZSTD(1)),
    name LowCardinality(String),
    kind UInt8,
    status_code UInt8,
    status_message String CODEC(ZSTD(1)),
    scope_name LowCardinality(String),
    service LowCardinality(String),
    release LowCardinality(String),
    environment LowCardinality(String),
    session_id String,
    view_id String,
    route LowCardinality(String),
    country LowCardinality(String),
    http_method LowCardinality(String),
    http_status UInt16,
    url_template LowCardinality(String),
    url String CODEC(ZSTD(1)),
    server_address LowCardinality(String),
    db_system LowCardinality(String),
    db_statement String CODEC(ZSTD(1)),
    error_type LowCardinality(String),
    attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    resource Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    event_times Array(DateTime64(9, 'UTC')),
    event_names Array(LowCardinality(String)),
    event_attributes Array(Map(LowCardinality(String), String)),
    link_trace_ids Array(FixedString(16)),
    link_span_ids Array(FixedString(8)),
    weight Float64,
    INDEX session_id_bloom session_id TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX trace_id_bloom trace_id TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(received)
PARTITION BY toYYYYMM(start)
ORDER BY (app, toStartOfHour(start), trace_id, span_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, non_replicated_deduplication_window = 10000,
    old_parts_lifetime = 60;

CREATE TABLE logs
(
    app LowCardinality(String),
    received DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    time DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    observed DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    log_id UInt64,
    severity_number UInt8,
    severity_text LowCardinality(String),
    event_name LowCardinality(String),
    body String CODEC(ZSTD(1)),
    service LowCardinality(String),
    release LowCardinality(String),
    environment LowCardinality(String),
    scope_name LowCardinality(String),
    trace_id FixedString(16),
    span_id FixedString(8),
    session_id String,
    attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    resource Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    INDEX trace_id_bloom trace_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(received)
PARTITION BY toYYYYMM(time)
ORDER BY (app, service, toStartOfHour(time), time, log_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, non_replicated_deduplication_window = 10000,
    old_parts_lifetime = 60;

CREATE TABLE metrics
(
    app LowCardinality(String),
    received DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    name LowCardinality(String),
    kind LowCardinality(String),
    unit LowCardinality(String),
    description LowCardinality(String),
    service LowCardinality(String),
    release LowCardinality(String),
    environment LowCardinality(String),
    scope_name LowCardinality(String),
    series UInt64,
    time DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    start DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    temporality LowCardinality(String),
    monotonic Bool,
    value Float64,
    count UInt64,
    sum Nullable(Float64),
    min Nullable(Float64),
    max Nullable(Float64),
    bounds Array(Float64),
    bucket_counts Array(UInt64),
    quantile_values Array(Float64),
    scale Int32,
    zero_count UInt64,
    positive_offset Int32,
    positive_counts Array(UInt64),
    negative_offset Int32,
    negative_counts Array(UInt64),
    attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    resource Map(LowCardinality(String), String) CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(received)
PARTITION BY toYYYYMM(time)
ORDER BY (app, name, series, time)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, non_replicated_deduplication_window = 10000,
    old_parts_lifetime = 60;
