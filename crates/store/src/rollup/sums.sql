-- The sums over the views and errors of `{app}` in `{ranges}`. A group has one row for its views in an hour, one if sessions
-- went on in it from an hour before, and one if there were errors; whoever reads adds them up. Weights and NULLs as in every
-- question: a view counts with its weight, what it does not have is not counted.
--
-- What follows from single sessions (how sure a figure is, see `precision` in questions) is summed over sessions and hours: a
-- session that goes on over the hour counts as two.
SELECT
    hour AS start, dims, key1, key2,
    CAST([], 'Array(Float64)') AS continued,
    -- The order is that of `rollup/places.rs`.
    [
        sum(w), sum(w * v), sum(w * failed), sum(w * r), sum(w * fr), 0.,
        toFloat64(count()), sum(v), sum(r), sum(fr),
        sum(w * (w - 1)), sum(w * (w - 1) * v * v), sum(w * (w - 1) * r * r), sum(w * (w - 1) * fr * fr),
        sum(w * w * failed * failed), sum(w * w * failed * v), sum(w * w * v * v),
        sum(n1), sum(n2), sum(n3), sum(n4), sum(n5), sum(n6),
        sum(w * n1), sum(w * n2), sum(w * n3), sum(w * n4), sum(w * n5), sum(w * n6),
        sum(w * w * n1 * n1), sum(w * w * n2 * n2), sum(w * w * n3 * n3), sum(w * w * n4 * n4), sum(w * w * n5 * n5), sum(w * w * n6 * n6),
        sum(w * good1), sum(w * good2), sum(w * good3), sum(w * good4), sum(w * good5),
        sum(w * poor1), sum(w * poor2), sum(w * poor3), sum(w * poor4), sum(w * poor5),
        sum(n7), sum(w * n7), sum(w * w * n7 * n7)
    ] AS sums,
    sumMap(bins, arrayMap(x -> w, bins)).1 AS bin_keys,
    sumMap(bins, arrayMap(x -> w, bins)).2 AS bin_weights
FROM
(
    SELECT
        hour, visit, w, {dims} AS dims, {key1} AS key1, {key2} AS key2,
        toFloat64(count()) AS v, toFloat64(countIf(errors > 0)) AS failed,
        toFloat64(sum(requests)) AS r, toFloat64(sum(failed_requests)) AS fr,
        toFloat64(count(lcp)) AS n1, toFloat64(count(inp)) AS n2, toFloat64(count(cls)) AS n3, toFloat64(count(fcp)) AS n4,
        toFloat64(count(ttfb)) AS n5, toFloat64(count(transition_time)) AS n6, toFloat64(count(experience)) AS n7,
        countIf(lcp <= {lcp_good:Float64}) AS good1, countIf(lcp > {lcp_poor:Float64}) AS poor1,
        countIf(inp <= {inp_good:Float64}) AS good2, countIf(inp > {inp_poor:Float64}) AS poor2,
        countIf(cls <= {cls_good:Float64}) AS good3, countIf(cls > {cls_poor:Float64}) AS poor3,
        countIf(fcp <= {fcp_good:Float64}) AS good4, countIf(fcp > {fcp_poor:Float64}) AS poor4,
        countIf(ttfb <= {ttfb_good:Float64}) AS good5, countIf(ttfb > {ttfb_poor:Float64}) AS poor5,
        groupArrayArray(keys) AS bins
    FROM
    (
        SELECT
            {columns}
            toStartOfHour(start, 'UTC') AS hour, sipHash64(session_id) AS visit, weight AS w,
            errors, requests, failed_requests, lcp, inp, cls, fcp, ttfb, transition_time, {experience} AS experience,
            -- A key is the number of the vital and that of the bin; the first bin of a vital holds zero.
            arrayFilter(key -> key > 0, arrayMap(
                (x, i) -> toUInt32(multiIf(
                    isNull(x), 0,
                    x < {least:Float64}, i * 65536,
                    i * 65536 + 32768 + least(greatest(ceil(log(x) / {log_gamma:Float64}), -32000), 32000)
                )),
                [lcp, inp, cls, fcp, ttfb, transition_time, experience], [1, 2, 3, 4, 5, 6, 7]
            )) AS keys
        FROM views FINAL
        WHERE app = {app:String} AND ({ranges}) AND NOT bot AND weight > 0 {filters}
    )
    {group_by_visit}
)
GROUP BY hour, dims, key1, key2
UNION ALL
-- Who was in the group in an earlier hour, by how many hours earlier.
SELECT
    toDateTime(pair.1 * 3600, 'UTC'), dims, key1, key2,
    sumForEach(arrayMap(hours -> if(hours = pair.2, w, 0.), [1, 2, 3, 4])), CAST([], 'Array(Float64)'), CAST([], 'Array(UInt32)'), CAST([], 'Array(Float64)')
FROM
(
    SELECT
        w, dims, key1, key2,
        arrayJoin(arrayZip(arrayPopFront(hours), arrayMap((a, b) -> a - b, arrayPopFront(hours), arrayPopBack(hours)))) AS pair
    FROM
    (
        SELECT visit, w, {dims} AS dims, {key1} AS key1, {key2} AS key2, arraySort(groupUniqArray(hour)) AS hours
        FROM
        (
            SELECT
                {columns}
                intDiv(toUnixTimestamp(start), 3600) AS hour, sipHash64(session_id) AS visit, weight AS w
            FROM views FINAL
            WHERE app = {app:String} AND ({ranges} OR {ranges_before}) AND NOT bot AND weight > 0 {filters}
        )
        {group_by_session}
        HAVING length(hours) > 1
    )
)
WHERE pair.2 <= 4 AND ({hours})
GROUP BY pair.1, dims, key1, key2
UNION ALL
SELECT
    hour, {dims} AS dims, {key1} AS key1, {key2} AS key2,
    CAST([], 'Array(Float64)'), [0., 0., 0., 0., 0., sum(weight)], CAST([], 'Array(UInt32)'), CAST([], 'Array(Float64)')
FROM
(
    SELECT {columns} toStartOfHour(time, 'UTC') AS hour, weight
    FROM events FINAL
    WHERE app = {app:String} AND ({error_hours}) AND ({error_ranges}) AND name = 'exception' AND NOT bot {filters}
)
{group_by_hour}
