DROP INDEX mails_waiting_by_time;
DROP INDEX mails_sent;
