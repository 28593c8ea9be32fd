-- The requests of the views of a range, put together by what they ask for: those that people waited longest for in
-- total first. Client spans (OTLP kind 3) made inside a view, as in `session_requests.sql`.
SELECT
    http_method,
    if(url_template != '', toString(url_template), concat(extract(url, {host_pattern}), path(url))) AS what,
    count() AS n,
    sum(weight) AS requests,
    quantileExactWeighted(0.5)(duration_nano, toUInt64(round(weight * 1024))) / 1e6 AS p50,
    quantileExactWeighted(0.75)(duration_nano, toUInt64(round(weight * 1024))) / 1e6 AS p75,
    sum(weight * duration_nano) / 1e6 AS waited,
    sumIf(weight, (http_status >= 400 OR error_type != '') AND attributes[{aborted:String}] != 'true') / sum(weight) AS failed
FROM spans FINAL
WHERE app = {app:String}
    AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
    AND start < fromUnixTimestamp64Nano({inside_to:Int64}, 'UTC')
    AND kind = 3
    AND weight > 0
    AND view_id != ''
    AND name != 'documentFetch'
    AND (session_id, view_id) IN
    (
        SELECT session_id, view_id
        FROM views FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND {visitors}
        AND weight > 0 {filters}
    )
GROUP BY http_method, what
ORDER BY waited DESC, http_method, what
LIMIT {limit:UInt32}
