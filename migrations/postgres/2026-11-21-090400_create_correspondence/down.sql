DROP TABLE mail_attempts;
DROP TABLE mails;
