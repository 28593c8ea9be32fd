-- The first record that was ever received, of any application and kind. Services have no browser.
SELECT app, received_nano, browser, os
FROM
(
    SELECT app, toUnixTimestamp64Nano(received) AS received_nano, browser, os FROM views
    ORDER BY received LIMIT 1
    UNION ALL
    SELECT app, toUnixTimestamp64Nano(received), browser, os FROM events ORDER BY received LIMIT 1
    UNION ALL
    SELECT app, toUnixTimestamp64Nano(received), '', '' FROM spans ORDER BY received LIMIT 1
    UNION ALL
    SELECT app, toUnixTimestamp64Nano(received), '', '' FROM logs ORDER BY received LIMIT 1
    UNION ALL
    SELECT app, toUnixTimestamp64Nano(received), '', '' FROM metrics ORDER BY received LIMIT 1
)
-- Of records of one batch, the one that knows its browser.
ORDER BY received_nano, browser = ''
LIMIT 1
