-- One vital of `breakdown.sql`.
(
    countIf({metric} IS NOT NULL),
    quantileExactWeightedIf(0.75)(assumeNotNull({metric}), units, {metric} IS NOT NULL),
    sumIf(weight, ifNull({metric} <= {{metric}_good:Float64}, 0)),
    sumIf(weight, ifNull({metric} > {{metric}_poor:Float64}, 0)),
    sumIf(weight, {metric} IS NOT NULL)
) AS {metric}_share
