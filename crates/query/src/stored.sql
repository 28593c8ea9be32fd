-- What an application has in each table: its rows, and of the table's bytes on the disk the share that its rows are.
-- Rows that were sent twice and are not merged yet count here, for they take space.
SELECT table, own.kept AS kept_rows, toUInt64(if(parts.all_rows = 0, 0, own.kept / parts.all_rows * parts.bytes)) AS kept_bytes
FROM
(
    SELECT 'views' AS table, count() AS kept FROM views WHERE app = {app:String}
    UNION ALL SELECT 'events' AS table, count() AS kept FROM events WHERE app = {app:String}
    UNION ALL SELECT 'spans' AS table, count() AS kept FROM spans WHERE app = {app:String}
    UNION ALL SELECT 'logs' AS table, count() AS kept FROM logs WHERE app = {app:String}
    UNION ALL SELECT 'metrics' AS table, count() AS kept FROM metrics WHERE app = {app:String}
) AS own
LEFT JOIN
(
    SELECT table, sum(rows) AS all_rows, sum(bytes_on_disk) AS bytes
    FROM {parts}
    WHERE active AND database = {database:String}
    GROUP BY table
) AS parts USING table
ORDER BY table
