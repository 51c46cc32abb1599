DROP TABLE register_reject_counts;
ALTER TABLE register_imports DROP COLUMN removed;
ALTER TABLE register_imports DROP COLUMN complete;
