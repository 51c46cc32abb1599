CREATE TABLE deliveries (
  id TEXT NOT NULL PRIMARY KEY,
  agreement_id TEXT NOT NULL REFERENCES agreements (id),
  description TEXT NOT NULL,
  received_on DATE NOT NULL,
  evidence TEXT NOT NULL,
  form_key TEXT NOT NULL UNIQUE,
  recorded_by TEXT NOT NULL,
  recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX deliveries_by_agreement ON deliveries (agreement_id, received_on);
