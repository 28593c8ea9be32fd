-- Loads of documents, and how many have the span of the service that answered in their trace.
SELECT
    count() AS n,
    countIf(trace_id IN
    (
        SELECT trace_id
        FROM spans
        WHERE app = {app:String}
            AND start >= fromUnixTimestamp64Nano({trace_from:Int64}, 'UTC')
            AND start < fromUnixTimestamp64Nano({trace_to:Int64}, 'UTC')
            AND kind = 2
    )) AS joined
FROM spans FINAL
WHERE app = {app:String}
    AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
    AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
    AND toStartOfHour(start) >= toStartOfHour(fromUnixTimestamp64Nano({from:Int64}, 'UTC'))
    AND toStartOfHour(start) <= toStartOfHour(fromUnixTimestamp64Nano({to:Int64}, 'UTC'))
    AND name = 'documentFetch'
    AND kind = 3 {filters}
