-- Groups of errors in a range, those that most sessions met first. An error of which nothing is known yet has group 0.
SELECT
    group_id,
    any(error_class) AS class,
    max(is_noise) AS noise,
    argMax(exception_type, time) AS error_type,
    substringUTF8(argMax(exception_message, time), 1, {message_length:UInt32}) AS message,
    argMax(culprit, time) AS at,
    count() AS n,
    sum(weight) AS errors,
    -- As in `traffic.sql`: with the smallest weight of a session's records.
    arraySum(minMapIf([session_id], [weight], session_id != '').2) AS sessions,
    uniqExactIf(user_id, user_id != '') AS users,
    sumIf(weight, NOT exception_handled) AS unhandled,
    toUnixTimestamp64Nano(max(time)) AS last_nano,
    any(group_first) AS first_nano,
    argMax(release, time) AS last_release,
    any(group_release) AS first_release,
    sumMap([intDiv(toUnixTimestamp64Nano(time) - {origin:Int64}, {step:Int64})], [weight]) AS trend,
    any(missing) AS unresolved
FROM
(
    SELECT
        time, session_id, user_id, weight, exception_handled, toString(exception_type) AS exception_type, exception_message,
        toString(release) AS release, exception_stack_id
    FROM events FINAL
    WHERE app = {app:String}
        AND time >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND time < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        -- The time itself stands at the end of the key, where it prunes nothing.
        AND toStartOfHour(time) >= toStartOfHour(fromUnixTimestamp64Nano({from:Int64}, 'UTC'))
        AND toStartOfHour(time) <= toStartOfHour(fromUnixTimestamp64Nano({to:Int64}, 'UTC'))
        AND exception_stack_id != 0
        AND weight > 0
        AND {visitors} {filters}
) AS errors
LEFT JOIN
(
    SELECT
        stack_id, group_id, toString(class) AS error_class, noise AS is_noise, culprit, unresolved AS missing,
        toUnixTimestamp64Nano(min(first_seen) OVER (PARTITION BY group_id)) AS group_first,
        first_value(toString(error_stacks.release)) OVER (PARTITION BY group_id ORDER BY first_seen, stack_id) AS group_release
    FROM error_stacks FINAL
    WHERE app = {app:String}
) AS stacks ON errors.exception_stack_id = stacks.stack_id
WHERE {wanted}
GROUP BY group_id
ORDER BY {order}, group_id
LIMIT {limit:UInt32}
