CREATE TABLE drafts (
  id TEXT NOT NULL PRIMARY KEY,
  institution_id TEXT NOT NULL REFERENCES institutions (id),
  agreement_id TEXT NOT NULL REFERENCES agreements (id),
  dataset TEXT NOT NULL,
  submission_id TEXT REFERENCES submissions (id),
  base_version INTEGER,
  created_by TEXT NOT NULL REFERENCES accounts (id),
  created_at TIMESTAMP NOT NULL,
  finished_at TIMESTAMP,
  discarded_at TIMESTAMP,
  version_id TEXT UNIQUE REFERENCES submission_versions (id),
  changes BIGINT NOT NULL,
  file_id TEXT REFERENCES files (id)
);
CREATE UNIQUE INDEX drafts_open_base ON drafts (submission_id, base_version)
  WHERE finished_at IS NULL AND discarded_at IS NULL;
CREATE UNIQUE INDEX drafts_open_new ON drafts (agreement_id, dataset)
  WHERE submission_id IS NULL AND finished_at IS NULL AND discarded_at IS NULL;
CREATE TABLE draft_rows (
  draft_id TEXT NOT NULL REFERENCES drafts (id),
  row_number INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  is_removed BOOLEAN NOT NULL,
  verdict TEXT,
  edited_by TEXT NOT NULL REFERENCES accounts (id),
  edited_at TIMESTAMP NOT NULL,
  PRIMARY KEY (draft_id, row_number)
);
CREATE TABLE draft_cells (
  draft_id TEXT NOT NULL REFERENCES drafts (id),
  row_number INTEGER NOT NULL,
  field TEXT NOT NULL,
  before TEXT NOT NULL,
  value TEXT NOT NULL,
  origin TEXT NOT NULL,
  PRIMARY KEY (draft_id, row_number, field)
);
