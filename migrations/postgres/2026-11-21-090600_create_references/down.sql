DROP TABLE reference_codes;
DROP TABLE reference_lists;
