-- Whether the file holds all that there is of its data set, and how many rows
-- were taken out that it no longer has.
ALTER TABLE register_imports ADD COLUMN complete BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE register_imports ADD COLUMN removed BIGINT NOT NULL DEFAULT 0;
-- The rejected rows of an import that has ended, counted once.
CREATE TABLE register_reject_counts (
  import_id TEXT NOT NULL REFERENCES register_imports (id),
  field TEXT NOT NULL,
  reason TEXT NOT NULL,
  held BIGINT NOT NULL,
  PRIMARY KEY (import_id, field, reason)
);
INSERT INTO register_reject_counts (import_id, field, reason, held)
SELECT import_id, field, reason, COUNT(*) FROM register_rejects GROUP BY import_id, field, reason;
