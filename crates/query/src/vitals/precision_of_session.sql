-- One vital of `vitals_precision.sql`, over the views of a session.
sumIf(weight, {metric} IS NOT NULL) AS {metric}_whole,
sumIf(weight, ifNull({metric} <= {{metric}_p75:Float64}, 0)) AS {metric}_below,
sumIf(weight, ifNull({metric} <= {{metric}_good:Float64}, 0)) AS {metric}_fine,
sumIf(weight, ifNull({metric} > {{metric}_poor:Float64}, 0)) AS {metric}_bad
