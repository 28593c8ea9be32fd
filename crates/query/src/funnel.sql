-- How far sessions came on a journey: one row per step that somebody reached.
SELECT
    step,
    count() AS n,
    sum(weight) AS sessions,
    sum(weight * weight) AS squares,
    quantileExactWeighted(0.5)(level.3 / 1e6, toUInt64(round(weight * 1024))) AS waited,
    countIf(happenings > {happenings_max:UInt64}) AS long,
    arrayMap(left -> left.2, groupArraySortedIf({left_max:UInt32})((-level.2, session_id), reached = step)) AS left_here
FROM
(
    {sessions}
)
ARRAY JOIN levels AS level, arrayEnumerate(levels) AS step
WHERE level.1 > 0
GROUP BY step
ORDER BY step
