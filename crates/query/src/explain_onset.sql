-- How many views of a cohort were slower than its former p75, in steps of the window and of the equally long time before it.
SELECT
    toInt64(intDiv(toUnixTimestamp64Nano(start) - {onset_from:Int64}, {onset_step:Int64})) AS step,
    sum(weight) AS views,
    sumIf(weight, assumeNotNull({metric}) > {former:Float64}) AS slow
FROM views FINAL
WHERE app = {app:String}
    AND start >= fromUnixTimestamp64Nano({onset_from:Int64}, 'UTC')
    AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
    AND {visitors}
    AND weight > 0 AND {metric} IS NOT NULL {filters}{cohort}
GROUP BY step
ORDER BY step
