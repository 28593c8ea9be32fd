-- What the browsers of some views told of resources, long frames and vitals.
SELECT session_id, view_id, toUnixTimestamp64Nano(time) AS time_nano, name, label, value, attributes
FROM events FINAL
WHERE app = {app:String} AND session_id IN {sessions:Array(String)} AND view_id IN {views:Array(String)}
    AND time >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
    AND time < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
    AND name IN {names:Array(String)}
ORDER BY time_nano, event_id
LIMIT {limit:UInt32} BY session_id, view_id
