-- How a vital was in a scope, and some of the views near its p75, those with a trace first.
WITH chosen AS
(
    SELECT
        session_id, view_id, weight, trace_id, assumeNotNull({vital}) AS value, toUInt64(round(weight * 1024)) AS units
    FROM views FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND {visitors}
        AND weight > 0 AND {vital} IS NOT NULL {filters}
),
(SELECT quantilesExactWeighted(0.7, 0.75, 0.8)(value, units) FROM chosen) AS ends
SELECT
    ends[2] AS p75,
    sum(weight) AS views,
    arraySlice(
        arraySort(
            view -> (view.3, cityHash64(view.2)),
            groupArrayIf((session_id, view_id, trace_id = toFixedString('', 16)), value >= ends[1] AND value <= ends[3])
        ),
        1, {limit:UInt32}
    ) AS samples
FROM chosen
HAVING count() > 0
