ALTER TABLE grants RENAME TO grants_with_versions;
CREATE TABLE grants (
  id TEXT NOT NULL PRIMARY KEY,
  agreement_id TEXT NOT NULL REFERENCES agreements (id),
  dataset TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('partner_to_bkn', 'bkn_to_partner')),
  fields TEXT,
  article TEXT NOT NULL,
  page INTEGER,
  valid_from DATE NOT NULL,
  UNIQUE (agreement_id, dataset, direction)
);
INSERT INTO grants (id, agreement_id, dataset, direction, fields, article, page, valid_from)
SELECT id, agreement_id, dataset, direction, fields, article, page, valid_from
FROM grants_with_versions AS held
WHERE NOT EXISTS (
  SELECT 1 FROM grants_with_versions AS later
  WHERE later.agreement_id = held.agreement_id AND later.dataset = held.dataset
    AND later.direction = held.direction AND later.valid_from > held.valid_from
);
DROP TABLE grants_with_versions;
