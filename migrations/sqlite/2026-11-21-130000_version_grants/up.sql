-- A grant has versions: an addendum changes it from a day on, and the earlier
-- version stays. Whose rows may pass stands beside the fields.
ALTER TABLE grants RENAME TO grants_without_versions;
CREATE TABLE grants (
  id TEXT NOT NULL PRIMARY KEY,
  agreement_id TEXT NOT NULL REFERENCES agreements (id),
  dataset TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('partner_to_bkn', 'bkn_to_partner')),
  fields TEXT,
  population TEXT NOT NULL,
  article TEXT NOT NULL,
  page INTEGER,
  addendum TEXT,
  valid_from DATE NOT NULL,
  UNIQUE (agreement_id, dataset, direction, valid_from)
);
INSERT INTO grants (id, agreement_id, dataset, direction, fields, population, article, page, addendum, valid_from)
SELECT id, agreement_id, dataset, direction, fields, '{}', article, page, NULL, valid_from
FROM grants_without_versions;
DROP TABLE grants_without_versions;
