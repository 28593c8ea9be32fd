-- In which groups the sessions of `{ranges}` were in the hours before.
SELECT dims, key1, key2, session_id, toStartOfHour(start, 'UTC')
FROM views
ARRAY JOIN {sets}
WHERE app = {app:String} AND ({ranges_before}) AND NOT bot AND weight > 0 {filters}
    AND session_id IN (SELECT session_id FROM views WHERE app = {app:String} AND ({ranges}))
