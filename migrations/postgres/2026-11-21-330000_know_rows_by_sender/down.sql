CREATE TABLE taken_rows_of_agreements (
  agreement_id TEXT NOT NULL REFERENCES agreements (id),
  dataset TEXT NOT NULL,
  row_key BIGINT NOT NULL,
  version_id TEXT NOT NULL,
  row_number INTEGER NOT NULL,
  PRIMARY KEY (row_key, agreement_id, dataset)
);
INSERT INTO taken_rows_of_agreements (agreement_id, dataset, row_key, version_id, row_number)
SELECT s.agreement_id, t.dataset, t.row_key, t.version_id, t.row_number
FROM taken_rows t
JOIN submission_versions v ON v.id = t.version_id
JOIN submissions s ON s.id = v.submission_id;
DROP TABLE taken_rows;
ALTER TABLE taken_rows_of_agreements RENAME TO taken_rows;

CREATE TABLE reasons_of_agreements (
  agreement_id TEXT NOT NULL REFERENCES agreements (id),
  dataset TEXT NOT NULL,
  row_key BIGINT NOT NULL,
  code TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  reason TEXT NOT NULL,
  given_in TEXT NOT NULL REFERENCES submission_versions (id),
  given_by TEXT NOT NULL REFERENCES accounts (id),
  given_at TIMESTAMP NOT NULL,
  PRIMARY KEY (agreement_id, dataset, row_key, code, field, value)
);
INSERT INTO reasons_of_agreements
  (agreement_id, dataset, row_key, code, field, value, reason, given_in, given_by, given_at)
SELECT s.agreement_id, c.dataset, c.row_key, c.code, c.field, c.value, c.reason,
  c.given_in, c.given_by, c.given_at
FROM confirmed_warnings c
JOIN submission_versions v ON v.id = c.given_in
JOIN submissions s ON s.id = v.submission_id;
DROP TABLE confirmed_warnings;
ALTER TABLE reasons_of_agreements RENAME TO confirmed_warnings;
