-- Looks that a limit refused: who goes on asking.
ALTER TABLE lookups ADD COLUMN refused BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX lookups_of_institution ON lookups (institution_id, at);
-- What BKN took back before anybody fetched it went to nobody.
ALTER TABLE disclosures ADD COLUMN withdrawn_at TIMESTAMP;
UPDATE disclosures SET withdrawn_at = (
  SELECT withdrawn_at FROM publications WHERE publications.disclosure_id = disclosures.id);
