-- The spans of one trace, of browsers and services alike, in the order in which they began.
SELECT
    lower(hex(span_id)) AS span,
    lower(hex(parent_span_id)) AS parent,
    toUnixTimestamp64Nano(start) AS start_nano,
    duration_nano, name, kind, status_code, status_message, service, session_id, view_id,
    http_method, http_status, url, url_template, db_system, db_statement, error_type,
    attributes, resource,
    arrayMap(time -> toUnixTimestamp64Nano(time), event_times) AS event_nanos,
    event_names, event_attributes
FROM spans FINAL
WHERE app = {app:String} AND trace_id = unhex({trace:String})
ORDER BY start_nano, span
LIMIT {limit:UInt32}
