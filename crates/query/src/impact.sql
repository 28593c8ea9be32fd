-- Sessions by the eighth of speed that they are in and by kind of visitor, as sums of weights (w), of whether they got to the end
-- (c), and of their speed in units (x): all that a slope and its error are made of, see `impact/slope.rs`.
SELECT
    bucket, device_then AS device, country_then AS country,
    count() AS n,
    sum(reached = length({kinds:Array(String)})) AS converted_n,
    sum(w) AS weights, sum(w * c) AS wc, sum(w * x) AS wx, sum(w * x * x) AS wxx, sum(w * x * c) AS wxc,
    [sum(w * w), sum(w * w * x), sum(w * w * pow(x, 2)), sum(w * w * pow(x, 3)), sum(w * w * pow(x, 4))] AS squares,
    [sum(w * w * c), sum(w * w * c * x), sum(w * w * c * pow(x, 2)), sum(w * w * c * pow(x, 3))] AS squares_converted
FROM
(
    SELECT
        reached, device_then, country_then,
        toUInt8(arrayCount(edge -> edge < speed, {edges:Array(Float64)})) AS bucket,
        toFloat64(weight) AS w,
        toFloat64(reached = length({kinds:Array(String)})) AS c,
        -- A page that took a minute says no more about people than one of the slowest hundredth.
        least(speed, {most:Float64}) / {unit:Float64} AS x
    FROM
    (
        {sessions}
    ) AS journeys
    INNER JOIN
    (
        {speeds}
    ) AS speeds USING (session_id)
    WHERE reached > 0
)
GROUP BY bucket, device_then, country_then
ORDER BY bucket, device_then, country_then
LIMIT {limit:UInt32}
