DROP TABLE version_rechecks;
