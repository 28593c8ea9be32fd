-- How long scripts of each host ran inside long frames, and how many slow interactions are blamed on them.
SELECT host, sum(millis) AS script_time, sum(slow) AS slow_interactions
FROM
(
    SELECT extract(JSONExtractString(script, 'source_url'), {host_pattern}) AS host, weight * JSONExtractFloat(script, 'duration') AS millis, 0. AS slow
    FROM events FINAL
    ARRAY JOIN JSONExtractArrayRaw(attributes['browser.long_animation_frame.scripts']) AS script
    WHERE app = {app:String}
        AND time >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND time < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND toStartOfHour(time) >= toStartOfHour(fromUnixTimestamp64Nano({from:Int64}, 'UTC'))
        AND toStartOfHour(time) <= toStartOfHour(fromUnixTimestamp64Nano({to:Int64}, 'UTC'))
        AND name = 'browser.long_animation_frame'
        AND weight > 0
        AND {visitors} {filters}
    UNION ALL
    -- The last value of each view is the one that counts.
    SELECT extract(script_url, {host_pattern}), 0., view_weight
    FROM
    (
        SELECT
            argMax(attributes['limen.web_vital.inp.script_url'], time) AS script_url,
            argMax(value, time) AS millis,
            argMax(weight, time) AS view_weight
        FROM events FINAL
        WHERE app = {app:String}
            AND time >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
            AND time < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
            AND toStartOfHour(time) >= toStartOfHour(fromUnixTimestamp64Nano({from:Int64}, 'UTC'))
            AND toStartOfHour(time) <= toStartOfHour(fromUnixTimestamp64Nano({to:Int64}, 'UTC'))
            AND name = 'browser.web_vital'
            AND label = 'inp'
            AND weight > 0
            AND {visitors} {filters}
        GROUP BY session_id, view_id
    )
    WHERE millis > {inp_good_max:Float64}
)
WHERE host != ''
GROUP BY host
