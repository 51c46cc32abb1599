CREATE TABLE confirmed_warnings (
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
