-- Sums over sessions by combination of dimensions and period, see `explain/cells.rs`. A dimension's value is its number in
-- the list, 0 for any other one.
SELECT
    keys, period,
    count() AS sessions,
    sum(scores) AS a, sum(views) AS b, sum(scores * scores) AS aa, sum(scores * views) AS ab, sum(views * views) AS bb
FROM
(
    SELECT
        session_id,
        [
            indexOf({routes:Array(String)}, route), indexOf({countries:Array(String)}, country),
            indexOf({devices:Array(String)}, device), indexOf({browsers:Array(String)}, browser),
            indexOf({releases:Array(String)}, release), indexOf({networks:Array(String)}, network)
        ] AS keys,
        toUInt8(intDiv({to:Int64} - 1 - toUnixTimestamp64Nano(start), {step:Int64})) AS period,
        sum(weight) AS views,
        sum(weight * arrayCount(edge -> edge < assumeNotNull({metric}), {grid:Array(Float64)}) / length({grid:Array(Float64)}))
            AS scores
    FROM views FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({first:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND ({to:Int64} - 1 - toUnixTimestamp64Nano(start)) % {step:Int64} < {window:Int64}
        AND {visitors}
        AND weight > 0 AND {metric} IS NOT NULL {filters}
    GROUP BY session_id, keys, period
)
GROUP BY keys, period
