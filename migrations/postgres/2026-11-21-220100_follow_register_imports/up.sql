ALTER TABLE register_imports ADD COLUMN as_of DATE;
ALTER TABLE register_imports ADD COLUMN run_began_at TIMESTAMP;
ALTER TABLE register_imports ADD COLUMN run_began_position BIGINT NOT NULL DEFAULT 0;
CREATE INDEX register_imports_by_file ON register_imports (sha256);
CREATE INDEX register_imports_by_dataset ON register_imports (dataset, started_at);
CREATE TABLE register_holdings (
  dataset TEXT NOT NULL PRIMARY KEY,
  held BIGINT NOT NULL,
  import_id TEXT REFERENCES register_imports (id)
);
INSERT INTO register_holdings (dataset, held) SELECT dataset, COUNT(*) FROM register_records GROUP BY dataset;
INSERT INTO register_holdings (dataset, held) SELECT 'profil-pns', COUNT(*) FROM register_people HAVING COUNT(*) > 0;
INSERT INTO register_holdings (dataset, held) SELECT 'unit-kerja', COUNT(*) FROM register_units HAVING COUNT(*) > 0;
UPDATE register_holdings SET import_id = (
  SELECT id FROM register_imports
  WHERE register_imports.dataset = register_holdings.dataset AND finished_at IS NOT NULL
  ORDER BY finished_at DESC LIMIT 1);
