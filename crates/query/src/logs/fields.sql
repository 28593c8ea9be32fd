-- Fields of the newest matching log records with their most frequent values, columns before attributes.
WITH newest AS
(
    SELECT severity_number, event_name, service, release, environment, scope_name, attributes, resource
    FROM logs FINAL
    WHERE app = {app:String}
        AND toStartOfHour(time) >= toStartOfHour(fromUnixTimestamp64Nano({from:Int64}, 'UTC'))
        AND toStartOfHour(time) <= fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND time >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND time < fromUnixTimestamp64Nano({to:Int64}, 'UTC') {filters}
    ORDER BY time DESC
    LIMIT {lines:UInt32}
)
SELECT
    field.2 AS name,
    ifNull((SELECT count() FROM newest), 0) AS looked_at,
    sum(seen) AS lines,
    uniq(field.3) AS different,
    arraySlice(arrayReverseSort(pair -> (pair.2, pair.1), groupArray((field.3, seen))), 1, {values:UInt32}) AS values
FROM
(
    SELECT field, count() AS seen
    FROM newest
    ARRAY JOIN arrayFilter(field -> field.3 != '', arrayConcat(
        [
            (0, 'level', multiIf(severity_number = 0, 'unset', severity_number <= 4, 'trace', severity_number <= 8, 'debug',
                severity_number <= 12, 'info', severity_number <= 16, 'warn', severity_number <= 20, 'error', 'fatal')),
            (1, 'service', toString(service)), (2, 'event', toString(event_name)), (3, 'release', toString(release)),
            (4, 'environment', toString(environment)), (5, 'scope', toString(scope_name))
        ],
        arrayMap((name, value) -> (6, toString(name), value), mapKeys(attributes), mapValues(attributes)),
        arrayMap((name, value) -> (7, toString(name), value), mapKeys(resource), mapValues(resource))
    )) AS field
    GROUP BY field
)
GROUP BY field.1, field.2
ORDER BY field.1, lines DESC, name
LIMIT {fields:UInt32}
