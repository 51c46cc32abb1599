CREATE TABLE reference_versions (
  list TEXT NOT NULL REFERENCES reference_lists (name),
  number INTEGER NOT NULL,
  label TEXT NOT NULL,
  source TEXT NOT NULL,
  taken_by TEXT NOT NULL,
  taken_at TIMESTAMP NOT NULL,
  codes BIGINT NOT NULL,
  added BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  ended BIGINT NOT NULL,
  PRIMARY KEY (list, number)
);
INSERT INTO reference_versions (list, number, label, source, taken_by, taken_at, codes, added, changed, ended)
SELECT name, 1, version, source, 'sistem', CURRENT_TIMESTAMP,
  (SELECT count(*) FROM reference_codes WHERE list = reference_lists.name),
  (SELECT count(*) FROM reference_codes WHERE list = reference_lists.name), 0, 0
FROM reference_lists;
CREATE TABLE reference_entries (
  list TEXT NOT NULL REFERENCES reference_lists (name),
  code TEXT NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER,
  name TEXT NOT NULL,
  attributes TEXT NOT NULL,
  replaced_by TEXT,
  search_text TEXT NOT NULL,
  PRIMARY KEY (list, code, since)
);
INSERT INTO reference_entries (list, code, since, name, attributes, search_text)
SELECT list, code, 1, name, '{}', lower(code || ' ' || name) FROM reference_codes;
DROP TABLE reference_codes;
ALTER TABLE reference_entries RENAME TO reference_codes;
CREATE INDEX reference_codes_ended ON reference_codes (list, until);
ALTER TABLE reference_lists DROP COLUMN version;
ALTER TABLE reference_lists DROP COLUMN source;
ALTER TABLE reference_lists ADD COLUMN current_version INTEGER NOT NULL DEFAULT 1;
CREATE TABLE reference_imports (
  id TEXT NOT NULL PRIMARY KEY,
  form_key TEXT NOT NULL UNIQUE,
  list TEXT NOT NULL,
  title TEXT NOT NULL,
  label TEXT NOT NULL,
  source TEXT NOT NULL,
  base_version INTEGER NOT NULL,
  file_name TEXT NOT NULL,
  staged_by TEXT NOT NULL,
  staged_at TIMESTAMP NOT NULL,
  codes BIGINT NOT NULL,
  added BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  ended BIGINT NOT NULL,
  repeated BIGINT NOT NULL,
  taken_at TIMESTAMP
);
CREATE TABLE reference_changes (
  import_id TEXT NOT NULL REFERENCES reference_imports (id),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  previous_name TEXT,
  attributes TEXT NOT NULL,
  replaced_by TEXT,
  PRIMARY KEY (import_id, position)
);
CREATE INDEX reference_changes_by_kind ON reference_changes (import_id, kind, position);
CREATE TABLE submission_references (
  version_id TEXT NOT NULL REFERENCES submission_versions (id),
  list TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (version_id, list)
);
