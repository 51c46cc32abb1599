-- The stages that BKN decided on, never changed; and what was in force, by
-- number, for each data set. A check names the number it was made under.
CREATE TABLE rule_decisions (
  id TEXT NOT NULL PRIMARY KEY,
  form_key TEXT NOT NULL UNIQUE,
  dataset TEXT NOT NULL,
  rule TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('rehearsal', 'warning', 'blocking')),
  valid_from DATE NOT NULL,
  reason TEXT NOT NULL,
  decided_by TEXT NOT NULL REFERENCES accounts (id),
  decided_at TIMESTAMP NOT NULL
);
CREATE INDEX rule_decisions_by_dataset ON rule_decisions (dataset, decided_at);
CREATE TABLE rule_sets (
  dataset TEXT NOT NULL,
  number INTEGER NOT NULL,
  since TIMESTAMP NOT NULL,
  fingerprint TEXT NOT NULL,
  rules TEXT NOT NULL,
  declaration TEXT NOT NULL,
  PRIMARY KEY (dataset, number)
);
CREATE TABLE submission_rule_sets (
  version_id TEXT NOT NULL PRIMARY KEY REFERENCES submission_versions (id),
  number INTEGER NOT NULL
);
