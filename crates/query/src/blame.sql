-- One view with what is known of how its vitals came about.
SELECT
    toUnixTimestamp64Nano(start) AS start_nano, kind, lower(hex(trace_id)) AS trace,
    lcp, inp, fcp, ttfb, transition_time,
    redirect, worker, dns, tcp, tls, request, response,
    lcp_url, lcp_resource_load_delay, lcp_resource_load_duration,
    inp_input_delay, inp_processing_duration
FROM views FINAL
WHERE app = {app:String} AND session_id = {session:String} AND view_id = {view:String}
LIMIT 1
