-- Log records by step and level: unset, then each range of four severity numbers.
SELECT
    intDiv(toUnixTimestamp64Nano(time) - {origin:Int64}, {step:Int64}) AS bucket,
    countIf(severity_number = 0) AS unset,
    countIf(severity_number BETWEEN 1 AND 4) AS trace,
    countIf(severity_number BETWEEN 5 AND 8) AS debug,
    countIf(severity_number BETWEEN 9 AND 12) AS info,
    countIf(severity_number BETWEEN 13 AND 16) AS warn,
    countIf(severity_number BETWEEN 17 AND 20) AS error,
    countIf(severity_number > 20) AS fatal
FROM logs FINAL
WHERE app = {app:String}
    AND toStartOfHour(time) >= toStartOfHour(fromUnixTimestamp64Nano({from:Int64}, 'UTC'))
    AND toStartOfHour(time) <= fromUnixTimestamp64Nano({to:Int64}, 'UTC')
    AND time >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
    AND time < fromUnixTimestamp64Nano({to:Int64}, 'UTC') {filters}
GROUP BY bucket
ORDER BY bucket
