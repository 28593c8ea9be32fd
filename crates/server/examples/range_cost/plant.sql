-- A week of a shop in views, events and spans, from numbered hashes: {first} is the first view of the part, {count} their number.
INSERT INTO views
    (app, received, session_id, view_id, version, start, kind, route, url, service, release, environment, country, browser,
    browser_version, os, device, network, lcp, inp, cls, fcp, ttfb, request, response, duration, errors, requests, actions, weight)
WITH
    intDiv(number, 4) AS visit,
    x -> cityHash64(number, x) / pow(2, 64) AS dice,
    x -> cityHash64(visit, x) / pow(2, 64) AS visitor,
    exp(0.55 * sqrt(-2 * log(dice(1))) * cos(6.283185 * dice(2))) AS spread,
    [1, 1.6, 2.2][toUInt8(1 + visitor(1) * visitor(1) * 3)] AS slow,
    -- What there is to explain: on the last day Singapore waits.
    if(country = 'SG' AND visit * 28 >= {views:UInt64} * 6, 1.8, 1) AS fault
SELECT
    'shop', start, lower(hex(sipHash128(visit))), lower(hex(cityHash64(number))), 5,
    fromUnixTimestamp64Nano(toInt64(({from:Int64} + 604800 * (visit * 4 / {views:UInt64}) + (number % 4) * 40 * (1 + dice(3))) * 1e9), 'UTC') AS start,
    if(number % 4 = 0, 'load', 'route'),
    concat('/section/', toString(toUInt8(200 * pow(dice(4), 3)))) AS route,
    concat('https://shop.example', route),
    'web', concat('1.', toString(intDiv(visit * 4 * 7, {views:UInt64}))), 'production',
    ['US', 'DE', 'SG', 'IN', 'BR', 'GB', 'FR', 'JP', 'ID', 'MY', 'ES', 'IT', 'NL', 'PL', 'CA', 'MX', 'AU', 'KR', 'TH', 'VN'][toUInt8(1 + 20 * pow(visitor(5), 2))] AS country,
    ['Chrome', 'Safari', 'Edge', 'Firefox', 'Samsung Internet'][toUInt8(1 + 5 * pow(visitor(6), 2))], '140',
    ['Windows', 'Android', 'iOS', 'macOS', 'Linux'][toUInt8(1 + 5 * pow(visitor(7), 2))],
    ['mobile', 'desktop', 'tablet'][toUInt8(1 + 3 * pow(visitor(1), 2))],
    ['4g', '', '3g'][toUInt8(1 + 3 * pow(visitor(8), 2))],
    if(number % 4 = 0, round(1400 * spread * slow * fault, 1), NULL),
    if(dice(9) < 0.6, round(80 * spread * slow / 8) * 8, NULL),
    if(dice(10) < 0.5, 0, round(0.05 * spread, 4)),
    if(number % 4 = 0, round(900 * spread * slow, 1), NULL),
    if(number % 4 = 0, round(400 * spread, 1), NULL),
    if(number % 4 = 0, round(250 * spread, 1), NULL),
    if(number % 4 = 0, round(20 * spread, 1), NULL),
    round(30000 * spread), dice(11) < 0.03, toUInt32(8 * dice(12)), toUInt32(5 * dice(13)), 1
FROM numbers({first:UInt64}, {count:UInt64});
INSERT INTO events
    (app, received, session_id, view_id, event_id, time, name, route, url, service, release, environment, country, browser,
    browser_version, os, device, network, duration, value, target, exception_type, exception_message, weight)
WITH
    intDiv(number, 8) AS seen,
    intDiv(seen, 4) AS visit,
    x -> cityHash64(number, x) / pow(2, 64) AS dice,
    x -> cityHash64(visit, x) / pow(2, 64) AS visitor
SELECT
    'shop', time, lower(hex(sipHash128(visit))), lower(hex(cityHash64(seen))), number % 8,
    fromUnixTimestamp64Nano(toInt64(({from:Int64} + 604800 * (visit * 4 / {views:UInt64}) + (seen % 4) * 40 * (1 + cityHash64(seen, 3) / pow(2, 64)) + 30 * dice(1)) * 1e9), 'UTC') AS time,
    if(dice(2) < 0.01, 'exception', ['browser.resource_timing', 'browser.web_vital', 'browser.user_action.click', 'browser.navigation_timing'][toUInt8(1 + 4 * pow(dice(3), 2))]) AS name,
    concat('/section/', toString(toUInt8(200 * pow(cityHash64(seen, 4) / pow(2, 64), 3)))) AS route,
    concat('https://shop.example', route),
    'web', concat('1.', toString(intDiv(visit * 4 * 7, {views:UInt64}))), 'production',
    ['US', 'DE', 'SG', 'IN', 'BR', 'GB', 'FR', 'JP', 'ID', 'MY', 'ES', 'IT', 'NL', 'PL', 'CA', 'MX', 'AU', 'KR', 'TH', 'VN'][toUInt8(1 + 20 * pow(visitor(5), 2))],
    ['Chrome', 'Safari', 'Edge', 'Firefox', 'Samsung Internet'][toUInt8(1 + 5 * pow(visitor(6), 2))], '140',
    ['Windows', 'Android', 'iOS', 'macOS', 'Linux'][toUInt8(1 + 5 * pow(visitor(7), 2))],
    ['mobile', 'desktop', 'tablet'][toUInt8(1 + 3 * pow(visitor(1), 2))],
    ['4g', '', '3g'][toUInt8(1 + 3 * pow(visitor(8), 2))],
    round(200 * dice(14), 1), NULL, concat('#part-', toString(toUInt8(40 * dice(15)))),
    if(name = 'exception', 'TypeError', ''), if(name = 'exception', 'x is undefined', ''), 1
FROM numbers({first:UInt64} * 8, {count:UInt64} * 8);
INSERT INTO spans
    (app, received, trace_id, span_id, parent_span_id, start, duration_nano, name, kind, service, release, environment,
    session_id, view_id, route, country, http_method, http_status, url_template, weight)
WITH
    number * 2 AS seen,
    intDiv(seen, 4) AS visit
SELECT
    'shop', start, sipHash128(seen), reinterpretAsFixedString(cityHash64(seen, 21)), toFixedString('', 8),
    fromUnixTimestamp64Nano(toInt64(({from:Int64} + 604800 * (visit * 4 / {views:UInt64}) + (seen % 4) * 40) * 1e9), 'UTC') AS start,
    toUInt64(1e6 * (20 + cityHash64(seen, 22) % 400)), 'GET /api/items', 3, 'web', '1.0', 'production',
    lower(hex(sipHash128(visit))), lower(hex(cityHash64(seen))), '/section/1', 'US', 'GET', 200, '/api/items', 1
FROM numbers(intDiv({first:UInt64}, 2), intDiv({count:UInt64}, 2));
