-- The vitals of a range and of the equally long range before it: a row per period, in it the figures of each vital.
--
-- A view counts with its weight; a weight of 0 means "to be seen, not counted". A vital that a view does not have is
-- NULL and is not counted, never 0: changes of route have no LCP, FCP and TTFB, and not every browser measures all.
SELECT
    start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC') AS current,
    {figures}
FROM
(
    SELECT start, weight, toUInt64(round(weight * 1024)) AS units, lcp, inp, cls, fcp, ttfb
    FROM views FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({previous_from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND {visitors}
        AND weight > 0 {filters}
)
GROUP BY current
