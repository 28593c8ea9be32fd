-- The values at two levels of each vital: the ends of the interval around its p75. The levels follow from the
-- effective sample size, so they are known only after `vitals.sql`, whose rules on weights and NULLs hold here too.
SELECT
    quantilesExactWeighted({lcp_low:Float64}, {lcp_high:Float64})(lcp, units) AS lcp_ends,
    quantilesExactWeighted({inp_low:Float64}, {inp_high:Float64})(inp, units) AS inp_ends,
    quantilesExactWeighted({cls_low:Float64}, {cls_high:Float64})(cls, units) AS cls_ends,
    quantilesExactWeighted({fcp_low:Float64}, {fcp_high:Float64})(fcp, units) AS fcp_ends,
    quantilesExactWeighted({ttfb_low:Float64}, {ttfb_high:Float64})(ttfb, units) AS ttfb_ends
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
