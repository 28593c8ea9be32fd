-- The sums of a day from those of its hours. Who went on from one hour to the next is one session of the day.
INSERT INTO views_rollup
SELECT
    {app:String}, 86400, dims, toStartOfDay(start, 'UTC') AS day, {run:UInt64}, key1, key2,
    sum(sessions) - sum(arraySum(arraySlice(continued, 1, least(dateDiff('hour', day, start), 4)))),
    -- Seen from the start of the day, the hours before it.
    sumForEach(arrayResize(arraySlice(continued, dateDiff('hour', day, start) + 1), 4)),
    sum(views), sum(failed_views), sum(requests), sum(failed_requests), sum(errors),
    sumForEach(seen), sumForEach(variances), sumForEach(failed_squares), sumForEach(n), sumForEach(units),
    sumForEach(weight), sumForEach(weight_squares), sumForEach(good), sumForEach(good_squares), sumForEach(good_products),
    sumForEach(poor), sumForEach(poor_squares), sumForEach(poor_products),
    sumMap(bin_keys, bin_weights).1, sumMap(bin_keys, bin_weights).2
FROM views_rollup
WHERE app = {app:String} AND step = 3600
    AND start >= fromUnixTimestamp({day:Int64}) AND start < fromUnixTimestamp({day:Int64} + 86400)
    AND (start, run) IN
    (
        SELECT start, run FROM rollup_runs FINAL
        WHERE app = {app:String} AND step = 3600
            AND start >= fromUnixTimestamp({day:Int64}) AND start < fromUnixTimestamp({day:Int64} + 86400)
    )
GROUP BY dims, day, key1, key2
