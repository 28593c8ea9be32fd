-- What the views of a range spent their time on: median and p75 of every part, each over the views that have it.
-- Weights, NULLs and quantiles as in `vitals.sql`.
SELECT
    part,
    count() AS n,
    quantileExactWeighted(0.5)(assumeNotNull(value), units) AS p50,
    quantileExactWeighted(0.75)(assumeNotNull(value), units) AS p75
FROM
(
    SELECT *, toUInt64(round(weight * 1024)) AS units
    FROM views FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND {visitors}
        AND weight > 0 {filters}
)
ARRAY JOIN
    {parts:Array(String)} AS part,
    [
        redirect, worker, dns, tcp, tls, request, response, dom_processing, load,
        lcp_resource_load_delay, lcp_resource_load_duration, lcp_element_render_delay,
        inp_input_delay, inp_processing_duration, inp_presentation_delay
    ] AS value
WHERE value IS NOT NULL
GROUP BY part
