-- How many spans there are to be put together to traces.
SELECT count()
FROM spans
WHERE app = {app:String}
    AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
    AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC') {filters}
