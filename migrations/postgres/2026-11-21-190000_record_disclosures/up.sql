CREATE TABLE disclosures (
  id TEXT NOT NULL PRIMARY KEY,
  agreement_id TEXT NOT NULL REFERENCES agreements (id),
  dataset TEXT NOT NULL,
  fields TEXT NOT NULL,
  via TEXT NOT NULL,
  people BIGINT NOT NULL,
  made_at TIMESTAMP NOT NULL
);
CREATE INDEX disclosures_by_agreement ON disclosures (agreement_id, made_at);
CREATE TABLE disclosed_people (
  disclosure_id TEXT NOT NULL REFERENCES disclosures (id),
  id_pns TEXT NOT NULL,
  nip TEXT NOT NULL,
  PRIMARY KEY (disclosure_id, id_pns)
);
CREATE INDEX disclosed_people_by_id ON disclosed_people (id_pns);
CREATE INDEX disclosed_people_by_nip ON disclosed_people (nip);
CREATE TABLE disclosure_accesses (
  id TEXT NOT NULL PRIMARY KEY,
  disclosure_id TEXT NOT NULL REFERENCES disclosures (id),
  account_id TEXT NOT NULL REFERENCES accounts (id),
  form TEXT NOT NULL,
  at TIMESTAMP NOT NULL
);
CREATE INDEX disclosure_accesses_by_disclosure ON disclosure_accesses (disclosure_id, at);
CREATE INDEX disclosure_accesses_by_account ON disclosure_accesses (account_id, at);
