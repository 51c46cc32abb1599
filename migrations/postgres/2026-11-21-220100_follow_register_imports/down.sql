DROP TABLE register_holdings;
DROP INDEX register_imports_by_dataset;
DROP INDEX register_imports_by_file;
ALTER TABLE register_imports DROP COLUMN run_began_position;
ALTER TABLE register_imports DROP COLUMN run_began_at;
ALTER TABLE register_imports DROP COLUMN as_of;
