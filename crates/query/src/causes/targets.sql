-- What LCP, INP and CLS are blamed on: elements of the page with the views in which each was the one, those with most
-- poor views first. Weights, NULLs and quantiles as in `vitals.sql`.
SELECT
    metric,
    target,
    detail,
    count() AS n,
    sum(weight) AS views,
    quantileExactWeighted(0.75)(assumeNotNull(value), units) AS p75,
    sumIf(weight, value > poor_min) / sum(weight) AS poor
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
ARRAY JOIN
    ['lcp', 'inp', 'cls'] AS metric,
    [lcp, inp, cls] AS value,
    [toString(lcp_target), toString(inp_target), toString(cls_target)] AS target,
    -- A resource without its query: versions and ids of requests would make one of every view.
    [cutQueryStringAndFragment(lcp_url), toString(inp_type), ''] AS detail,
    {poor_min:Array(Float64)} AS poor_min
WHERE value IS NOT NULL
GROUP BY metric, target, detail
ORDER BY metric, sumIf(weight, value > poor_min) DESC, views DESC, target, detail
LIMIT {limit:UInt32} BY metric
