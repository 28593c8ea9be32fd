-- The newest errors of one group, or the one that is asked for.
SELECT
    session_id, view_id, event_id, toUnixTimestamp64Nano(time) AS time_nano, toString(exception_type) AS error_type,
    exception_message, exception_stacktrace, exception_handled, exception_stack_id, url, toString(route) AS route_name,
    toString(release) AS release_name, toString(browser) AS browser_name, toString(browser_version) AS version,
    toString(os) AS os_name, toString(country) AS country_code, user_id, lower(hex(trace_id)) AS trace, attributes
FROM events FINAL
WHERE app = {app:String}
    AND time >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
    AND time < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
    AND toStartOfHour(time) >= toStartOfHour(fromUnixTimestamp64Nano({from:Int64}, 'UTC'))
    AND toStartOfHour(time) <= toStartOfHour(fromUnixTimestamp64Nano({to:Int64}, 'UTC'))
    AND exception_stack_id IN (SELECT stack_id FROM error_stacks FINAL WHERE app = {app:String} AND group_id = {group:UInt64})
    AND ({event:UInt64} = 0 OR event_id = {event:UInt64})
    AND {visitors} {filters}
ORDER BY time_nano DESC, event_id
LIMIT {limit:UInt32}
