DROP TABLE correspondents;
DROP TABLE grants;
DROP TABLE clauses;
DROP TABLE agreements;
