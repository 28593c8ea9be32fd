-- How far the sums reach, and how many views there are in the range and the equally long one before it.
SELECT
    ifNull((SELECT toUnixTimestamp64Nano(max(received)) FROM rollup_marks WHERE name = {mark:String}), 0) AS mark,
    sum(views) AS views,
    -- Before this there may be no views any more.
    ifNull((SELECT toUnixTimestamp64Nano(max(received)) FROM rollup_marks WHERE name = concat('kept:', {app:String})), 0) AS kept_from
FROM rollup_runs FINAL
WHERE app = {app:String} AND step = 3600
    AND start >= fromUnixTimestamp64Nano({previous_from:Int64}, 'UTC')
    AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
