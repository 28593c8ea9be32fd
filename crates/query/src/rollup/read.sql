-- The sums of a range by value and bucket, from what is stored and what is summed up on the spot. Of what is stored only the
-- newest run of each hour and day counts. Who was there in one of the hours before was counted there already, unless that
-- hour belongs to another bucket or lies before the range. The bins come as they are, one list behind the other in the order of
-- the rows, and are added up by whoever asks: the engine's maps take three times as long.
SELECT
    {value} AS value,
    toInt64({bucket}) AS bucket,
    sum(arraySum(arraySlice(continued, 1, least(intDiv(hour - greatest({first:Int64}, {bucket_start}), 3600), 4)))) AS again,
    sum(arraySum(arraySlice(continued, 1, least(intDiv(hour - {first:Int64}, 3600), 4)))) AS again_in_range,
    sumForEach(sums) AS sums,
    groupArrayArray(keys) AS bin_keys,
    groupArrayArray(weights) AS bin_weights
FROM
(
    SELECT *, toInt64(toUnixTimestamp(start)) AS hour, {keys} AS keys, {weights} AS weights
    FROM
    (
        SELECT start, dims, key1, key2, continued, sums, bin_keys, bin_weights
        FROM views_rollup
        WHERE app = {app:String} AND dims = {dims:String} AND ({stored}) {key_filters}
            AND (step, start, run) IN
            (
                SELECT step, start, run FROM rollup_runs FINAL WHERE app = {app:String} AND ({stored})
            )
        {on_the_spot}
    )
)
GROUP BY value, bucket
