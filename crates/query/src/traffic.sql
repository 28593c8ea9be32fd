-- How much went on in a range and in the equally long one before it: one row per period.
--
-- Errors are counted where they are stored, as events, because an error of a session kept for its errors counts while
-- the session's views do not. A session is there as soon as one of its views is, so it
-- counts with the smallest weight of those that count: where rules keep some routes more often than others, its views differ.
SELECT
    current,
    sum(sessions) AS sessions,
    sum(views) AS views,
    sum(views_with_errors) AS views_with_errors,
    sum(requests) AS requests,
    sum(failed_requests) AS failed_requests,
    sum(errors) AS errors
FROM
(
    SELECT
        current,
        sum(session_weight) AS sessions,
        sum(session_views) AS views,
        sum(session_views_with_errors) AS views_with_errors,
        sum(session_requests) AS requests,
        sum(session_failed_requests) AS failed_requests,
        0. AS errors
    FROM
    (
        SELECT
            start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC') AS current,
            minIf(weight, weight > 0) AS session_weight,
            sum(weight) AS session_views,
            sumIf(weight, errors > 0) AS session_views_with_errors,
            sum(weight * requests) AS session_requests,
            sum(weight * failed_requests) AS session_failed_requests
        FROM views FINAL
        WHERE app = {app:String}
            AND start >= fromUnixTimestamp64Nano({previous_from:Int64}, 'UTC')
            AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
            AND {visitors} {filters}
        GROUP BY current, session_id
    )
    GROUP BY current
    UNION ALL
    SELECT
        time >= fromUnixTimestamp64Nano({from:Int64}, 'UTC') AS current,
        0., 0., 0., 0., 0.,
        sum(weight)
    FROM events FINAL
    WHERE app = {app:String}
        AND time >= fromUnixTimestamp64Nano({previous_from:Int64}, 'UTC')
        AND time < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        -- The time itself stands at the end of the key, where it prunes nothing.
        AND toStartOfHour(time) >= toStartOfHour(fromUnixTimestamp64Nano({previous_from:Int64}, 'UTC'))
        AND toStartOfHour(time) <= toStartOfHour(fromUnixTimestamp64Nano({to:Int64}, 'UTC'))
        AND name = 'exception'
        AND {visitors} {filters}
    GROUP BY current
)
GROUP BY current
