-- What `precision.rs` needs to say how sure the figures of `vitals.sql` are: for each vital the number of its sessions, and sums
-- over them, of the weight below its p75 (`a` of the first), of the good and of the poor (`a` of the others), of all (`b`),
-- and of their products. Weights and NULLs as in `vitals.sql`.
SELECT
    {sums}
FROM
(
    SELECT
        {of_session}
    FROM views FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND {visitors}
        AND weight > 0 {filters}
    GROUP BY session_id
)
