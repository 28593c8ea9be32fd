-- One vital of `vitals_precision.sql`, over all sessions.
(
    countIf({metric}_whole > 0),
    (
        sum({metric}_below), sum({metric}_whole),
        sum({metric}_below * {metric}_below), sum({metric}_below * {metric}_whole), sum({metric}_whole * {metric}_whole)
    ),
    (
        sum({metric}_fine), sum({metric}_whole),
        sum({metric}_fine * {metric}_fine), sum({metric}_fine * {metric}_whole), sum({metric}_whole * {metric}_whole)
    ),
    (
        sum({metric}_bad), sum({metric}_whole),
        sum({metric}_bad * {metric}_bad), sum({metric}_bad * {metric}_whole), sum({metric}_whole * {metric}_whole)
    )
) AS {metric}_sums
