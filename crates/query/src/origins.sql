-- What pages load, by the host it comes from, or by address of one host. Sizes and marks that the browser hides are no values: a resource of another
-- origin without `Timing-Allow-Origin` tells how long it took and nothing else.
SELECT
    {by} AS named,
    max(third) AS third_party,
    count() AS n,
    sum(weight) AS loads,
    -- Exact while there are few, within half a percent when there are many: to tell millions apart would cost more than all else.
    uniqCombined64(17)(session_id, view_id) AS in_views,
    [
        quantileExactWeighted(0.5)(toFloat64OrNull(took), toUInt64(round(weight * 1024))),
        quantileExactWeighted(0.75)(toFloat64OrNull(took), toUInt64(round(weight * 1024)))
    ] AS quantiles,
    sum(weight * toFloat64OrZero(transferred)) AS bytes,
    sumIf(weight, blocking = 'blocking') AS blocking_loads,
    sumIf(weight, toUInt16OrZero(status) >= 400) AS failed,
    sumIf(weight, transferred = '0' AND toFloat64OrZero(body) > 0) AS cached,
    sumIf(weight, transferred = '') AS hidden,
    topKWeighted(3)(kind, toUInt64(ceil(weight))) AS kinds,
    any(next_hop) AS protocol
FROM
(
    SELECT
        session_id, view_id, weight,
        attributes['url.full'] AS address,
        attributes[{third_party:String}] = 'true' AS third,
        attributes['browser.resource_timing.duration'] AS took,
        attributes['browser.resource_timing.transfer_size'] AS transferred,
        attributes['browser.resource_timing.decoded_body_size'] AS body,
        attributes['browser.resource_timing.render_blocking_status'] AS blocking,
        attributes['browser.resource_timing.response_status'] AS status,
        attributes['browser.resource_timing.next_hop_protocol'] AS next_hop,
        attributes['browser.resource_timing.initiator_type'] AS kind
    FROM events FINAL
    WHERE app = {app:String}
        AND time >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND time < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND toStartOfHour(time) >= toStartOfHour(fromUnixTimestamp64Nano({from:Int64}, 'UTC'))
        AND toStartOfHour(time) <= toStartOfHour(fromUnixTimestamp64Nano({to:Int64}, 'UTC'))
        AND name = 'browser.resource_timing'
        AND weight > 0
        AND {visitors} {filters}
)
WHERE named != '' AND ({host:String} = '' OR extract(address, {host_pattern}) = {host:String})
GROUP BY named
ORDER BY loads DESC, named
LIMIT {limit:UInt32}
