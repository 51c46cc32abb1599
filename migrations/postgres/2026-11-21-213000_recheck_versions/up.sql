-- A result set against what the rules and references of another day would say.
CREATE TABLE rechecks (
  id TEXT NOT NULL PRIMARY KEY,
  form_key TEXT NOT NULL UNIQUE,
  version_id TEXT NOT NULL REFERENCES submission_versions (id),
  asked_by TEXT NOT NULL REFERENCES accounts (id),
  asked_at TIMESTAMP NOT NULL,
  rule_set INTEGER NOT NULL,
  finished_at TIMESTAMP,
  outcome TEXT
);
