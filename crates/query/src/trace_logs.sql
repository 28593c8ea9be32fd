-- What the services wrote while they worked on this trace.
SELECT
    toUnixTimestamp64Nano(time) AS time_nano, severity_text, severity_number, body, service,
    lower(hex(span_id)) AS span, attributes
FROM logs FINAL
WHERE app = {app:String} AND trace_id = unhex({trace:String})
ORDER BY time_nano, log_id
LIMIT {limit:UInt32}
