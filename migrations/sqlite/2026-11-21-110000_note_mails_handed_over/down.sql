DROP INDEX mails_handed;
ALTER TABLE mails DROP COLUMN handed_at;
