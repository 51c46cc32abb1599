DROP TABLE mapping_decisions;
DROP TABLE mappings;
