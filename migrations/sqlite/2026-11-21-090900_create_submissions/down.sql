DROP TABLE row_corrections;
DROP TABLE warning_reasons;
DROP TABLE finding_totals;
DROP TABLE row_findings;
DROP TABLE submission_rows;
DROP TABLE submission_versions;
DROP TABLE submissions;
