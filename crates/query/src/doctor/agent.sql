-- What the agents say of themselves.
SELECT
    count() AS n,
    countIf(arrayExists((name, count) -> startsWith(name, 'limen.agent.dropped') AND toUInt64OrZero(count) > 0, mapKeys(attributes), mapValues(attributes))) AS dropping,
    countIf(toUInt64OrZero(attributes['limen.agent.faults']) > 0) AS faulty,
    countIf(attributes['limen.agent.shed'] NOT IN ('', '[]')) AS shedding
FROM events FINAL
WHERE app = {app:String}
    AND time >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
    AND time < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
    AND toStartOfHour(time) >= toStartOfHour(fromUnixTimestamp64Nano({from:Int64}, 'UTC'))
    AND toStartOfHour(time) <= toStartOfHour(fromUnixTimestamp64Nano({to:Int64}, 'UTC'))
    AND name = 'limen.agent'
    AND {visitors} {filters}
