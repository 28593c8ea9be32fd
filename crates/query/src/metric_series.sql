-- The points of one metric, one row per series, start and step of time. What counts up from a start keeps its last state of the
-- step, from which the one before is taken away (`increase.rs`); what is sent as differences is added up. Before the first
-- step lies one more, so that the first difference is known too.
SELECT
    any(shown) AS named,
    toString(series_id) AS series_name,
    step,
    delta,
    any(counts_up) AS monotonic,
    begun,
    count() AS n,
    sum(v) AS total,
    min(v) AS low,
    max(v) AS high,
    argMax(v, at) AS last,
    if(delta, sum(c), argMax(c, at)) AS measured,
    if(delta, sum(s), argMax(s, at)) AS amount,
    if(
        delta,
        (any(explicit), sumForEach(per_bound), any(fineness), sum(zeros), any(above), sumForEach(positive), any(below), sumForEach(negative)),
        argMax((explicit, per_bound, fineness, zeros, above, positive, below, negative), at)
    ) AS buckets
FROM
(
    SELECT
        multiIf(
            {by:String} = '', '',
            {by:String} = 'service', toString(service),
            {by:String} = 'release', toString(release),
            {by:String} = 'environment', toString(environment),
            mapContains(attributes, {by:String}), attributes[{by:String}],
            resource[{by:String}]
        ) AS shown,
        series AS series_id,
        time AS at,
        toInt64(floor((toUnixTimestamp64Nano(time) - {origin:Int64}) / {step:Int64})) AS step,
        temporality = 'delta' AS delta,
        monotonic AS counts_up,
        if(temporality = 'cumulative', toUnixTimestamp64Nano(start), 0) AS begun,
        value AS v,
        count AS c,
        ifNull(sum, 0) AS s,
        bounds AS explicit,
        bucket_counts AS per_bound,
        scale AS fineness,
        zero_count AS zeros,
        positive_offset AS above,
        positive_counts AS positive,
        negative_offset AS below,
        negative_counts AS negative
    FROM metrics FINAL
    WHERE app = {app:String}
        AND name = {name:String}
        AND kind = {kind:String}
        AND unit = {unit:String}
        AND ({service:String} = '' OR service = {service:String})
        AND time >= fromUnixTimestamp64Nano({before:Int64}, 'UTC')
        AND time < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND NOT stale
        AND arrayAll(
            (key, wanted) -> if(mapContains(attributes, key), attributes[key], resource[key]) = wanted,
            {keys:Array(String)}, {values:Array(String)}
        )
)
GROUP BY series_id, step, delta, begun, if(delta, (explicit, fineness, above, below), defaultValueOfArgumentType((explicit, fineness, above, below)))
ORDER BY series_id, step, begun
LIMIT {limit:UInt32}
