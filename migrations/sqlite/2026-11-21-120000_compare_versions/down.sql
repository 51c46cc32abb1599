DROP TABLE finding_progress;
DROP TABLE version_progress;
DROP INDEX submission_rows_by_key;
ALTER TABLE submission_rows DROP COLUMN row_key;
