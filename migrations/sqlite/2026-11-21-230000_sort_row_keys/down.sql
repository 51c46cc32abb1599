DROP TABLE row_keys;
CREATE INDEX submission_rows_by_key ON submission_rows (version_id, row_key, row_number);
