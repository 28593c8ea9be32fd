-- What Apdex is made of in a range and in the equally long one before it: one row per period. Sums over sessions, as
-- `precision.rs` wants them, of what a session's views count (`a`: 1 when satisfied, a half when tolerating) and of all (`b`).
-- Weights and NULLs as in `vitals.sql`: a view for which nobody knows how long it took is not counted, unless it failed.
SELECT
    current,
    count() AS sessions,
    sum(views) AS n,
    sum(satisfied_weight) AS satisfied,
    sum(tolerating_weight) AS tolerating,
    (sum(a), sum(b), sum(a * a), sum(a * b), sum(b * b)) AS sums
FROM
(
    SELECT
        start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC') AS current,
        count() AS views,
        sumIf(weight, experience <= {target:Float64}) AS satisfied_weight,
        sumIf(weight, experience > {target:Float64} AND experience <= 4 * {target:Float64}) AS tolerating_weight,
        satisfied_weight + tolerating_weight / 2 AS a,
        sum(weight) AS b
    FROM
    (
        SELECT start, session_id, weight, {experience} AS experience
        FROM views FINAL
        WHERE app = {app:String}
            AND start >= fromUnixTimestamp64Nano({previous_from:Int64}, 'UTC')
            AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
            AND {visitors}
            AND weight > 0 {filters}
    )
    WHERE experience IS NOT NULL
    GROUP BY current, session_id
)
GROUP BY current
