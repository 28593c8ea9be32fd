-- The addresses of a range's views, without queries and fragments, and the routes that they are under. Those with the most
-- views come first.
SELECT
    cutQueryStringAndFragment(url) AS page_url,
    route,
    sum(weight) AS views
FROM views FINAL
WHERE app = {app:String}
    AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
    AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
    AND url != ''
    AND {visitors} {filters}
GROUP BY page_url, route
ORDER BY views DESC, page_url, route
LIMIT {limit:UInt32}
