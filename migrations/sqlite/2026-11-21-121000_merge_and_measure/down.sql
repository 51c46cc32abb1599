DROP INDEX submission_versions_checked;
ALTER TABLE submission_versions DROP COLUMN merge_report;
ALTER TABLE submission_versions DROP COLUMN part_file_id;
ALTER TABLE submission_versions DROP COLUMN merges_into;
ALTER TABLE submission_versions DROP COLUMN check_millis;
