-- The sums of a day from those of its hours. Who went on from one hour to the next is one session of the day.
INSERT INTO views_rollup
SELECT
    {app:String}, 86400, dims, toStartOfDay(start, 'UTC') AS day, {run:UInt64}, key1, key2,
    -- Seen from the start of the day, the hours before it.
    sumForEach(arrayResize(arraySlice(continued, dateDiff('hour', day, start) + 1), 4)),
    sumForEach(arrayConcat(
        [if(empty(sums), 0, sums[1]) - arraySum(arraySlice(continued, 1, least(dateDiff('hour', day, start), 4)))],
        arrayPopFront(sums)
    )),
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
