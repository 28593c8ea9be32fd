-- The attributes of a metric's points, and how many values each has; those with one value tell nothing apart and come last.
SELECT attribute.1 AS key, uniqExact(attribute.2) AS different
FROM metrics
ARRAY JOIN arrayZip(mapKeys(attributes), mapValues(attributes)) AS attribute
WHERE app = {app:String}
    AND name = {name:String}
    AND kind = {kind:String}
    AND unit = {unit:String}
    AND ({service:String} = '' OR service = {service:String})
    AND time >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
    AND time < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
GROUP BY key
ORDER BY different = 1, key
LIMIT {limit:UInt32}
