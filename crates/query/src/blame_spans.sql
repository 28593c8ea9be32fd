-- The spans of all traces that a view began, those of services too. Ids are unique within their trace only.
WITH traces AS
(
    SELECT DISTINCT trace_id
    FROM spans
    WHERE app = {app:String} AND session_id = {session:String} AND view_id = {view:String}
        AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
)
SELECT
    concat(lower(hex(trace_id)), lower(hex(span_id))) AS id,
    if(parent_span_id = toFixedString('', 8), '', concat(lower(hex(trace_id)), lower(hex(parent_span_id)))) AS parent,
    if(attributes[{answered_by:String}] = '', '', concat(lower(hex(trace_id)), attributes[{answered_by:String}]))
        AS answered_by,
    toUnixTimestamp64Nano(start) AS start_nano,
    duration_nano, name, kind, service, session_id = {session:String} AND view_id = {view:String} AS of_view,
    resource[{language:String}] = 'webjs' OR view_id != '' AS browser,
    db_system, server_address, attributes[{third_party:String}] = 'true' AS third_party,
    arrayMap(phase -> toFloat64OrNull(attributes[phase]), {phases:Array(String)}) AS phases
FROM spans FINAL
WHERE app = {app:String}
    AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
    AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
    AND trace_id IN (SELECT trace_id FROM traces UNION DISTINCT SELECT unhex({trace:String}))
ORDER BY start_nano, id
LIMIT {limit:UInt32}
