-- Sessions, views and errors over time: one row per bucket that has any. Counted as in `traffic.sql`; a session counts
-- in every bucket in which it opened a view. Errors as in `traffic_errors.sql`.
SELECT
    bucket,
    sum(sessions) AS sessions,
    sum(views) AS views,
    sum(errors) AS errors
FROM
(
    SELECT
        bucket,
        sum(session_weight) AS sessions,
        sum(session_views) AS views,
        0. AS errors
    FROM
    (
        SELECT
            intDiv(toUnixTimestamp64Nano(start) - {origin:Int64}, {step:Int64}) AS bucket,
            minIf(weight, weight > 0) AS session_weight,
            sum(weight) AS session_views
        FROM views FINAL
        WHERE app = {app:String}
            AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
            AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
            AND {visitors} {filters}
        GROUP BY bucket, session_id
    )
    GROUP BY bucket
    UNION ALL
    SELECT
        intDiv(toUnixTimestamp64Nano(time) - {origin:Int64}, {step:Int64}) AS bucket,
        0., 0.,
        sum(weight)
    FROM events FINAL
    WHERE app = {app:String}
        AND time >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND time < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        -- The time itself stands at the end of the key, where it prunes nothing.
        AND toStartOfHour(time) >= toStartOfHour(fromUnixTimestamp64Nano({from:Int64}, 'UTC'))
        AND toStartOfHour(time) <= toStartOfHour(fromUnixTimestamp64Nano({to:Int64}, 'UTC'))
        AND name = 'exception'
        AND {visitors} {filters}
    GROUP BY bucket
)
GROUP BY bucket
