CREATE TABLE checked_rows (
  version_id TEXT NOT NULL,
  row_number INTEGER NOT NULL,
  cells TEXT NOT NULL,
  verdict TEXT NOT NULL,
  outcome TEXT,
  row_key BIGINT,
  PRIMARY KEY (version_id, row_number)
);
INSERT INTO checked_rows (version_id, row_number, cells, verdict, outcome, row_key)
SELECT version_id, row_number, cells, verdict, outcome, row_key FROM submission_rows;
DROP TABLE submission_rows;
ALTER TABLE checked_rows RENAME TO submission_rows;
CREATE INDEX submission_rows_by_verdict ON submission_rows (version_id, verdict, row_number);
CREATE TABLE checked_findings (
  version_id TEXT NOT NULL,
  position BIGINT NOT NULL,
  row_number INTEGER NOT NULL,
  file_column INTEGER,
  field TEXT NOT NULL,
  code TEXT NOT NULL,
  severity TEXT NOT NULL,
  value TEXT NOT NULL,
  params TEXT NOT NULL,
  PRIMARY KEY (version_id, position)
);
INSERT INTO checked_findings (version_id, position, row_number, file_column, field, code, severity, value, params)
SELECT version_id, position, row_number, file_column, field, code, severity, value, params FROM row_findings;
DROP TABLE row_findings;
ALTER TABLE checked_findings RENAME TO row_findings;
CREATE INDEX row_findings_by_code ON row_findings (version_id, code, field, position);
CREATE INDEX row_findings_by_row ON row_findings (version_id, row_number);
CREATE TABLE row_keys (
  version_id TEXT NOT NULL,
  row_key BIGINT NOT NULL,
  row_number INTEGER NOT NULL,
  PRIMARY KEY (version_id, row_key, row_number)
);
INSERT INTO row_keys (version_id, row_key, row_number)
SELECT version_id, row_key, row_number FROM submission_rows WHERE row_key IS NOT NULL;
