-- In how many sessions of a cohort each variant of a feature flag was shown, from the beginning of the change on and in the
-- periods compared with. A view carries the flags that held in it as a list of `key=variant`.
SELECT
    flag, current,
    count() AS n,
    sum(kept) AS sessions,
    sum(kept * kept) AS squares,
    toUnixTimestamp64Nano(min(first)) AS first_nano
FROM
(
    SELECT
        session_id,
        toUnixTimestamp64Nano(start) >= {split:Int64} AS current,
        arrayJoin(arraySlice(arrayDistinct(
            JSONExtract(attributes['limen.view.feature_flags'], 'Array(String)')
        ), 1, {flags_max:UInt32})) AS flag,
        min(weight) AS kept,
        min(start) AS first
    FROM views FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({first:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND (
            toUnixTimestamp64Nano(start) >= {split:Int64}
            OR ({to:Int64} - 1 - toUnixTimestamp64Nano(start)) % {step:Int64} < {window:Int64}
        )
        AND {visitors}
        AND weight > 0 AND attributes['limen.view.feature_flags'] != '' {filters}{cohort}
    GROUP BY session_id, current, flag
)
GROUP BY flag, current
ORDER BY n DESC, flag, current
LIMIT {limit:UInt32}
