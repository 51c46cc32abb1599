DROP INDEX submission_rows_with_findings;
CREATE INDEX submission_rows_by_verdict ON submission_rows (version_id, verdict, row_number);
