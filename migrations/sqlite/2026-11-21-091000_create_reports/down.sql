DROP TABLE reports;
DROP TABLE request_letters;
