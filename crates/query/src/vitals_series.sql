-- One vital over time: one row per bucket that has views. Weights, NULLs and quantiles as in `vitals.sql`.
SELECT
    intDiv(toUnixTimestamp64Nano(start) - {origin:Int64}, {step:Int64}) AS bucket,
    count() AS n,
    quantilesExactWeighted(0.5, 0.75, 0.95)(value, toUInt64(round(weight * 1024))) AS quantiles,
    sumIf(weight, value <= {good_max:Float64}) / sum(weight) AS good,
    sumIf(weight, value > {good_max:Float64} AND value <= {poor_min:Float64}) / sum(weight) AS needs_improvement,
    sumIf(weight, value > {poor_min:Float64}) / sum(weight) AS poor
FROM
(
    SELECT start, weight, assumeNotNull({metric:Identifier}) AS value
    FROM views FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND {visitors}
        AND weight > 0
        AND {metric:Identifier} IS NOT NULL {filters}
)
GROUP BY bucket
