CREATE TABLE mappings (
  id TEXT NOT NULL PRIMARY KEY,
  institution_id TEXT NOT NULL REFERENCES institutions (id),
  code TEXT NOT NULL,
  form TEXT NOT NULL,
  name TEXT NOT NULL,
  former_name TEXT,
  proposed TEXT,
  ground TEXT,
  likeness INTEGER NOT NULL,
  state TEXT NOT NULL,
  bkn_code TEXT,
  revision INTEGER NOT NULL,
  received_in TEXT NOT NULL,
  received_at TIMESTAMP NOT NULL,
  search_text TEXT NOT NULL,
  UNIQUE (institution_id, form)
);

CREATE INDEX mappings_by_state ON mappings (state, institution_id);

CREATE TABLE mapping_decisions (
  mapping_id TEXT NOT NULL REFERENCES mappings (id),
  revision INTEGER NOT NULL,
  state TEXT NOT NULL,
  bkn_code TEXT,
  note TEXT,
  decided_by TEXT NOT NULL REFERENCES accounts (id),
  decided_at TIMESTAMP NOT NULL,
  PRIMARY KEY (mapping_id, revision)
);
