-- Log records, newest first. The hour stands early in the key, the time late: without the hour nothing would be left out.
SELECT {columns}
FROM logs FINAL
WHERE app = {app:String}
    AND toStartOfHour(time) >= toStartOfHour(fromUnixTimestamp64Nano({from:Int64}, 'UTC'))
    AND toStartOfHour(time) <= fromUnixTimestamp64Nano({to:Int64}, 'UTC')
    AND time >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
    AND time < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
    AND received >= fromUnixTimestamp64Nano({since:Int64}, 'UTC')
    AND (time, log_id) < (fromUnixTimestamp64Nano({cursor_start:Int64}, 'UTC'), toUInt64OrZero({cursor_id:String})) {filters}
ORDER BY time DESC, log_id DESC
LIMIT {limit:UInt32}
