-- How many different routes and event names there were in the range: each is a row in many answers.
SELECT routes, event_names
FROM
(
    SELECT uniq(route) AS routes FROM views
    WHERE app = {app:String} AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
) AS of_views
CROSS JOIN
(
    SELECT uniq(name) AS event_names FROM events
    WHERE app = {app:String} AND time >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND time < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
) AS of_events
