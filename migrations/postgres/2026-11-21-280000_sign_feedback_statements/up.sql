CREATE TABLE feedback_statements (
  id TEXT NOT NULL PRIMARY KEY,
  delivery_id TEXT NOT NULL REFERENCES deliveries (id),
  half TEXT NOT NULL CHECK (half IN ('data', 'references')),
  wording TEXT NOT NULL,
  form_key TEXT NOT NULL UNIQUE,
  signed_by TEXT NOT NULL REFERENCES accounts (id),
  signed_at TIMESTAMP NOT NULL
);
CREATE INDEX feedback_statements_by_delivery ON feedback_statements (delivery_id, half);
