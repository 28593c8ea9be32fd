-- A log record with those of its service before and after it, in order.
SELECT *
FROM
(
    (
        SELECT {columns}
        FROM logs FINAL
        WHERE app = {app:String} AND service = {service:String}
            AND time >= fromUnixTimestamp64Nano({time:Int64} - {length:Int64}, 'UTC')
            AND toStartOfHour(time) >= toStartOfHour(fromUnixTimestamp64Nano({time:Int64} - {length:Int64}, 'UTC'))
            AND toStartOfHour(time) <= fromUnixTimestamp64Nano({time:Int64}, 'UTC')
            AND (time, log_id) <= (fromUnixTimestamp64Nano({time:Int64}, 'UTC'), {id:UInt64})
        ORDER BY time DESC, log_id DESC
        LIMIT {limit:UInt32}
    )
    UNION ALL
    (
        SELECT {columns}
        FROM logs FINAL
        WHERE app = {app:String} AND service = {service:String}
            AND time < fromUnixTimestamp64Nano({time:Int64} + {length:Int64}, 'UTC')
            AND toStartOfHour(time) >= toStartOfHour(fromUnixTimestamp64Nano({time:Int64}, 'UTC'))
            AND toStartOfHour(time) <= fromUnixTimestamp64Nano({time:Int64} + {length:Int64}, 'UTC')
            AND (time, log_id) > (fromUnixTimestamp64Nano({time:Int64}, 'UTC'), {id:UInt64})
        ORDER BY time, log_id
        LIMIT {limit:UInt32}
    )
)
ORDER BY time_nano, log_id
