-- What `precision.rs` needs to say how sure the figures of `vitals.sql` are: for each vital sums over its sessions, of the
-- weight below its p75 (`a` of the first), of the good and of the poor (`a` of the others), of all (`b`), and of their
-- products. Weights and NULLs as in `vitals.sql`.
SELECT
    metric,
    count() AS sessions,
    (sum(below), sum(whole), sum(below * below), sum(below * whole), sum(whole * whole)) AS p75,
    (sum(fine), sum(whole), sum(fine * fine), sum(fine * whole), sum(whole * whole)) AS good,
    (sum(bad), sum(whole), sum(bad * bad), sum(bad * whole), sum(whole * whole)) AS poor
FROM
(
    SELECT
        metric,
        sum(weight) AS whole,
        sumIf(weight, value <= at_p75) AS below,
        sumIf(weight, value <= good_max) AS fine,
        sumIf(weight, value > poor_min) AS bad
    FROM
    (
        SELECT session_id, weight, lcp, inp, cls, fcp, ttfb
        FROM views FINAL
        WHERE app = {app:String}
            AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
            AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
            AND {visitors}
            AND weight > 0 {filters}
    )
    ARRAY JOIN
        ['lcp', 'inp', 'cls', 'fcp', 'ttfb'] AS metric,
        [lcp, inp, cls, fcp, ttfb] AS value,
        {p75:Array(Float64)} AS at_p75,
        {good_max:Array(Float64)} AS good_max,
        {poor_min:Array(Float64)} AS poor_min
    WHERE value IS NOT NULL
    GROUP BY metric, session_id
)
GROUP BY metric
