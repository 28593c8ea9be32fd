-- Who calls whom, from whole traces; a row without a caller is about a service itself. Kinds: 0 browser, 1 service, 2 database,
-- 3 a host that sends no spans. A call between services takes as long as its answering span, one to a database or an outside host
-- as long as the caller's. Quantiles as in `vitals.sql`.
WITH picked AS
(
    SELECT
        trace_id, span_id, parent_span_id, kind, weight, db_system, server_address,
        if(service = '', 'unknown', toString(service)) AS name,
        view_id != '' OR resource['telemetry.sdk.language'] = 'webjs' AS of_page,
        duration_nano / 1e6 AS millis,
        status_code = 2 OR error_type != '' OR http_status >= 500 AS failed
    FROM spans FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND weight > 0
        AND sipHash64(trace_id) % {one_of:UInt64} = 0 {filters}
)
SELECT
    from_name, toUInt8(if(from_name = '', 0, from_kind)) AS caller_kind, to_name, to_kind,
    sum(weight) AS requests,
    sumIf(weight, failed) AS failed,
    quantilesExactWeighted(0.5, 0.95)(millis, toUInt64(round(weight * 1024))) AS quantiles
FROM
(
    -- Services by the requests they take, pages by the traces they begin.
    SELECT '' AS from_name, 0 AS from_kind, name AS to_name, if(of_page, 0, 1) AS to_kind, weight, failed, millis
    FROM picked
    WHERE if(of_page, parent_span_id = unhex('0000000000000000'), kind IN (2, 5))
    UNION ALL
    SELECT caller.name, if(caller.of_page, 0, 1), answer.name, if(answer.of_page, 0, 1), answer.weight, answer.failed, answer.millis
    FROM picked AS answer
    INNER JOIN picked AS caller ON answer.trace_id = caller.trace_id AND answer.parent_span_id = caller.span_id
    WHERE answer.name != caller.name
    UNION ALL
    SELECT arrayJoin(['', name]), if(of_page, 0, 1), toString(db_system), 2, weight, failed, millis
    FROM picked
    WHERE db_system != ''
    UNION ALL
    SELECT arrayJoin(['', name]), if(of_page, 0, 1), toString(server_address), 3, weight, failed, millis
    FROM picked
    WHERE kind = 3 AND db_system = '' AND server_address != ''
        AND (trace_id, span_id) NOT IN (SELECT trace_id, parent_span_id FROM picked WHERE kind IN (2, 5))
)
GROUP BY from_name, caller_kind, to_name, to_kind
ORDER BY requests DESC, from_name, to_name
LIMIT {limit:UInt32}
