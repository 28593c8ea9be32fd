-- How far each session came on a journey, with what it counts for.
--
-- What happened in a session is walked in order. For each step the walk keeps the latest beginning from which the step was
-- reached, when it was reached last, and how long after the step before it was reached first; a beginning of 0 is none. The
-- latest beginning is enough: if a later step can be reached in time from any, it can be from that one. One happening takes every
-- beginning at most one step further, because it looks at the steps as they were before it.
SELECT
    session_id,
    any(session_weight) AS weight,
    count() AS happenings,
    arrayFold
    (
        (levels, happened) -> arrayMap
        (
            (step, hit) -> if
            (
                hit AND if
                (
                    step = 1,
                    happened.1 < {to:Int64},
                    levels[step - 1].1 > 0 AND happened.1 - levels[step - 1].1 <= {window:Int64}
                ),
                (
                    if(step = 1, happened.1, levels[step - 1].1),
                    happened.1,
                    multiIf(levels[step].1 > 0, levels[step].3, step = 1, toInt64(0), happened.1 - levels[step - 1].2)
                ),
                levels[step]
            ),
            arrayEnumerate(happened.3),
            happened.3
        ),
        groupArraySorted({happenings_max:UInt64})((happened_at, is_event, hits)),
        arrayMap(kind -> (toInt64(0), toInt64(0), toInt64(0)), {kinds:Array(String)})
    ) AS levels,
    arrayCount(level -> level.1 > 0, levels) AS reached
FROM
(
    SELECT
        session_id,
        toUnixTimestamp64Nano(start) AS happened_at,
        toUInt8(0) AS is_event,
        arrayMap((kind, value) -> toUInt8(kind = 'route' AND value = route), {kinds:Array(String)}, {values:Array(String)}) AS hits
    FROM views FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({session_to:Int64}, 'UTC')
        AND session_id != ''
        AND {visitors}
        AND has(hits, 1)
    UNION ALL
    SELECT
        session_id,
        toUnixTimestamp64Nano(time) AS happened_at,
        toUInt8(1) AS is_event,
        arrayMap
        (
            (kind, value) -> toUInt8(multiIf
            (
                kind = 'action', startsWith(name, 'browser.user_action.') AND value = label,
                name = 'limen.transaction' AND kind = concat('transaction-', attributes['limen.transaction.state']),
                value = attributes['limen.transaction.name'],
                false
            )),
            {kinds:Array(String)},
            {values:Array(String)}
        ) AS hits
    FROM events FINAL
    WHERE app = {app:String}
        AND time >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND time < fromUnixTimestamp64Nano({session_to:Int64}, 'UTC')
        -- The time itself stands at the end of the key, where it prunes nothing.
        AND toStartOfHour(time) >= toStartOfHour(fromUnixTimestamp64Nano({from:Int64}, 'UTC'))
        AND toStartOfHour(time) <= toStartOfHour(fromUnixTimestamp64Nano({session_to:Int64}, 'UTC'))
        AND session_id != ''
        AND (name = 'limen.transaction' OR startsWith(name, 'browser.user_action.'))
        AND {visitors}
        AND has(hits, 1)
) AS happened
INNER JOIN
(
    -- A session is there as soon as one of its views is: it counts as in `traffic.sql`.
    SELECT session_id, min(weight) AS session_weight
    FROM views FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND session_id != ''
        AND weight > 0
        AND {visitors} {filters}
    GROUP BY session_id
) AS people USING (session_id)
GROUP BY session_id
