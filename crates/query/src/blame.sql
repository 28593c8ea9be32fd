-- Some views with what is known of how their vitals came about.
SELECT
    session_id, view_id, toUnixTimestamp64Nano(start) AS start_nano, kind,
    lcp, inp, fcp, ttfb, transition_time,
    redirect, worker, dns, tcp, tls, request, response,
    lcp_url, lcp_resource_load_delay, lcp_resource_load_duration,
    inp_input_delay, inp_processing_duration
FROM views FINAL
WHERE app = {app:String} AND session_id IN {sessions:Array(String)} AND view_id IN {views:Array(String)}
    AND start >= fromUnixTimestamp64Nano({first:Int64}, 'UTC')
    AND start <= fromUnixTimestamp64Nano({last:Int64}, 'UTC')
LIMIT {limit:UInt32}
