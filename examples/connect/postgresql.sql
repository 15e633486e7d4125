-- The table that the connector writes, and the view that takes the events apart.

CREATE TABLE IF NOT EXISTS wirespin_alert (
    key    TEXT PRIMARY KEY,
    event  JSONB NOT NULL
);

CREATE OR REPLACE VIEW alert AS
SELECT
    key,
    event ->> 'id'                                AS id,
    (event ->> 'time')::timestamptz               AS time,
    event -> 'original' ->> 'agency'              AS agency,
    event -> 'original' ->> 'headline'            AS original_title,
    event -> 'original' ->> 'url'                 AS original_url,
    coalesce(event -> 'copy' ->> 'publisher', '') AS outlet,
    event -> 'copy' ->> 'headline'                AS copy_title,
    event -> 'copy' ->> 'url'                     AS copy_url,
    event -> 'reuse' ->> 'level'                  AS level,
    event -> 'credit' ->> 'status'                AS credit,
    (event -> 'framing' ->> 'score')::float8      AS score
FROM wirespin_alert;

CREATE OR REPLACE VIEW alert_finding AS
SELECT
    key,
    number,
    finding ->> 'device'             AS device,
    finding ->> 'where'              AS place,
    finding ->> 'original'           AS original,
    finding ->> 'rewritten'          AS rewritten,
    (finding ->> 'severity')::float8 AS severity,
    finding ->> 'explanation'        AS explanation
FROM
    wirespin_alert,
    jsonb_array_elements(event -> 'framing' -> 'devices') WITH ORDINALITY AS found (finding, number);
