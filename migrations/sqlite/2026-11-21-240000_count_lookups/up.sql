-- Every look into the register: what limits count, what BKN watches. Whom it
-- was about stands in the disclosure alone.
CREATE TABLE lookups (
  id TEXT NOT NULL PRIMARY KEY,
  institution_id TEXT NOT NULL REFERENCES institutions (id),
  account_id TEXT NOT NULL REFERENCES accounts (id),
  agreement_id TEXT NOT NULL REFERENCES agreements (id),
  dataset TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'units')),
  found BOOLEAN NOT NULL,
  purpose TEXT NOT NULL,
  disclosure_id TEXT REFERENCES disclosures (id),
  at TIMESTAMP NOT NULL
);
CREATE INDEX lookups_by_institution ON lookups (institution_id, kind, at);
CREATE INDEX lookups_by_account ON lookups (account_id, kind, at);
CREATE INDEX lookups_by_time ON lookups (at);
-- Who asked to whom a person's data went, and why.
CREATE TABLE disclosure_traces (
  id TEXT NOT NULL PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  id_pns TEXT,
  reason TEXT NOT NULL,
  found BIGINT NOT NULL,
  form TEXT NOT NULL,
  at TIMESTAMP NOT NULL
);
CREATE INDEX disclosure_traces_by_time ON disclosure_traces (at);
