-- Sessions, newest first: one row per session that has a matching view in the range. Its figures are of the whole
-- session, hence the margin: it may have begun before the range or gone on after it, and its other views need not match.
SELECT
    session_id,
    min(toUnixTimestamp64Nano(start)) AS start_nano,
    max(toUnixTimestamp64Nano(start) + toInt64(least(greatest(ifNull(duration, 0), 0), 1e12) * 1e6)) AS end_nano,
    count() AS view_count,
    sum(errors) AS error_count,
    sum(actions) AS action_count,
    sum(requests) AS request_count,
    argMin(country, start) AS first_country,
    argMin(browser, start) AS first_browser,
    argMin(os, start) AS first_os,
    argMin(device, start) AS first_device,
    argMin(release, start) AS first_release,
    argMin(route, start) AS entry_route,
    argMax(route, start) AS last_route,
    max(lcp) AS worst_lcp,
    max(inp) AS worst_inp,
    argMaxIf(user_id, start, user_id != '') AS last_user_id
FROM views FINAL
WHERE app = {app:String}
    AND start >= fromUnixTimestamp64Nano({session_from:Int64}, 'UTC')
    AND start < fromUnixTimestamp64Nano({session_to:Int64}, 'UTC')
    AND {visitors}
    AND session_id IN
    (
        SELECT session_id
        FROM views FINAL
        WHERE app = {app:String}
            AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
            AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
            AND session_id != ''
            AND {visitors} {filters}
    )
GROUP BY session_id
HAVING (start_nano, session_id) < ({cursor_start:Int64}, {cursor_id:String}) AND start_nano >= {start_min:Int64}
ORDER BY start_nano DESC, session_id DESC
LIMIT {limit:UInt32}
