-- The speed of the sessions that began a journey: eighths of it, and where its hundredth part begins, for `impact.sql`.
SELECT
    quantilesExactWeighted(0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 0.99)(speed, toUInt64(round(weight * 1024))) AS edges
FROM
(
    {sessions}
) AS journeys
INNER JOIN
(
    {speeds}
) AS speeds USING (session_id)
WHERE reached > 0
HAVING count() > 0
