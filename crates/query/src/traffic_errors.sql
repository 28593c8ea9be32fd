-- The errors of the range before; those of the range itself are counted over time by `traffic_series.sql`.
--
-- Errors are counted where they are stored, as events, because an error of a session kept for its errors counts while
-- the session's views do not.
SELECT sum(weight)
FROM events FINAL
WHERE app = {app:String}
    AND time >= fromUnixTimestamp64Nano({previous_from:Int64}, 'UTC')
    AND time < fromUnixTimestamp64Nano({from:Int64}, 'UTC')
    -- The time itself stands at the end of the key, where it prunes nothing.
    AND toStartOfHour(time) >= toStartOfHour(fromUnixTimestamp64Nano({previous_from:Int64}, 'UTC'))
    AND toStartOfHour(time) <= toStartOfHour(fromUnixTimestamp64Nano({from:Int64}, 'UTC'))
    AND name = 'exception'
    AND {visitors} {filters}
