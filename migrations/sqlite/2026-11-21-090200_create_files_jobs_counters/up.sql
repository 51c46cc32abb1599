CREATE TABLE files (
  id TEXT NOT NULL PRIMARY KEY,
  sha256 TEXT NOT NULL,
  size BIGINT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  stored_at TIMESTAMP NOT NULL
);
CREATE INDEX files_by_hash ON files (sha256);
CREATE TABLE jobs (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  run_after TIMESTAMP NOT NULL,
  attempts INTEGER NOT NULL,
  claimed_until TIMESTAMP,
  claim TEXT,
  finished_at TIMESTAMP,
  failed_at TIMESTAMP,
  last_error TEXT
);
CREATE UNIQUE INDEX one_open_job ON jobs (kind, subject) WHERE finished_at IS NULL AND failed_at IS NULL;
CREATE INDEX open_jobs ON jobs (run_after) WHERE finished_at IS NULL AND failed_at IS NULL;
CREATE TABLE counters (
  name TEXT NOT NULL PRIMARY KEY,
  value BIGINT NOT NULL
);
