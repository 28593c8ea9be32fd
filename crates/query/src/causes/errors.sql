-- The errors inside the views of a range, by type and message: those that most people met first.
SELECT
    toString(exception_type) AS type,
    substringUTF8(exception_message, 1, {message_length:UInt32}) AS message,
    count() AS n,
    sum(weight) AS errors,
    -- As in `traffic.sql`: with the smallest weight of a session's records.
    arraySum(minMap([session_id], [weight]).2) AS sessions,
    toUnixTimestamp64Nano(max(time)) AS last_nano
FROM events FINAL
WHERE app = {app:String}
    AND time >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
    AND time < fromUnixTimestamp64Nano({inside_to:Int64}, 'UTC')
    AND name = 'exception'
    AND weight > 0
    AND (session_id, view_id) IN
    (
        SELECT session_id, view_id
        FROM views FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND {visitors}
        AND weight > 0 {filters}
    )
GROUP BY type, message
ORDER BY sessions DESC, errors DESC, type, message
LIMIT {limit:UInt32}
