-- The requests of one session's pages: client spans (OTLP kind 3) made inside a view. The load of the document itself
-- is one of the view's phases and not listed again.
SELECT
    view_id, toUnixTimestamp64Nano(start) AS start_nano, duration_nano, http_method, url, url_template, http_status,
    error_type, attributes[{aborted:String}] = 'true' AS aborted,
    lower(hex(trace_id)) AS trace, lower(hex(span_id)) AS span
FROM spans FINAL
WHERE app = {app:String} AND session_id = {session:String} AND kind = 3 AND view_id != '' AND name != 'documentFetch'
ORDER BY start_nano, span_id
LIMIT {limit:UInt32}
