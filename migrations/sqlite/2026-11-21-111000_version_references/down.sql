DROP TABLE submission_references;
DROP TABLE reference_changes;
DROP TABLE reference_imports;
ALTER TABLE reference_lists ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE reference_lists ADD COLUMN version TEXT NOT NULL DEFAULT '';
ALTER TABLE reference_lists DROP COLUMN current_version;
CREATE TABLE reference_entries (
  list TEXT NOT NULL REFERENCES reference_lists (name),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (list, code)
);
INSERT INTO reference_entries (list, code, name)
SELECT list, code, name FROM reference_codes WHERE until IS NULL;
DROP TABLE reference_codes;
ALTER TABLE reference_entries RENAME TO reference_codes;
DROP TABLE reference_versions;
