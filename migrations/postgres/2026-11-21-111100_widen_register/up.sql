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
INSERT INTO register_profiles (id_pns, nip, name, birth_date, institution_code, workplace_code, position_code, rank_code)
SELECT id_pns, nip, name, birth_date, institution_code, institution_code, position_code, rank_code FROM register_people;
DROP TABLE register_people;
ALTER TABLE register_profiles RENAME TO register_people;
CREATE UNIQUE INDEX register_people_by_nip ON register_people (nip);
CREATE INDEX register_people_by_institution ON register_people (institution_code, nip);
CREATE INDEX register_people_by_position ON register_people (position_code) WHERE position_code IS NOT NULL;
CREATE TABLE register_units (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  institution_code TEXT NOT NULL,
  institution_name TEXT,
  parent TEXT,
  search_text TEXT NOT NULL
);
CREATE INDEX register_units_by_institution ON register_units (institution_code, name, id);
CREATE TABLE register_records (
  dataset TEXT NOT NULL,
  record_key TEXT NOT NULL,
  id_pns TEXT NOT NULL,
  effective_on DATE,
  cells TEXT NOT NULL,
  PRIMARY KEY (dataset, record_key)
);
CREATE INDEX register_records_by_person ON register_records (dataset, id_pns);
CREATE INDEX register_records_by_date ON register_records (dataset, effective_on) WHERE effective_on IS NOT NULL;
CREATE TABLE register_imports (
  id TEXT NOT NULL PRIMARY KEY,
  form_key TEXT NOT NULL UNIQUE,
  dataset TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_id TEXT REFERENCES files (id),
  sha256 TEXT NOT NULL,
  size BIGINT NOT NULL,
  started_by TEXT NOT NULL,
  started_at TIMESTAMP NOT NULL,
  position BIGINT NOT NULL,
  rows_done BIGINT NOT NULL,
  added BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  unchanged BIGINT NOT NULL,
  rejected BIGINT NOT NULL,
  finished_at TIMESTAMP,
  failure TEXT
);
CREATE INDEX register_imports_by_start ON register_imports (started_at);
CREATE TABLE register_rejects (
  import_id TEXT NOT NULL REFERENCES register_imports (id),
  row_number BIGINT NOT NULL,
  field TEXT NOT NULL,
  reason TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (import_id, row_number)
);
