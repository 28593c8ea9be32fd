-- Measurements of one metric that were taken inside of a trace, the largest first.
SELECT
    toUnixTimestamp64Nano(exemplar.1) AS time_nano,
    exemplar.2 AS value,
    lower(hex(exemplar.3)) AS trace
FROM metrics FINAL
ARRAY JOIN arrayZip(exemplar_times, exemplar_values, exemplar_trace_ids) AS exemplar
WHERE app = {app:String}
    AND name = {name:String}
    AND kind = {kind:String}
    AND unit = {unit:String}
    AND ({service:String} = '' OR service = {service:String})
    AND time >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
    AND time < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
    AND exemplar.3 != toFixedString('', 16)
ORDER BY value DESC, time_nano, trace
LIMIT 1 BY trace
LIMIT {limit:UInt32}
