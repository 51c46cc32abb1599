CREATE TABLE register_profiles (
  id_pns TEXT NOT NULL PRIMARY KEY,
  nip TEXT NOT NULL,
  name TEXT NOT NULL,
  birth_place TEXT,
  birth_date DATE,
  sex TEXT,
  email TEXT,
  appointed_on DATE,
  phone TEXT,
  education_code TEXT,
  institution_code TEXT NOT NULL,
  workplace_code TEXT,
  unit_code TEXT,
  position_kind TEXT,
  executive_code TEXT,
  position_code TEXT,
  place_code TEXT,
  rank_code TEXT
);
INSERT INTO register_profiles (id_pns, nip, name, birth_place, birth_date, sex, email, appointed_on, phone, education_code, institution_code, workplace_code, unit_code, position_kind, executive_code, position_code, place_code, rank_code)
SELECT id_pns, nip, name, birth_place, birth_date, sex, email, appointed_on, phone, education_code, institution_code, workplace_code, unit_code, position_kind, executive_code, position_code, place_code, rank_code FROM register_people;
DROP TABLE register_people;
ALTER TABLE register_profiles RENAME TO register_people;
CREATE UNIQUE INDEX register_people_by_nip ON register_people (nip);
CREATE INDEX register_people_by_institution ON register_people (institution_code, nip);
CREATE INDEX register_people_by_position ON register_people (position_code) WHERE position_code IS NOT NULL;
DROP INDEX register_records_by_date;
CREATE INDEX register_records_by_date ON register_records (dataset, effective_on) WHERE effective_on IS NOT NULL;
