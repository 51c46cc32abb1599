ALTER TABLE publications DROP COLUMN data_as_of;
