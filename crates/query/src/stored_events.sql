-- How often each event was kept in the range, and for how many each of them stands.
SELECT name, count() AS kept, sum(weight) AS stands_for
FROM events FINAL
WHERE app = {app:String}
    AND time >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
    AND time < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
GROUP BY name
ORDER BY kept DESC, name
LIMIT {limit:UInt32}
