-- One vital of `vitals.sql`: values as they are stored, p75, weight of all, of the good, of the poor, and of each bin.
--
-- quantileExactWeighted is the inverse of the weighted distribution function: the smallest measured value at which the
-- running weight reaches the level. An interpolating quantile would depend on the unit of the weights, which the engine
-- wants as whole numbers; hence weights in 1/1024. It is also a value that somebody really had. What may be NULL is
-- ruled out by a condition of its own throughout: the engine is twice as slow where a value itself may be.
(
    countIf({metric} IS NOT NULL),
    quantileExactWeightedIf(0.75)(assumeNotNull({metric}), units, {metric} IS NOT NULL),
    sumIf(weight, {metric} IS NOT NULL),
    sumIf(weight, ifNull({metric} <= {{metric}_good:Float64}, 0)),
    sumIf(weight, ifNull({metric} > {{metric}_poor:Float64}, 0)),
    -- Bins are (low, high], as the classes are; what lies above them all falls into the last one.
    sumIfResample(0, {{metric}_bins:UInt32}, 1)(
        weight,
        current AND {metric} IS NOT NULL,
        toUInt32(least(greatest(ceil(assumeNotNull({metric}) / {{metric}_bin_width:Float64}) - 1, 0), toFloat64({{metric}_bins:UInt32}) - 1))
    )
) AS {metric}_figures
