-- The sessions of the values that `breakdown.sql` found: as in `traffic.sql`, with the smallest weight of a session's views. In a
-- statement of its own, and for what is shown only: to tell sessions apart costs more than all else.
SELECT value, sum(session_weight) AS sessions
FROM
(
    SELECT {dimension:Identifier} AS value, min(weight) AS session_weight
    FROM views FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND {visitors}
        AND weight > 0 {filters}
        AND {dimension:Identifier} IN {values:Array(String)}
    GROUP BY value, session_id
)
GROUP BY value
