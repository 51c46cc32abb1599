CREATE INDEX mails_sent ON mails (created_at) WHERE sent_at IS NOT NULL;
CREATE INDEX mails_waiting_by_time ON mails (created_at) WHERE sent_at IS NULL AND failed_at IS NULL;
