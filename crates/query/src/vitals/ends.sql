-- One vital of `vitals_interval.sql`.
quantilesExactWeightedIf({{metric}_low:Float64}, {{metric}_high:Float64})(
    assumeNotNull({metric}), units, {metric} IS NOT NULL
) AS {metric}_ends
