-- What happened in one session, in order.
SELECT
    view_id, event_id, toUnixTimestamp64Nano(time) AS time_nano, name, label, value, target, body,
    exception_type, exception_message, exception_stacktrace, exception_handled,
    lower(hex(trace_id)) AS trace, lower(hex(span_id)) AS span, attributes
FROM events FINAL
WHERE app = {app:String} AND session_id = {session:String}
ORDER BY time_nano, view_id, event_id
LIMIT {limit:UInt32}
