-- Traces, newest first: one row per trace that has a matching span in the range; the figures are of the whole trace.
-- Its root is the earliest span without a parent. A span may not last longer than a year here: hostile durations would
-- overflow the sum of nanoseconds.
SELECT
    trace,
    start_nano,
    end_nano,
    root_name, root_service, trace_services, span_count, error_count, trace_session_id, trace_route
FROM
(
    SELECT
        lower(hex(trace_id)) AS trace,
        min(toUnixTimestamp64Nano(start)) AS start_nano,
        max(toUnixTimestamp64Nano(start) + toInt64(least(duration_nano, 31536000000000000))) AS end_nano,
        argMin(name, (parent_span_id != unhex('0000000000000000'), start, span_id)) AS root_name,
        argMin(service, (parent_span_id != unhex('0000000000000000'), start, span_id)) AS root_service,
        arraySort(groupUniqArray(100)(service)) AS trace_services,
        count() AS span_count,
        countIf(status_code = 2) AS error_count,
        argMinIf(session_id, start, session_id != '') AS trace_session_id,
        argMinIf(route, start, route != '') AS trace_route
    FROM spans FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({trace_from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({trace_to:Int64}, 'UTC')
        AND trace_id IN
        (
            SELECT trace_id
            FROM spans FINAL
            WHERE app = {app:String}
                AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
                AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC') {filters}
        )
    GROUP BY trace_id
)
WHERE (start_nano, trace) < ({cursor_start:Int64}, {cursor_id:String}) AND start_nano >= {start_min:Int64}
ORDER BY start_nano DESC, trace DESC
LIMIT {limit:UInt32}
