CREATE TABLE register_people (
  id_pns TEXT NOT NULL PRIMARY KEY,
  nip TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  birth_date DATE NOT NULL,
  institution_code TEXT NOT NULL,
  rank_code TEXT NOT NULL,
  position_code TEXT
);
CREATE INDEX register_people_by_institution ON register_people (institution_code, nip);
