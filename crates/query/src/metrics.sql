-- The metrics of a range: one row per name, kind, unit and service, with the newest of its points.
SELECT
    name,
    kind,
    unit,
    service,
    anyLast(description) AS description,
    uniqExact(series) AS series_count,
    count() AS points,
    max(toUnixTimestamp64Nano(time)) AS last_nano,
    -- The end of a series is no value.
    countIf(NOT stale) AS measured,
    argMaxIf((value, count, sum), (time, series), NOT stale) AS last
FROM metrics FINAL
WHERE app = {app:String}
    AND time >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
    AND time < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
GROUP BY name, kind, unit, service
ORDER BY name, service, kind, unit
LIMIT {limit:UInt32}
