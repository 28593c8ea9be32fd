-- The views of a range by the values of one dimension. Weights, NULLs and quantiles as in `vitals.sql`; the window
-- sum is taken before the limit, so it says how much the limit has left out.
SELECT
    {dimension:Identifier} AS value,
    sum(weight) AS views,
    -- As in `traffic.sql`: with the smallest weight of a session's views.
    arraySum(minMap([session_id], [weight]).2) AS sessions,
    sumIf(weight, errors > 0) / sum(weight) AS error_rate,
    sum(sum(weight)) OVER () AS all_views,
    (
        countIf(lcp IS NOT NULL),
        quantileExactWeighted(0.75)(lcp, units),
        sumIf(weight, lcp <= {lcp_good:Float64}),
        sumIf(weight, lcp > {lcp_poor:Float64}),
        sumIf(weight, lcp IS NOT NULL)
    ) AS lcp_share,
    (
        countIf(inp IS NOT NULL),
        quantileExactWeighted(0.75)(inp, units),
        sumIf(weight, inp <= {inp_good:Float64}),
        sumIf(weight, inp > {inp_poor:Float64}),
        sumIf(weight, inp IS NOT NULL)
    ) AS inp_share,
    (
        countIf(cls IS NOT NULL),
        quantileExactWeighted(0.75)(cls, units),
        sumIf(weight, cls <= {cls_good:Float64}),
        sumIf(weight, cls > {cls_poor:Float64}),
        sumIf(weight, cls IS NOT NULL)
    ) AS cls_share,
    (
        countIf(fcp IS NOT NULL),
        quantileExactWeighted(0.75)(fcp, units),
        sumIf(weight, fcp <= {fcp_good:Float64}),
        sumIf(weight, fcp > {fcp_poor:Float64}),
        sumIf(weight, fcp IS NOT NULL)
    ) AS fcp_share,
    (
        countIf(ttfb IS NOT NULL),
        quantileExactWeighted(0.75)(ttfb, units),
        sumIf(weight, ttfb <= {ttfb_good:Float64}),
        sumIf(weight, ttfb > {ttfb_poor:Float64}),
        sumIf(weight, ttfb IS NOT NULL)
    ) AS ttfb_share,
    countIf(transition_time IS NOT NULL) AS transition_n,
    quantileExactWeighted(0.75)(transition_time, units) AS transition_p75
FROM
(
    SELECT *, toUInt64(round(weight * 1024)) AS units
    FROM views FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND {visitors}
        AND weight > 0 {filters}
)
GROUP BY value
ORDER BY
    -- Whoever has no such vital comes last.
    multiIf(
        {order:String} = 'lcp', if(lcp_share.1 = 0, -1, lcp_share.2),
        {order:String} = 'inp', if(inp_share.1 = 0, -1, inp_share.2),
        {order:String} = 'cls', if(cls_share.1 = 0, -1, cls_share.2),
        views
    ) DESC,
    views DESC,
    value
LIMIT {limit:UInt32}
