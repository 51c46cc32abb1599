-- A version that is the file of another one, checked again.
CREATE TABLE version_rechecks (
  version_id TEXT NOT NULL PRIMARY KEY REFERENCES submission_versions (id),
  of_version INTEGER NOT NULL
);
