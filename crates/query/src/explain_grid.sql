-- What scores are made of, and which values cohorts are made of: quantiles of the periods compared with, and the most
-- frequent values of each dimension in the window and in those.
SELECT
    arrayDistinct(quantilesExactWeightedIf(
        0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95
    )(value, units, period > 0)) AS grid,
    countIf(period > 0) AS views_before,
    [
        topK({values_max})(toString(route)), topK({values_max})(toString(country)), topK({values_max})(toString(device)),
        topK({values_max})(toString(browser)), topK({values_max})(toString(release)), topK({values_max})(toString(network))
    ] AS values
FROM
(
    SELECT
        route, country, device, browser, release, network,
        assumeNotNull({metric}) AS value,
        toUInt64(round(weight * 1024)) AS units,
        intDiv({to:Int64} - 1 - toUnixTimestamp64Nano(start), {step:Int64}) AS period
    FROM views FINAL
    WHERE app = {app:String}
        AND start >= fromUnixTimestamp64Nano({first:Int64}, 'UTC')
        AND start < fromUnixTimestamp64Nano({to:Int64}, 'UTC')
        AND ({to:Int64} - 1 - toUnixTimestamp64Nano(start)) % {step:Int64} < {window:Int64}
        AND {visitors}
        AND weight > 0 AND {metric} IS NOT NULL {filters}
)
