-- How many views began in each hour of a range; whoever reads it puts them together by the weekdays of his own zone.
SELECT
    toUnixTimestamp(toStartOfHour(start)) AS hour,
    sum(weight) AS views,
    sumIf(weight, errors > 0) AS with_error
FROM views FINAL
WHERE app = {app:String}
    AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
    AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
    AND {visitors}
    AND weight > 0 {filters}
GROUP BY hour
ORDER BY hour
