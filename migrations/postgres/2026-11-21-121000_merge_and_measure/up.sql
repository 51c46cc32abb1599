ALTER TABLE submission_versions ADD COLUMN check_millis BIGINT;
ALTER TABLE submission_versions ADD COLUMN merges_into INTEGER;
ALTER TABLE submission_versions ADD COLUMN part_file_id TEXT REFERENCES files (id);
ALTER TABLE submission_versions ADD COLUMN merge_report TEXT;
CREATE INDEX submission_versions_checked ON submission_versions (checked_at);
