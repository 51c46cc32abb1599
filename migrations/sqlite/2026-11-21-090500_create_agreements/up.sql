CREATE TABLE agreements (
  id TEXT NOT NULL PRIMARY KEY,
  institution_id TEXT NOT NULL REFERENCES institutions (id),
  partner_number TEXT NOT NULL,
  bkn_number TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  signed_on DATE NOT NULL,
  term_months INTEGER NOT NULL CHECK (term_months > 0),
  recorded_end DATE,
  ended_on DATE,
  text_complete BOOLEAN NOT NULL,
  succeeds_id TEXT REFERENCES agreements (id),
  search_text TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX agreements_by_institution ON agreements (institution_id, signed_on);
CREATE TABLE clauses (
  id TEXT NOT NULL PRIMARY KEY,
  agreement_id TEXT NOT NULL REFERENCES agreements (id),
  kind TEXT NOT NULL,
  amount INTEGER,
  unit TEXT,
  per_months INTEGER,
  anchor TEXT,
  side TEXT,
  article TEXT NOT NULL,
  page INTEGER,
  summary TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  checked_by TEXT,
  checked_at TIMESTAMP
);
CREATE INDEX clauses_by_agreement ON clauses (agreement_id, kind);
CREATE TABLE grants (
  id TEXT NOT NULL PRIMARY KEY,
  agreement_id TEXT NOT NULL REFERENCES agreements (id),
  dataset TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('partner_to_bkn', 'bkn_to_partner')),
  fields TEXT,
  article TEXT NOT NULL,
  page INTEGER,
  valid_from DATE NOT NULL,
  UNIQUE (agreement_id, dataset, direction)
);
CREATE TABLE correspondents (
  id TEXT NOT NULL PRIMARY KEY,
  agreement_id TEXT NOT NULL REFERENCES agreements (id),
  side TEXT NOT NULL CHECK (side IN ('partner', 'bkn')),
  office TEXT NOT NULL,
  email TEXT NOT NULL,
  article TEXT NOT NULL,
  valid_from DATE NOT NULL,
  valid_until DATE
);
CREATE INDEX correspondents_by_agreement ON correspondents (agreement_id, side);
