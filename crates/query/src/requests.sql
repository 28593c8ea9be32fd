-- The requests of pages, put together by what they ask for. Client spans (OTLP kind 3) made inside a view, as in
-- `session_requests.sql`. A phase that the browser hides is no value; one that took no time is 0.
SELECT
    http_method AS method,
    if(server_address != '', toString(server_address), extract(url, {host_pattern})) AS host,
    if(url_template != '', toString(url_template), path(url)) AS what,
    max(attributes[{third_party:String}] = 'true') AS third_party,
    count() AS n,
    sum(weight) AS requests,
    quantilesExactWeighted(0.5, 0.75, 0.95)(toFloat64(duration_nano), w) AS quantiles,
    sum(weight * duration_nano) / 1e6 AS waited,
    sumIf(weight, is_aborted) AS aborted,
    sumIf(weight, NOT is_aborted AND (http_status >= 400 OR error_type != '')) AS failed,
    sumMap([if(is_aborted, 'aborted', if(http_status = 0, 'no answer', concat(toString(intDiv(http_status, 100)), 'xx')))], [weight]) AS statuses,
    [
        quantileExactWeighted(0.75)(toFloat64OrNull(attributes['limen.request.dns']), w),
        quantileExactWeighted(0.75)(toFloat64OrNull(attributes['limen.request.tcp']), w),
        quantileExactWeighted(0.75)(toFloat64OrNull(attributes['limen.request.tls']), w),
        quantileExactWeighted(0.75)(toFloat64OrNull(attributes['limen.request.wait']), w),
        quantileExactWeighted(0.75)(toFloat64OrNull(attributes['limen.request.response']), w)
    ] AS phases,
    sumIf(weight, attributes['limen.request.wait'] != '') AS timed,
    sumIf(weight, in_backend) AS answered,
    lower(hex(argMaxIf(trace_id, duration_nano, in_backend))) AS slowest
FROM
(
    SELECT
        *,
        toUInt64(round(weight * 1024)) AS w,
        attributes[{aborted:String}] = 'true' AS is_aborted,
        -- The requests of a view are of one trace, in which its document has a service's span whatever they have.
        (trace_id, span_id) IN
        (
            SELECT trace_id, parent_span_id
            FROM spans
            WHERE app = {app:String}
                AND start >= fromUnixTimestamp64Nano({trace_from:Int64}, 'UTC')
                AND start < fromUnixTimestamp64Nano({trace_to:Int64}, 'UTC')
                AND kind = 2
        ) AS in_backend
    FROM spans FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND toStartOfHour(start) >= toStartOfHour(fromUnixTimestamp64Nano({from:Int64}, 'UTC'))
        AND toStartOfHour(start) <= toStartOfHour(fromUnixTimestamp64Nano({to:Int64}, 'UTC'))
        AND kind = 3
        AND weight > 0
        AND view_id != ''
        AND name != 'documentFetch' {filters}
)
GROUP BY method, host, what
ORDER BY {order}, method, host, what
LIMIT {limit:UInt32}
