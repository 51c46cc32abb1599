CREATE TABLE publications (
  id TEXT NOT NULL PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  agreement_id TEXT NOT NULL REFERENCES agreements (id),
  dataset TEXT NOT NULL,
  fields TEXT NOT NULL,
  population TEXT NOT NULL,
  article TEXT NOT NULL,
  as_of DATE NOT NULL,
  counts_from DATE,
  counts_until DATE,
  form_key TEXT NOT NULL UNIQUE,
  published_by TEXT NOT NULL,
  published_at TIMESTAMP NOT NULL,
  disclosure_id TEXT REFERENCES disclosures (id),
  file_id TEXT REFERENCES files (id),
  row_count BIGINT,
  people BIGINT,
  made_at TIMESTAMP,
  failed_at TIMESTAMP,
  withdrawn_at TIMESTAMP,
  withdrawn_by TEXT,
  withdrawal_reason TEXT,
  received_at TIMESTAMP,
  received_by TEXT,
  receipt TEXT
);
CREATE INDEX publications_by_agreement ON publications (agreement_id, published_at);
CREATE INDEX publications_by_disclosure ON publications (disclosure_id) WHERE disclosure_id IS NOT NULL;
