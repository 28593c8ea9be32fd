-- The calls of pages by host, by the release of the page and by the service that answered, and what is known of those without
-- a span of a service below them, in one of several traces.
WITH calls AS
(
    SELECT
        trace_id, span_id, weight, toString(release) AS release, start,
        if(server_address != '', toString(server_address), extract(url, {host_pattern})) AS host,
        attributes[{third_party:String}] = 'true' AS third_party
    FROM spans FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND toStartOfHour(start) >= toStartOfHour(fromUnixTimestamp64Nano({from:Int64}, 'UTC'))
        AND toStartOfHour(start) <= toStartOfHour(fromUnixTimestamp64Nano({to:Int64}, 'UTC'))
        AND sipHash64(trace_id) % {one_of:UInt64} = 0
        AND kind = 3 AND weight > 0 AND view_id != '' AND name != 'documentFetch' {filters}
),
-- Of the traces of these calls: every span, by its parent, and whether a service made it.
below AS
(
    SELECT trace_id, span_id, parent_span_id, kind = 2 AS server, toString(service) AS service
    FROM spans
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({trace_from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({trace_to:Int64}, 'UTC')
        AND sipHash64(trace_id) % {one_of:UInt64} = 0
        AND trace_id IN (SELECT trace_id FROM calls)
),
answers AS
(
    SELECT trace_id, parent_span_id AS span_id, any(service) AS gateway FROM below WHERE server GROUP BY trace_id, span_id
),
-- Traces in which a service names a parent that nobody sent: whoever stands between made spans of its own and kept them.
rewritten AS
(
    SELECT DISTINCT trace_id
    FROM below
    WHERE server AND parent_span_id != toFixedString('', 8)
        AND (trace_id, parent_span_id) NOT IN (SELECT trace_id, span_id FROM below)
)
SELECT
    host, release, answers.gateway AS gateway,
    max(third_party) AS third_party,
    count() AS n,
    sum(weight) AS calls,
    sumIf(weight, gateway != '') AS answered,
    sumIf(weight, gateway = '' AND is_rewritten) AS rewritten,
    sumIf(weight, gateway = '' AND NOT is_rewritten AND is_late) AS late,
    sumIf(weight, gateway = '' AND NOT is_rewritten AND NOT is_late) AS rest
FROM
(
    SELECT
        *, trace_id IN (SELECT trace_id FROM rewritten) AS is_rewritten,
        toUnixTimestamp64Nano(start) >= {late_from:Int64} AS is_late
    FROM calls
) AS calls
LEFT JOIN answers USING (trace_id, span_id)
GROUP BY host, release, gateway
ORDER BY n DESC, host, release, gateway
LIMIT {limit:UInt32}
