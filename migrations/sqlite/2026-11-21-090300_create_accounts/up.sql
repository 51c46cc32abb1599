CREATE TABLE accounts (
  id TEXT NOT NULL PRIMARY KEY,
  institution_id TEXT NOT NULL REFERENCES institutions (id),
  nip TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  role TEXT NOT NULL,
  password_hash TEXT,
  password_set_at TIMESTAMP,
  confidentiality_accepted_at TIMESTAMP,
  search_text TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  deactivated_at TIMESTAMP,
  deactivation_reason TEXT,
  form_key TEXT UNIQUE
);
CREATE INDEX accounts_by_institution ON accounts (institution_id, name);
CREATE TABLE account_links (
  id TEXT NOT NULL PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  token_hash TEXT NOT NULL UNIQUE,
  purpose TEXT NOT NULL CHECK (purpose IN ('invitation', 'reset')),
  created_at TIMESTAMP NOT NULL,
  expires_at TIMESTAMP NOT NULL,
  used_at TIMESTAMP
);
CREATE INDEX account_links_by_account ON account_links (account_id, created_at);
CREATE TABLE sessions (
  key_hash TEXT NOT NULL PRIMARY KEY,
  account_id TEXT REFERENCES accounts (id),
  state TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  seen_at TIMESTAMP NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_seen ON sessions (seen_at);
CREATE TABLE sign_in_attempts (
  id TEXT NOT NULL PRIMARY KEY,
  nip_hash TEXT NOT NULL,
  address TEXT NOT NULL,
  at TIMESTAMP NOT NULL,
  succeeded BOOLEAN NOT NULL
);
CREATE INDEX sign_in_attempts_by_nip ON sign_in_attempts (nip_hash, at);
CREATE INDEX sign_in_attempts_by_address ON sign_in_attempts (address, at);
