-- The views of robots and tests in a range. They are few, so their versions are put together here and not by FINAL, which
-- would read every view for them.
SELECT
    sumIf(last_weight, kind != 'test') AS bots,
    sumIf(last_weight, kind = 'test') AS tests
FROM
(
    SELECT
        argMax(weight, version) AS last_weight,
        argMax(attributes['user_agent.synthetic.type'], version) AS kind
    FROM views
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND bot {filters}
    GROUP BY session_id, view_id
)
