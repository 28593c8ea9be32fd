-- Who met one group of errors: its most frequent values of each dimension.
SELECT dimension, value, sum(weight) AS errors, arraySum(minMapIf([session_id], [weight], session_id != '').2) AS sessions
FROM
(
    SELECT
        session_id, weight,
        ['release', 'route', 'browser', 'os', 'device', 'country'] AS dimensions,
        [toString(release), toString(route), toString(browser), toString(os), toString(device), toString(country)] AS found
    FROM events FINAL
    WHERE app = {app:String}
        AND time >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND time < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND toStartOfHour(time) >= toStartOfHour(fromUnixTimestamp64Nano({from:Int64}, 'UTC'))
        AND toStartOfHour(time) <= toStartOfHour(fromUnixTimestamp64Nano({to:Int64}, 'UTC'))
        AND exception_stack_id IN (SELECT stack_id FROM error_stacks FINAL WHERE app = {app:String} AND group_id = {group:UInt64})
        AND weight > 0
        AND {visitors} {filters}
)
ARRAY JOIN dimensions AS dimension, found AS value
GROUP BY dimension, value
ORDER BY errors DESC, value
LIMIT {limit:UInt32} BY dimension
