-- The hours that have closed or got rows since the round before, with the number of views in them.
SELECT app, hour, sum(rows) AS views
FROM
(
    SELECT app, toInt64(toUnixTimestamp(toStartOfHour(start, 'UTC'))) AS hour, 1 AS rows, received, start AS time
    FROM views
    WHERE start < fromUnixTimestamp64Nano({closed:Int64}, 'UTC')
    UNION ALL
    SELECT app, toInt64(toUnixTimestamp(toStartOfHour(time, 'UTC'))) AS hour, 0 AS rows, received, time
    FROM events
    WHERE name = 'exception' AND time < fromUnixTimestamp64Nano({closed:Int64}, 'UTC')
)
WHERE (received >= fromUnixTimestamp64Nano({before:Int64}, 'UTC') AND received < fromUnixTimestamp64Nano({until:Int64}, 'UTC'))
    OR time >= fromUnixTimestamp64Nano({closed_before:Int64}, 'UTC')
GROUP BY app, hour
ORDER BY app, hour
