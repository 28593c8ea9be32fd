-- Documents that services served, and which of them a view reported, by whoever asked. A document has no parent span: browsers
-- send no trace context when they navigate. What says that a request was for a document: the header of the request or of the
-- answer where they are recorded, else that views have been joined with answers of this service under this route.
WITH reported AS
(
    SELECT trace_id, any(session_id) AS session_id, max(weight) AS kept
    FROM views FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({trace_from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({trace_to:Int64}, 'UTC')
        AND kind != 'route' AND weight > 0 AND trace_id != toFixedString('', 16)
    GROUP BY trace_id
),
answers AS
(
    SELECT
        trace_id, toString(service) AS service, toString(url_template) AS route, toString(country) AS country, weight,
        attributes['user_agent.original'] AS agent,
        extract(attributes['http.request.header.ect'], 'slow-2g|2g|3g|4g') AS network,
        attributes['http.request.header.sec-fetch-dest'] AS asked_for,
        attributes['http.response.header.content-type'] AS content,
        concat(attributes['http.request.header.sec-purpose'], attributes['http.request.header.purpose']) AS purpose,
        if(trace_id IN (SELECT trace_id FROM reported), 1, 0) AS joined
    FROM spans FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND toStartOfHour(start) >= toStartOfHour(fromUnixTimestamp64Nano({from:Int64}, 'UTC'))
        AND toStartOfHour(start) <= toStartOfHour(fromUnixTimestamp64Nano({to:Int64}, 'UTC'))
        AND kind = 2 AND http_method = 'GET' AND http_status >= 200 AND http_status < 300
        AND parent_span_id = toFixedString('', 8) {conditions}
),
known AS (SELECT DISTINCT service, route FROM answers WHERE joined)
SELECT
    agent, country, route, network,
    count() AS n,
    sum(answers.weight) AS served,
    toUInt64(sum(joined)) AS joined_n,
    sum(answers.weight * joined) AS joined_served,
    -- What would have reported had no session been left out, and how sure that is; see `coverage.rs`.
    sum(answers.weight * reported.kept) AS would,
    sum(answers.weight * answers.weight * reported.kept * greatest(reported.kept - 1, 0)) AS variance
FROM answers
LEFT JOIN reported USING (trace_id)
WHERE position(purpose, 'prefetch') = 0
    AND multiIf(
        asked_for != '', position(asked_for, 'document') > 0,
        content != '', position(lower(content), 'text/html') > 0,
        (service, route) IN (SELECT service, route FROM known)
    )
GROUP BY agent, country, route, network
ORDER BY n DESC, agent, country, route, network
LIMIT {limit:UInt32}
