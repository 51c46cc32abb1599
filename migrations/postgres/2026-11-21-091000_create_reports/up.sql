CREATE TABLE request_letters (
  id TEXT NOT NULL PRIMARY KEY,
  agreement_id TEXT NOT NULL REFERENCES agreements (id),
  number TEXT NOT NULL,
  sent_on DATE NOT NULL,
  delivered_on DATE,
  confirmed_on DATE,
  form_key TEXT NOT NULL UNIQUE,
  recorded_by TEXT NOT NULL,
  recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX request_letters_by_agreement ON request_letters (agreement_id, sent_on);
CREATE TABLE reports (
  id TEXT NOT NULL PRIMARY KEY,
  agreement_id TEXT NOT NULL REFERENCES agreements (id),
  letter_id TEXT NOT NULL REFERENCES request_letters (id),
  file_id TEXT NOT NULL REFERENCES files (id),
  form_key TEXT NOT NULL UNIQUE,
  note TEXT NOT NULL,
  filed_by TEXT NOT NULL REFERENCES accounts (id),
  filed_at TIMESTAMP NOT NULL,
  decided_at TIMESTAMP,
  decided_by TEXT REFERENCES accounts (id),
  decision TEXT,
  decision_reason TEXT
);
CREATE INDEX reports_by_letter ON reports (letter_id, filed_at);
CREATE INDEX reports_by_agreement ON reports (agreement_id, filed_at);
