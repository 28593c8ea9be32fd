-- How fast the page was that each session began with: the first view of the range, of the route of the first step if it is one,
-- that has the vital; and what kind of visitor it was.
SELECT
    session_id,
    argMin(assumeNotNull({metric}), start) AS speed,
    argMin(toString(device), start) AS device_then,
    argMin(toString(country), start) AS country_then
FROM views FINAL
WHERE app = {app:String}
    AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
    AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
    AND session_id != '' AND weight > 0 AND {metric} IS NOT NULL
    AND ({first_route:String} = '' OR route = {first_route:String})
    AND {visitors} {filters}
GROUP BY session_id
