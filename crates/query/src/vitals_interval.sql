-- The values at two levels of each vital: the ends of the interval around its p75. The levels follow from the
-- effective sample size, so they are known only after `vitals.sql`, whose rules on weights and NULLs hold here too.
SELECT
    {ends}
FROM
(
    SELECT lcp, inp, cls, fcp, ttfb, toUInt64(round(weight * 1024)) AS units
    FROM views FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND {visitors}
        AND weight > 0 {filters}
)
