DROP INDEX submission_rows_by_verdict;
CREATE INDEX submission_rows_with_findings ON submission_rows (version_id, verdict, row_number)
  WHERE verdict <> 'ready';
