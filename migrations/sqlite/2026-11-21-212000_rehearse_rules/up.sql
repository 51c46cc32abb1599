-- A rule run over past files, and what it would have found in each.
CREATE TABLE rehearsals (
  id TEXT NOT NULL PRIMARY KEY,
  form_key TEXT NOT NULL UNIQUE,
  dataset TEXT NOT NULL,
  rule TEXT NOT NULL,
  checked_from DATE NOT NULL,
  asked_by TEXT NOT NULL REFERENCES accounts (id),
  asked_at TIMESTAMP NOT NULL,
  rule_set INTEGER NOT NULL,
  versions_total BIGINT NOT NULL,
  finished_at TIMESTAMP
);
CREATE INDEX rehearsals_by_rule ON rehearsals (dataset, rule, asked_at);
CREATE TABLE rehearsal_results (
  rehearsal_id TEXT NOT NULL REFERENCES rehearsals (id),
  version_id TEXT NOT NULL REFERENCES submission_versions (id),
  rows_total BIGINT NOT NULL,
  rows_hit BIGINT NOT NULL,
  rows_hit_anew BIGINT NOT NULL,
  examples TEXT NOT NULL,
  PRIMARY KEY (rehearsal_id, version_id)
);
