-- How many sessions, views and requests there were in a range and in the equally long one before it, and how sure that is: one
-- row per period. A session is there as soon as one of its views is, so it counts with the smallest weight of those that
-- count: where rules keep some routes more often than others, its views differ.
--
-- Sessions are drawn each on its own, by one draw for all their views: the variance of a count is the sum of W·(W − Y),
-- with W the weighted and Y the stored count of a session. Where its views have one weight w that is w·(w − 1)·Y², as
-- Horvitz and Thompson say; where rules of sampling give them several, it is a little more than they would. See
-- `precision.rs` for what becomes of the sums.
SELECT
    current,
    sum(w) AS sessions,
    sum(w_views) AS views,
    sum(w_with_errors) AS views_with_errors,
    sum(w_requests) AS requests,
    sum(w_failed_requests) AS failed_requests,
    count() AS sessions_seen,
    sum(n_views) AS views_seen,
    [
        sum(w * (w - 1)), sum(w_views * (w_views - n_views)), sum(w_requests * (w_requests - n_requests)),
        sum(w_failed_requests * (w_failed_requests - n_failed_requests))
    ] AS variances,
    [toFloat64(count()), toFloat64(sum(n_views)), toFloat64(sum(n_requests)), toFloat64(sum(n_failed_requests))] AS seen,
    (
        sum(w_with_errors), sum(w_views),
        sum(w_with_errors * w_with_errors), sum(w_with_errors * w_views), sum(w_views * w_views)
    ) AS error_rate
FROM
(
    SELECT
        start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC') AS current,
        min(weight) AS w,
        count() AS n_views,
        sum(weight) AS w_views,
        sumIf(weight, errors > 0) AS w_with_errors,
        sum(requests) AS n_requests,
        sum(weight * requests) AS w_requests,
        sum(failed_requests) AS n_failed_requests,
        sum(weight * failed_requests) AS w_failed_requests
    FROM views FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({previous_from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND {visitors}
        AND weight > 0 {filters}
    GROUP BY current, session_id
)
GROUP BY current
