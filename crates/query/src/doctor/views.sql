-- What views lack that only whoever set the page up can give.
SELECT
    count() AS n,
    sum(weight) AS views,
    sumIf(weight, release = '') AS without_release,
    sumIf(weight, environment = '') AS without_environment,
    sumIf(weight, country = '') AS without_country,
    sumIf(weight, service = '') AS without_service
FROM views FINAL
WHERE app = {app:String}
    AND start >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')
    AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
    AND weight > 0
    AND {visitors} {filters}
