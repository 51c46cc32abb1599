ALTER TABLE disclosures DROP COLUMN withdrawn_at;
DROP INDEX lookups_of_institution;
ALTER TABLE lookups DROP COLUMN refused;
