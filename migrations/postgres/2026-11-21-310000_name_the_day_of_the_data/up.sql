ALTER TABLE publications ADD COLUMN data_as_of DATE;
UPDATE publications SET data_as_of = as_of WHERE made_at IS NOT NULL;
