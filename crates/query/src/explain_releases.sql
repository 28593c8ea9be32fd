-- The releases that were first seen in the window or in the equally long time before it, of pages and of services.
SELECT service, release, toUnixTimestamp64Nano(min(seen)) AS first_nano
FROM
(
    SELECT toString(service) AS service, toString(release) AS release, min(start) AS seen
    FROM views
    WHERE app = {app:String} AND release != ''
        AND start >= fromUnixTimestamp64Nano({first:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
    GROUP BY service, release
    UNION ALL
    SELECT toString(service), toString(release), min(start)
    FROM spans
    WHERE app = {app:String} AND release != ''
        AND start >= fromUnixTimestamp64Nano({first:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
    GROUP BY service, release
)
GROUP BY service, release
HAVING first_nano >= {onset_from:Int64}
ORDER BY first_nano DESC
LIMIT 10
