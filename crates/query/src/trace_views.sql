-- The views whose load or change of route is this trace: their vitals are the flags on its time axis.
SELECT
    view_id, session_id, toUnixTimestamp64Nano(start) AS start_nano, kind,
    ttfb, fcp, lcp, load_time, transition_time
FROM views FINAL
WHERE app = {app:String} AND trace_id = unhex({trace:String})
ORDER BY start_nano, view_id
LIMIT {limit:UInt32}
