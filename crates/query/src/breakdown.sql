-- The views of a range by the values of one dimension. Weights, NULLs and quantiles as in `vitals.sql`; the window
-- sum is taken before the limit, so it says how much the limit has left out.
SELECT
    {dimension:Identifier} AS value,
    sum(weight) AS views,
    sumIf(weight, errors > 0) / sum(weight) AS error_rate,
    sum(sum(weight)) OVER () AS all_views,
    {shares},
    countIf(transition_time IS NOT NULL) AS transition_n,
    quantileExactWeightedIf(0.75)(assumeNotNull(transition_time), units, transition_time IS NOT NULL) AS transition_p75
FROM
(
    SELECT {dimension:Identifier}, weight, toUInt64(round(weight * 1024)) AS units, errors, lcp, inp, cls, fcp, ttfb, transition_time
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
