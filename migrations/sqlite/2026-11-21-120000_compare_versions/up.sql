ALTER TABLE submission_rows ADD COLUMN row_key BIGINT;
CREATE INDEX submission_rows_by_key ON submission_rows (version_id, row_key, row_number);
CREATE TABLE version_progress (
  version_id TEXT NOT NULL PRIMARY KEY REFERENCES submission_versions (id),
  before_version INTEGER NOT NULL,
  wrong_before BIGINT NOT NULL,
  mended BIGINT NOT NULL,
  remaining BIGINT NOT NULL,
  gone BIGINT NOT NULL,
  fresh BIGINT NOT NULL
);
CREATE TABLE finding_progress (
  version_id TEXT NOT NULL REFERENCES submission_versions (id),
  code TEXT NOT NULL,
  field TEXT NOT NULL,
  mended BIGINT NOT NULL,
  remaining BIGINT NOT NULL,
  fresh BIGINT NOT NULL,
  PRIMARY KEY (version_id, code, field)
);
