CREATE TABLE mails (
  id TEXT NOT NULL PRIMARY KEY,
  message_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  institution_id TEXT,
  recipient_name TEXT NOT NULL,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  body_text TEXT NOT NULL,
  body_html TEXT NOT NULL,
  secret TEXT,
  created_at TIMESTAMP NOT NULL,
  run_after TIMESTAMP NOT NULL,
  attempts INTEGER NOT NULL,
  claimed_until TIMESTAMP,
  claim TEXT,
  sent_at TIMESTAMP,
  failed_at TIMESTAMP,
  last_response TEXT
);
CREATE INDEX mails_by_time ON mails (created_at);
CREATE INDEX mails_by_institution ON mails (institution_id, created_at);
CREATE INDEX mails_waiting ON mails (run_after) WHERE sent_at IS NULL AND failed_at IS NULL;
