CREATE TABLE reference_lists (
  name TEXT NOT NULL PRIMARY KEY,
  title TEXT NOT NULL,
  source TEXT NOT NULL,
  version TEXT NOT NULL
);
CREATE TABLE reference_codes (
  list TEXT NOT NULL REFERENCES reference_lists (name),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (list, code)
);
