DROP TABLE counters;
DROP TABLE jobs;
DROP TABLE files;
