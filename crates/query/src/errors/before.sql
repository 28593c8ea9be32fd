-- What happened in a session up to a moment, the last first.
SELECT
    view_id, event_id, toUnixTimestamp64Nano(time) AS time_nano, name, label, value, target, body,
    exception_type, exception_message, exception_stacktrace, exception_handled,
    lower(hex(trace_id)) AS trace, lower(hex(span_id)) AS span, attributes
FROM events FINAL
WHERE app = {app:String}
    AND session_id = {session:String}
    AND session_id != ''
    AND time <= fromUnixTimestamp64Nano({moment:Int64}, 'UTC')
    AND event_id != {event:UInt64}
ORDER BY time_nano DESC, event_id DESC
LIMIT {limit:UInt32}
