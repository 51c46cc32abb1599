DROP INDEX row_findings_by_row;
CREATE INDEX row_findings_by_row ON row_findings (version_id, row_number);
