DROP TABLE register_rejects;
DROP TABLE register_imports;
DROP TABLE register_records;
DROP TABLE register_units;
CREATE TABLE register_profiles (
  id_pns TEXT NOT NULL PRIMARY KEY,
  nip TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  birth_date DATE NOT NULL,
  institution_code TEXT NOT NULL,
  rank_code TEXT NOT NULL,
  position_code TEXT
);
INSERT INTO register_profiles (id_pns, nip, name, birth_date, institution_code, rank_code, position_code)
SELECT id_pns, nip, name, birth_date, institution_code, rank_code, position_code FROM register_people
WHERE birth_date IS NOT NULL AND rank_code IS NOT NULL;
DROP TABLE register_people;
ALTER TABLE register_profiles RENAME TO register_people;
CREATE INDEX register_people_by_institution ON register_people (institution_code, nip);
