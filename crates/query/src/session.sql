-- The views of one session in the order in which they began.
SELECT
    view_id, toUnixTimestamp64Nano(start) AS start_nano, duration, kind, route, url, navigation_type,
    lower(hex(trace_id)) AS trace,
    country, browser, os, device, release, user_id,
    lcp, inp, cls, fcp, ttfb, load_time, transition_time,
    errors, actions, requests,
    redirect, worker, dns, tcp, tls, request, response, dom_processing, load,
    lcp_target, lcp_url, lcp_resource_load_delay, lcp_resource_load_duration, lcp_element_render_delay,
    inp_target, inp_type, inp_input_delay, inp_processing_duration, inp_presentation_delay,
    cls_target
FROM views FINAL
WHERE app = {app:String} AND session_id = {session:String}
ORDER BY start_nano, view_id
LIMIT {limit:UInt32}
