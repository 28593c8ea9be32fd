-- Each vital of a range and of the equally long range before it: one row per metric and period.
--
-- A view counts with its weight; a weight of 0 means "to be seen, not counted". A vital that a view does not have is
-- NULL and is not counted, never 0: changes of route have no LCP, FCP and TTFB, and not every browser measures all.
--
-- quantileExactWeighted is the inverse of the weighted distribution function: the smallest measured value at which the
-- running weight reaches the level. An interpolating quantile would depend on the unit of the weights, which the engine
-- wants as whole numbers; hence weights in 1/1024. It is also a value that somebody really had.
SELECT
    metric,
    start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC') AS current,
    count() AS n,
    quantileExactWeighted(0.75)(assumeNotNull(value), toUInt64(round(weight * 1024))) AS p75,
    sumIf(weight, value <= good_max) / sum(weight) AS good,
    sumIf(weight, value > good_max AND value <= poor_min) / sum(weight) AS needs_improvement,
    sumIf(weight, value > poor_min) / sum(weight) AS poor,
    -- Bins are (low, high], as the classes are; what lies above them all falls into the last one.
    sumMap(
        [toUInt32(least(greatest(ceil(assumeNotNull(value) / bin_width) - 1, 0), bin_count))], [weight]
    ) AS bins
FROM
(
    SELECT start, weight, lcp, inp, cls, fcp, ttfb
    FROM views FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({previous_from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND {visitors}
        AND weight > 0 {filters}
)
ARRAY JOIN
    ['lcp', 'inp', 'cls', 'fcp', 'ttfb'] AS metric,
    [lcp, inp, cls, fcp, ttfb] AS value,
    {good_max:Array(Float64)} AS good_max,
    {poor_min:Array(Float64)} AS poor_min,
    {bin_width:Array(Float64)} AS bin_width,
    {bin_count:Array(Float64)} AS bin_count
WHERE value IS NOT NULL
GROUP BY metric, current
