-- The requests of one session's pages: client spans (OTLP kind 3) made inside a view. The load of the document itself
-- is one of the view's phases and not listed again. A request has a backend when another service reported into its trace.
WITH requests AS
(
    SELECT *
    FROM spans FINAL
    WHERE app = {app:String} AND session_id = {session:String} AND kind = 3 AND view_id != '' AND name != 'documentFetch'
    ORDER BY start, span_id
    LIMIT {limit:UInt32}
)
SELECT
    view_id, toUnixTimestamp64Nano(start) AS start_nano, duration_nano, http_method, url, url_template, http_status,
    error_type, attributes[{aborted:String}] = 'true' AS aborted,
    lower(hex(trace_id)) AS trace, lower(hex(span_id)) AS span,
    trace_id IN
    (
        SELECT trace_id
        FROM spans
        WHERE app = {app:String} AND trace_id IN (SELECT trace_id FROM requests)
        GROUP BY trace_id
        HAVING uniqExact(service) > 1
    ) AS has_backend
FROM requests
ORDER BY start_nano, span_id
