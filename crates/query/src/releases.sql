-- The releases of pages and services that were first seen from `new_from` on: not before it, as far as is looked back, and not
-- the first that is known of their service, which may have been there for long. Of very many the ones that were seen most.
SELECT service, release, toUnixTimestamp64Nano(first) AS first_nano
FROM
(
    SELECT service, release, first, records, min(first) OVER (PARTITION BY service) AS first_of_service
    FROM
    (
        SELECT service, release, min(seen) AS first, sum(n) AS records
        FROM
        (
            SELECT toString(service) AS service, toString(release) AS release, min(start) AS seen, count() AS n
            FROM views
            WHERE app = {app:String} AND release != ''
                AND start >= fromUnixTimestamp64Nano({known_from:Int64}, 'UTC')
                AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
            GROUP BY service, release
            UNION ALL
            SELECT toString(service), toString(release), min(start), count()
            FROM spans
            WHERE app = {app:String} AND release != '' AND view_id = ''
                AND start >= fromUnixTimestamp64Nano({known_from:Int64}, 'UTC')
                AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
            GROUP BY service, release
        )
        GROUP BY service, release
    )
)
WHERE first > first_of_service AND first >= fromUnixTimestamp64Nano({new_from:Int64}, 'UTC')
ORDER BY records DESC, first_nano, service, release
LIMIT {limit:UInt32}
