-- How a cohort is and was, and some of its views near the p75, those with a trace first. One row for the window, and one
-- for all periods that it is compared with.
WITH views_of_cohort AS
(
    SELECT
        session_id, view_id, user_id, weight, lower(hex(trace_id)) AS trace, assumeNotNull({metric}) AS value,
        toUInt64(round(weight * 1024)) AS units,
        toUnixTimestamp64Nano(start) >= {to:Int64} - {window:Int64} AS current
    FROM views FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({first:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND ({to:Int64} - 1 - toUnixTimestamp64Nano(start)) % {step:Int64} < {window:Int64}
        AND {visitors}
        AND weight > 0 AND {metric} IS NOT NULL {filters}{cohort}
),
ends AS
(
    SELECT current, quantilesExactWeighted(0.7, 0.75, 0.8)(value, units) AS ends FROM views_of_cohort GROUP BY current
),
sessions AS
(
    -- As in `traffic.sql`: with the smallest weight of a session's records.
    SELECT current, sum(least_weight) AS sessions
    FROM (SELECT current, min(weight) AS least_weight FROM views_of_cohort GROUP BY current, session_id)
    GROUP BY current
)
SELECT
    current,
    any(ends[2]) AS p75,
    sum(weight) AS views,
    any(sessions) AS sessions,
    uniqExactIf(user_id, user_id != '') AS users,
    arraySlice(
        arraySort(
            view -> (view.3 = repeat('0', 32), cityHash64(view.2)),
            groupArrayIf((session_id, view_id, trace, value), value >= ends[1] AND value <= ends[3])
        ),
        1, {limit:UInt32}
    ) AS samples
FROM views_of_cohort
INNER JOIN ends USING (current)
INNER JOIN sessions USING (current)
GROUP BY current
