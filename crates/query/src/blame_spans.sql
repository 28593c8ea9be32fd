-- The spans of all traces that some views began, those of services too. Ids are unique within their trace only; a trace that
-- several of the views are part of comes once for each.
WITH traces AS
(
    SELECT DISTINCT trace_id, session_id AS of_session, view_id AS of_view
    FROM spans
    WHERE app = {app:String} AND session_id IN {sessions:Array(String)} AND view_id IN {views:Array(String)}
        AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
    UNION DISTINCT
    SELECT trace_id, session_id, view_id
    FROM views
    WHERE app = {app:String} AND session_id IN {sessions:Array(String)} AND view_id IN {views:Array(String)}
        AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
)
SELECT
    traces.of_session, traces.of_view,
    concat(lower(hex(trace_id)), lower(hex(span_id))) AS id,
    if(parent_span_id = toFixedString('', 8), '', concat(lower(hex(trace_id)), lower(hex(parent_span_id)))) AS parent,
    if(attributes[{answered_by:String}] = '', '', concat(lower(hex(trace_id)), attributes[{answered_by:String}]))
        AS answered_by,
    toUnixTimestamp64Nano(start) AS start_nano,
    duration_nano, name, kind, service, session_id = of_session AND view_id = of_view AS of_this_view,
    resource[{language:String}] = 'webjs' OR view_id != '' AS browser,
    db_system, server_address, attributes[{third_party:String}] = 'true' AS third_party,
    arrayMap(phase -> toFloat64OrNull(attributes[phase]), {phases:Array(String)}) AS phases
FROM spans FINAL
INNER JOIN traces USING (trace_id)
WHERE app = {app:String}
    AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
    AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
    AND trace_id IN (SELECT trace_id FROM traces)
    AND trace_id != toFixedString('', 16)
ORDER BY start_nano, id
LIMIT {limit:UInt32} BY of_session, of_view
