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
        sum(w), sum(w_v), sum(w_failed), sum(w_r), sum(w_fr), 0.,
        toFloat64(count()), sum(v), sum(r), sum(fr),
        sum(w * (w - 1)), sum(w_v * (w_v - v)), sum(w_r * (w_r - r)), sum(w_fr * (w_fr - fr)),
        sum(w_failed * w_failed), sum(w_failed * w_v), sum(w_v * w_v),
        sum(n1), sum(n2), sum(n3), sum(n4), sum(n5), sum(n6),
        sum(w1), sum(w2), sum(w3), sum(w4), sum(w5), sum(w6),
        sum(w1 * w1), sum(w2 * w2), sum(w3 * w3), sum(w4 * w4), sum(w5 * w5), sum(w6 * w6),
        sum(good1), sum(good2), sum(good3), sum(good4), sum(good5),
        sum(poor1), sum(poor2), sum(poor3), sum(poor4), sum(poor5),
        sum(n7), sum(w7), sum(w7 * w7)
    ] AS sums,
    sumMap(bins, bins_w).1 AS bin_keys,
    sumMap(bins, bins_w).2 AS bin_weights
FROM
(
    SELECT
        hour, visit, {dims} AS dims, {key1} AS key1, {key2} AS key2,
        min(weight) AS w, toFloat64(count()) AS v, sum(weight) AS w_v, sumIf(weight, errors > 0) AS w_failed,
        toFloat64(sum(requests)) AS r, sum(weight * requests) AS w_r,
        toFloat64(sum(failed_requests)) AS fr, sum(weight * failed_requests) AS w_fr,
        toFloat64(count(lcp)) AS n1, toFloat64(count(inp)) AS n2, toFloat64(count(cls)) AS n3, toFloat64(count(fcp)) AS n4,
        toFloat64(count(ttfb)) AS n5, toFloat64(count(transition_time)) AS n6, toFloat64(count(experience)) AS n7,
        sumIf(weight, lcp IS NOT NULL) AS w1, sumIf(weight, inp IS NOT NULL) AS w2, sumIf(weight, cls IS NOT NULL) AS w3,
        sumIf(weight, fcp IS NOT NULL) AS w4, sumIf(weight, ttfb IS NOT NULL) AS w5,
        sumIf(weight, transition_time IS NOT NULL) AS w6, sumIf(weight, experience IS NOT NULL) AS w7,
        sumIf(weight, lcp <= {lcp_good:Float64}) AS good1, sumIf(weight, lcp > {lcp_poor:Float64}) AS poor1,
        sumIf(weight, inp <= {inp_good:Float64}) AS good2, sumIf(weight, inp > {inp_poor:Float64}) AS poor2,
        sumIf(weight, cls <= {cls_good:Float64}) AS good3, sumIf(weight, cls > {cls_poor:Float64}) AS poor3,
        sumIf(weight, fcp <= {fcp_good:Float64}) AS good4, sumIf(weight, fcp > {fcp_poor:Float64}) AS poor4,
        sumIf(weight, ttfb <= {ttfb_good:Float64}) AS good5, sumIf(weight, ttfb > {ttfb_poor:Float64}) AS poor5,
        groupArrayArray(keys) AS bins, groupArrayArray(arrayMap(key -> weight, keys)) AS bins_w
    FROM
    (
        SELECT
            {columns}
            toStartOfHour(start, 'UTC') AS hour, sipHash64(session_id) AS visit, weight,
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
-- Who was in the group in an earlier hour, by how many hours earlier. Where the two hours of a session have different weights it
-- counted with both, and the larger one is too much.
SELECT
    toDateTime(pair.1 * 3600, 'UTC'), dims, key1, key2,
    sumForEach(arrayMap(hours -> if(hours = pair.2, pair.3, 0.), [1, 2, 3, 4])), CAST([], 'Array(Float64)'), CAST([], 'Array(UInt32)'), CAST([], 'Array(Float64)')
FROM
(
    SELECT
        dims, key1, key2,
        arrayJoin(arrayZip(
            arrayPopFront(hours),
            arrayMap((a, b) -> a - b, arrayPopFront(hours), arrayPopBack(hours)),
            arrayMap((a, b) -> greatest(a, b), arrayPopFront(ws), arrayPopBack(ws))
        )) AS pair
    FROM
    (
        SELECT
            {dims} AS dims, {key1} AS key1, {key2} AS key2,
            minMap([hour], [weight]).1 AS hours, minMap([hour], [weight]).2 AS ws
        FROM
        (
            SELECT
                {columns}
                intDiv(toUnixTimestamp(start), 3600) AS hour, sipHash64(session_id) AS visit, weight
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
