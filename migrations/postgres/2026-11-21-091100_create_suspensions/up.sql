CREATE TABLE suspensions (
  id TEXT NOT NULL PRIMARY KEY,
  agreement_id TEXT NOT NULL REFERENCES agreements (id),
  institution_id TEXT NOT NULL REFERENCES institutions (id),
  article TEXT NOT NULL,
  reason TEXT NOT NULL,
  memo_number TEXT NOT NULL,
  internal_note TEXT NOT NULL,
  form_key TEXT NOT NULL UNIQUE,
  started_at TIMESTAMP NOT NULL,
  started_by TEXT NOT NULL,
  ended_at TIMESTAMP,
  ended_by TEXT,
  end_reason TEXT,
  end_memo_number TEXT,
  end_note TEXT,
  end_form_key TEXT UNIQUE
);
CREATE UNIQUE INDEX one_open_suspension ON suspensions (agreement_id) WHERE ended_at IS NULL;
CREATE INDEX suspensions_by_institution ON suspensions (institution_id, started_at);
