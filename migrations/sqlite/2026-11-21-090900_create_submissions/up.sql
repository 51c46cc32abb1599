CREATE TABLE submissions (
  id TEXT NOT NULL PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  institution_id TEXT NOT NULL REFERENCES institutions (id),
  agreement_id TEXT NOT NULL REFERENCES agreements (id),
  dataset TEXT NOT NULL,
  delivery_id TEXT REFERENCES deliveries (id),
  created_by TEXT NOT NULL REFERENCES accounts (id),
  created_at TIMESTAMP NOT NULL
);
CREATE INDEX submissions_by_institution ON submissions (institution_id, created_at);
CREATE INDEX submissions_by_agreement ON submissions (agreement_id, delivery_id);
CREATE TABLE submission_versions (
  id TEXT NOT NULL PRIMARY KEY,
  submission_id TEXT NOT NULL REFERENCES submissions (id),
  version INTEGER NOT NULL,
  file_id TEXT NOT NULL REFERENCES files (id),
  form_key TEXT NOT NULL UNIQUE,
  uploaded_by TEXT NOT NULL REFERENCES accounts (id),
  uploaded_at TIMESTAMP NOT NULL,
  rows_total BIGINT,
  rows_done BIGINT NOT NULL,
  rows_ready BIGINT NOT NULL,
  rows_warned BIGINT NOT NULL,
  rows_blocked BIGINT NOT NULL,
  check_started_at TIMESTAMP,
  checked_at TIMESTAMP,
  refusal TEXT,
  summary TEXT,
  cancelled_at TIMESTAMP,
  sent_at TIMESTAMP,
  sent_by TEXT REFERENCES accounts (id),
  sent_rows BIGINT,
  decided_at TIMESTAMP,
  decided_by TEXT REFERENCES accounts (id),
  decision TEXT,
  decision_reason TEXT,
  UNIQUE (submission_id, version)
);
CREATE INDEX submission_versions_sent ON submission_versions (sent_at);
CREATE TABLE submission_rows (
  version_id TEXT NOT NULL REFERENCES submission_versions (id),
  row_number INTEGER NOT NULL,
  cells TEXT NOT NULL,
  verdict TEXT NOT NULL,
  outcome TEXT,
  PRIMARY KEY (version_id, row_number)
);
CREATE INDEX submission_rows_by_verdict ON submission_rows (version_id, verdict, row_number);
CREATE TABLE row_findings (
  version_id TEXT NOT NULL REFERENCES submission_versions (id),
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
CREATE INDEX row_findings_by_code ON row_findings (version_id, code, field, position);
CREATE INDEX row_findings_by_row ON row_findings (version_id, row_number);
CREATE TABLE finding_totals (
  version_id TEXT NOT NULL REFERENCES submission_versions (id),
  code TEXT NOT NULL,
  field TEXT NOT NULL,
  severity TEXT NOT NULL,
  findings BIGINT NOT NULL,
  rows BIGINT NOT NULL,
  PRIMARY KEY (version_id, code, field)
);
CREATE TABLE warning_reasons (
  version_id TEXT NOT NULL REFERENCES submission_versions (id),
  code TEXT NOT NULL,
  field TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (version_id, code, field)
);
CREATE TABLE row_corrections (
  version_id TEXT NOT NULL REFERENCES submission_versions (id),
  row_number INTEGER NOT NULL,
  reason TEXT NOT NULL,
  asked_by TEXT NOT NULL REFERENCES accounts (id),
  asked_at TIMESTAMP NOT NULL,
  PRIMARY KEY (version_id, row_number)
);
