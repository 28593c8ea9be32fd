-- By the host that services were called at: how many answered in traces that they began themselves. And the hosts of pages.
SELECT toString(server_address) AS host, count() AS roots, 0 AS pages
FROM spans FINAL
WHERE app = {app:String}
    AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
    AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
    AND toStartOfHour(start) >= toStartOfHour(fromUnixTimestamp64Nano({from:Int64}, 'UTC'))
    AND toStartOfHour(start) <= toStartOfHour(fromUnixTimestamp64Nano({to:Int64}, 'UTC'))
    AND kind = 2 AND parent_span_id = toFixedString('', 8) AND server_address != ''
    AND trace_id NOT IN
    (
        -- Documents begin their traces: nothing is stripped there.
        SELECT trace_id
        FROM views
        WHERE app = {app:String}
            AND start >= fromUnixTimestamp64Nano({trace_from:Int64}, 'UTC')
            AND start < fromUnixTimestamp64Nano({trace_to:Int64}, 'UTC')
    )
GROUP BY host
UNION ALL
SELECT extract(url, {host_pattern}) AS host, 0, count()
FROM views
WHERE app = {app:String}
    AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
    AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
GROUP BY host
