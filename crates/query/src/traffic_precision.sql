-- How sure the counts of `traffic.sql` are, from what was recorded of each session. Sessions are drawn with the probability
-- 1/w, each on its own; see `precision.rs` for what becomes of the sums.
SELECT
    count() AS sessions,
    sum(views) AS views_seen,
    [sum(w * (w - 1)), sum(w * (w - 1) * pow(views, 2)), sum(w * (w - 1) * pow(requests, 2)),
        sum(w * (w - 1) * pow(failed_requests, 2))] AS variances,
    [toFloat64(count()), toFloat64(sum(views)), toFloat64(sum(requests)), toFloat64(sum(failed_requests))] AS seen,
    (
        sum(w * with_errors), sum(w * views),
        sum(pow(w * with_errors, 2)), sum(w * with_errors * w * views), sum(pow(w * views, 2))
    ) AS error_rate
FROM
(
    SELECT
        max(weight) AS w,
        count() AS views,
        countIf(errors > 0) AS with_errors,
        sum(requests) AS requests,
        sum(failed_requests) AS failed_requests
    FROM views FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND {visitors}
        AND weight > 0 {filters}
    GROUP BY session_id
)
