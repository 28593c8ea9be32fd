-- How sure the counts of `traffic.sql` are, from what was recorded of each session. Sessions are drawn each on its own, by one
-- draw for all their views: the variance of a count is the sum of W·(W − Y), with W the weighted and Y the stored count of a
-- session. Where its views have one weight w that is w·(w − 1)·Y², as Horvitz and Thompson say; where rules of sampling give
-- them several, it is a little more than they would. See `precision.rs` for what becomes of the sums.
SELECT
    count() AS sessions,
    sum(views) AS views_seen,
    [
        sum(w * (w - 1)), sum(w_views * (w_views - views)), sum(w_requests * (w_requests - seen_requests)),
        sum(w_failed_requests * (w_failed_requests - seen_failed_requests))
    ] AS variances,
    [toFloat64(count()), toFloat64(sum(views)), toFloat64(sum(seen_requests)), toFloat64(sum(seen_failed_requests))] AS seen,
    (
        sum(w_with_errors), sum(w_views),
        sum(w_with_errors * w_with_errors), sum(w_with_errors * w_views), sum(w_views * w_views)
    ) AS error_rate
FROM
(
    SELECT
        min(weight) AS w,
        count() AS views,
        sum(weight) AS w_views,
        sumIf(weight, errors > 0) AS w_with_errors,
        sum(requests) AS seen_requests,
        sum(weight * requests) AS w_requests,
        sum(failed_requests) AS seen_failed_requests,
        sum(weight * failed_requests) AS w_failed_requests
    FROM views FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND {visitors}
        AND weight > 0 {filters}
    GROUP BY session_id
)
