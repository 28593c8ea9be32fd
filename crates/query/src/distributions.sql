-- The distribution of one vital for every value of a dimension, those with the most views first. Bins as in
-- `vitals.sql`.
SELECT
    {dimension:Identifier} AS value,
    count() AS n,
    sumMap(
        [toUInt32(least(greatest(ceil(assumeNotNull(measured) / {bin_width:Float64}) - 1, 0), {bin_count:Float64}))],
        [weight]
    ) AS bins
FROM
(
    SELECT *, {metric:Identifier} AS measured
    FROM views FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND {visitors}
        AND weight > 0 {filters}
)
WHERE measured IS NOT NULL
GROUP BY value
ORDER BY sum(weight) DESC, value
LIMIT {limit:UInt32}
