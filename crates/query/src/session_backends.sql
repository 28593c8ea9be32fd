-- Those of some traces into which another service has reported.
SELECT lower(hex(trace_id)) AS trace
FROM spans
WHERE app = {app:String}
    AND trace_id IN (SELECT toFixedString(unhex(arrayJoin({traces:Array(String)})), 16))
GROUP BY trace_id
HAVING uniqExact(service) > 1
