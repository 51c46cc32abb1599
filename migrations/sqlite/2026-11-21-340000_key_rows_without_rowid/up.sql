CREATE TABLE keyed_rows (
  version_id TEXT NOT NULL,
  row_key BIGINT NOT NULL,
  row_number INTEGER NOT NULL,
  PRIMARY KEY (version_id, row_key, row_number)
) WITHOUT ROWID;
INSERT INTO keyed_rows (version_id, row_key, row_number)
SELECT version_id, row_key, row_number FROM row_keys ORDER BY version_id, row_key, row_number;
DROP TABLE row_keys;
ALTER TABLE keyed_rows RENAME TO row_keys;
