ALTER TABLE mails ADD COLUMN handed_at TIMESTAMP;
CREATE INDEX mails_handed ON mails (handed_at) WHERE handed_at IS NOT NULL;
