-- Rows of every table of the fourth step: those of the third, and an id that is being erased.
INSERT INTO views (app, received, session_id, view_id, version, start, kind, route, url, service, country, bot, user_id,
    trace_id, lcp, inp, cls, weight)
VALUES
    ('shop', '2026-01-05 10:00:01', 'old-session', 'old-view', 1, '2026-01-05 10:00:00.123456789', 'load', '/product/:id',
        'https://shop.example/product/7', 'shop-web', 'DE', false, 'u1', unhex('000102030405060708090a0b0c0d0e0f'),
        1234.5, NULL, 0.01, 1),
    ('shop', '2026-01-05 10:00:09', 'old-session', 'old-view', 2, '2026-01-05 10:00:00.123456789', 'load', '/product/:id',
        'https://shop.example/product/7', 'shop-web', 'DE', false, 'u1', unhex('000102030405060708090a0b0c0d0e0f'),
        1500.25, 80, 0.02, 1),
    ('shop', '2026-02-05 10:00:09', 'old-session-2', 'old-view-2', 1, '2026-02-05 10:00:00', 'route', '/cart', '',
        'shop-web', '', true, '', '', NULL, NULL, NULL, 4);

INSERT INTO events (app, received, session_id, view_id, event_id, time, name, route, duration, value, exception_type,
    exception_message, exception_handled, weight, attributes)
VALUES
    ('shop', '2026-01-05 10:00:01', 'old-session', 'old-view', 3, '2026-01-05 10:00:00.5', 'exception', '/product/:id', NULL,
        NULL, 'TypeError', 'x is not a function', true, 1, {'limen.exception.mechanism': 'manual'}),
    ('shop', '2026-01-05 10:00:01', 'old-session', 'old-view', 4, '2026-01-05 10:00:00.75', 'browser.user_action.click',
        '/product/:id', 12.5, 0, '', '', false, 1, {});

INSERT INTO spans (app, received, trace_id, span_id, parent_span_id, start, duration_nano, name, kind, service, http_status,
    db_system, db_statement, attributes, resource, event_times, event_names, event_attributes, link_trace_ids, link_span_ids,
    weight)
VALUES
    ('shop', '2026-01-05 10:00:01', unhex('000102030405060708090a0b0c0d0e0f'), unhex('0001020304050607'), '',
        '2026-01-05 10:00:00.2', 5000000, 'GET /product/:id', 2, 'gateway', 200, '', '', {'a': 'b'}, {'host.name': 'h'}, [],
        [], [], [], [], 1),
    ('shop', '2026-01-05 10:00:01', unhex('000102030405060708090a0b0c0d0e0f'), unhex('1001020304050607'),
        unhex('0001020304050607'), '2026-01-05 10:00:00.201', 2000000, 'SELECT', 3, 'cart', 0, 'postgresql', 'SELECT now()', {},
        {}, ['2026-01-05 10:00:00.202'], ['retry'], [{'n': '1'}], [unhex('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff')],
        [unhex('f0f1f2f3f4f5f6f7')], 1);

INSERT INTO logs (app, received, time, observed, log_id, severity_number, severity_text, body, service, attributes)
VALUES ('shop', '2026-01-05 10:00:01', '2026-01-05 10:00:00.3', '2026-01-05 10:00:00.4', 99, 17, 'ERROR', 'out of stock',
    'cart', {'sku': '7'});

INSERT INTO metrics (app, received, name, kind, unit, service, series, time, start, temporality, monotonic, value, count, sum,
    min, max, bounds, bucket_counts, quantile_values, scale, zero_count, positive_offset, positive_counts, attributes)
VALUES
    ('shop', '2026-01-05 10:00:01', 'requests', 'sum', '1', 'cart', 1, '2026-01-05 10:00:00', '2026-01-05 09:00:00',
        'cumulative', true, 42, 0, NULL, NULL, NULL, [], [], [], 0, 0, 0, [], {'k': 'v'}),
    ('shop', '2026-01-05 10:00:01', 'duration', 'histogram', 'ms', 'cart', 2, '2026-01-05 10:00:00', '2026-01-05 09:00:00',
        'delta', false, 0, 3, 30.5, 1, 20, [10], [2, 1], [], 0, 0, 0, [], {}),
    ('shop', '2026-01-05 10:00:01', 'size', 'exponential_histogram', 'By', 'cart', 3, '2026-01-05 10:00:00',
        '2026-01-05 09:00:00', 'delta', false, 0, 4, 9, NULL, NULL, [], [], [], 3, 1, -2, [1, 2], {});

INSERT INTO metrics (app, received, name, kind, unit, service, series, time, start, temporality, monotonic, stale, value,
    value_int, zero_threshold, exemplar_times, exemplar_values, exemplar_trace_ids, exemplar_span_ids, exemplar_attributes)
VALUES ('shop', '2026-01-05 10:00:01', 'bytes', 'sum', 'By', 'cart', 4, '2026-01-05 10:00:00', '2026-01-05 09:00:00',
    'cumulative', true, true, 9007199254740992, 9007199254740993, 0.5, ['2026-01-05 09:59:59'], [7],
    [unhex('000102030405060708090a0b0c0d0e0f')], [unhex('0001020304050607')], [{'exemplar': 'yes'}]);

INSERT INTO views_rollup (app, step, dims, start, run, key1, key2, continued, sums, bin_keys, bin_weights)
VALUES ('shop', 3600, 'route', '2026-01-05 10:00:00', 7, '/cart', '', [1, 0, 0, 0], [3, 4, 1, 5, 2, 1], [98555, 98560], [2, 1]);

INSERT INTO rollup_runs (app, step, start, run, views) VALUES ('shop', 3600, '2026-01-05 10:00:00', 7, 4);

INSERT INTO rollup_marks (name, received) VALUES ('views', '2026-01-05 10:30:00');

INSERT INTO erasing (kind, id) VALUES ('session', 'old-session');
