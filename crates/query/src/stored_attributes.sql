-- What each attribute without a column costs, and how many different values it has, among so many records of each table.
SELECT
    table,
    pair.1 AS key,
    count() AS records,
    sum(length(pair.1) + length(pair.2)) AS bytes,
    uniq(pair.2) AS different
FROM
(
    SELECT 'views' AS table, arrayJoin(attributes) AS pair FROM
    (
        SELECT attributes FROM views
        WHERE app = {app:String} AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
            AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        LIMIT {sample:UInt64}
    )
    UNION ALL
    SELECT 'events' AS table, arrayJoin(attributes) AS pair FROM
    (
        SELECT attributes FROM events
        WHERE app = {app:String} AND time >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
            AND time < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        LIMIT {sample:UInt64}
    )
    UNION ALL
    SELECT 'spans' AS table, arrayJoin(attributes) AS pair FROM
    (
        SELECT attributes FROM spans
        WHERE app = {app:String} AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
            AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        LIMIT {sample:UInt64}
    )
    UNION ALL
    SELECT 'logs' AS table, arrayJoin(attributes) AS pair FROM
    (
        SELECT attributes FROM logs
        WHERE app = {app:String} AND time >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
            AND time < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        LIMIT {sample:UInt64}
    )
)
GROUP BY table, key
ORDER BY bytes DESC, table, key
LIMIT {limit:UInt32}
