CREATE TABLE institutions (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('home', 'partner')),
  name TEXT NOT NULL UNIQUE,
  short_name TEXT NOT NULL,
  reference_code TEXT,
  search_text TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX one_home_institution ON institutions (kind) WHERE kind = 'home';
