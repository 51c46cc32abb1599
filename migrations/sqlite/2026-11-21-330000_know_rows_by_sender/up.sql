-- What BKN took over, and reasons that were given, are known by institution and
-- data set: a renewed agreement takes the place of the one before.
CREATE TABLE taken_rows_of_senders (
  institution_id TEXT NOT NULL REFERENCES institutions (id),
  dataset TEXT NOT NULL,
  row_key BIGINT NOT NULL,
  version_id TEXT NOT NULL,
  row_number INTEGER NOT NULL,
  PRIMARY KEY (row_key, institution_id, dataset)
);
INSERT INTO taken_rows_of_senders (institution_id, dataset, row_key, version_id, row_number)
SELECT institution_id, dataset, row_key, version_id, row_number FROM (
  SELECT a.institution_id, t.dataset, t.row_key, t.version_id, t.row_number,
    ROW_NUMBER() OVER (
      PARTITION BY a.institution_id, t.dataset, t.row_key
      ORDER BY v.decided_at DESC, t.row_number DESC
    ) AS place
  FROM taken_rows t
  JOIN agreements a ON a.id = t.agreement_id
  JOIN submission_versions v ON v.id = t.version_id
) known WHERE place = 1;
DROP TABLE taken_rows;
ALTER TABLE taken_rows_of_senders RENAME TO taken_rows;

CREATE TABLE reasons_of_senders (
  institution_id TEXT NOT NULL REFERENCES institutions (id),
  dataset TEXT NOT NULL,
  row_key BIGINT NOT NULL,
  code TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  reason TEXT NOT NULL,
  given_in TEXT NOT NULL REFERENCES submission_versions (id),
  given_by TEXT NOT NULL REFERENCES accounts (id),
  given_at TIMESTAMP NOT NULL,
  PRIMARY KEY (institution_id, dataset, row_key, code, field, value)
);
INSERT INTO reasons_of_senders
  (institution_id, dataset, row_key, code, field, value, reason, given_in, given_by, given_at)
SELECT institution_id, dataset, row_key, code, field, value, reason, given_in, given_by, given_at
FROM (
  SELECT a.institution_id, c.dataset, c.row_key, c.code, c.field, c.value, c.reason,
    c.given_in, c.given_by, c.given_at,
    ROW_NUMBER() OVER (
      PARTITION BY a.institution_id, c.dataset, c.row_key, c.code, c.field, c.value
      ORDER BY c.given_at DESC, c.given_in
    ) AS place
  FROM confirmed_warnings c
  JOIN agreements a ON a.id = c.agreement_id
) known WHERE place = 1;
DROP TABLE confirmed_warnings;
ALTER TABLE reasons_of_senders RENAME TO confirmed_warnings;
