-- The sums over the views and errors of `{app}` in `{ranges}`, one row per hour and group (an hour's errors come as a row of
-- their own). Weights and NULLs as in every question: a view counts with its weight, what it does not have is not counted.
--
-- What follows from single sessions (how sure a share is, see the `precision` of questions) is summed over sessions and
-- hours: a session that goes on over the hour counts as two.
SELECT
    hour AS start, dims, key1, key2,
    sum(w) AS sessions,
    sumForEach(arrayMap(hours -> if(hours = lag, w, 0.), [1, 2, 3, 4])) AS continued,
    sum(w * session_views) AS views,
    sum(w * session_failed_views) AS failed_views,
    sum(w * session_requests) AS requests,
    sum(w * session_failed_requests) AS failed_requests,
    0. AS errors,
    [toFloat64(count()), toFloat64(sum(session_views)), toFloat64(sum(session_requests)), toFloat64(sum(session_failed_requests))] AS seen,
    [sum(w * (w - 1)), sum(w * (w - 1) * pow(session_views, 2)), sum(w * (w - 1) * pow(session_requests, 2)),
        sum(w * (w - 1) * pow(session_failed_requests, 2))] AS variances,
    [sum(pow(w * session_failed_views, 2)), sum(w * session_failed_views * w * session_views), sum(pow(w * session_views, 2))]
        AS failed_squares,
    sumForEach(having) AS n,
    sumForEach(arrayMap(x -> toUInt64(x > 0), having)) AS units,
    sumForEach(arrayMap(x -> w * x, having)) AS weight,
    sumForEach(arrayMap(x -> pow(w * x, 2), having)) AS weight_squares,
    sumForEach(arrayMap(x -> w * x, fine)) AS good,
    sumForEach(arrayMap(x -> pow(w * x, 2), fine)) AS good_squares,
    sumForEach(arrayMap((x, y) -> w * x * w * y, fine, having)) AS good_products,
    sumForEach(arrayMap(x -> w * x, bad)) AS poor,
    sumForEach(arrayMap(x -> pow(w * x, 2), bad)) AS poor_squares,
    sumForEach(arrayMap((x, y) -> w * x * w * y, bad, having)) AS poor_products,
    sumMap(bins, arrayMap(x -> w, bins)).1 AS bin_keys,
    sumMap(bins, arrayMap(x -> w, bins)).2 AS bin_weights
FROM
(
    SELECT
        hour, dims, key1, key2, session_id, w,
        -- How many hours before the session was in the group last. Agents end a session after four hours.
        multiIf({lags}, 0) AS lag,
        count() AS session_views,
        countIf(failed) AS session_failed_views,
        sum(view_requests) AS session_requests,
        sum(view_failed_requests) AS session_failed_requests,
        sumForEach(has_value) AS having,
        sumForEach(is_good) AS fine,
        sumForEach(is_poor) AS bad,
        groupArrayArray(keys) AS bins
    FROM
    (
        SELECT
            hour, session_id, w, failed, view_requests, view_failed_requests,
            arrayMap(x -> toUInt64(isNotNull(x)), found) AS has_value,
            arrayMap((x, y) -> toUInt64(ifNull(x <= y, 0)), found, {good_max:Array(Float64)}) AS is_good,
            arrayMap((x, y) -> toUInt64(ifNull(x > y, 0)), found, {poor_min:Array(Float64)}) AS is_poor,
            -- A key is the number of the vital and that of the bin; the first bin of a vital holds zero.
            arrayFilter(key -> key > 0, arrayMap(
                (x, i) -> toUInt32(multiIf(
                    isNull(x), 0,
                    x < {least:Float64}, i * 65536,
                    i * 65536 + 32768 + least(greatest(ceil(log(x) / {log_gamma:Float64}), -32000), 32000)
                )),
                found, [1, 2, 3, 4, 5, 6]
            )) AS keys,
            dims, key1, key2
        FROM
        (
            SELECT
                *, toStartOfHour(start, 'UTC') AS hour, weight AS w, errors > 0 AS failed, requests AS view_requests,
                failed_requests AS view_failed_requests, [lcp, inp, cls, fcp, ttfb, transition_time] AS found
            FROM views FINAL
            WHERE app = {app:String} AND ({ranges}) AND NOT bot AND weight > 0 {filters}
        )
        ARRAY JOIN {sets}
    )
    GROUP BY hour, dims, key1, key2, session_id, w
)
GROUP BY hour, dims, key1, key2
UNION ALL
SELECT
    toStartOfHour(time, 'UTC') AS start, dims, key1, key2,
    0., [], 0., 0., 0., 0.,
    sum(weight),
    [], [], [], [], [], [], [], [], [], [], [], [], [], [], []
FROM events FINAL
ARRAY JOIN {sets}
WHERE app = {app:String} AND ({error_ranges}) AND name = 'exception' AND NOT bot {filters}
GROUP BY start, dims, key1, key2
