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
  search_text TEXT NOT NULL,
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
CREATE INDEX mails_by_kind ON mails (kind, created_at);
CREATE INDEX mails_failed ON mails (failed_at) WHERE failed_at IS NOT NULL;
CREATE TABLE mail_attempts (
  mail_id TEXT NOT NULL REFERENCES mails (id),
  claim TEXT NOT NULL,
  started_at TIMESTAMP NOT NULL,
  ended_at TIMESTAMP,
  outcome TEXT,
  response TEXT,
  PRIMARY KEY (mail_id, claim)
);
CREATE INDEX mail_attempts_by_time ON mail_attempts (started_at);
CREATE INDEX mails_claimed ON mails (claim) WHERE claim IS NOT NULL;
