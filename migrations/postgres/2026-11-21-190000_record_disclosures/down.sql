DROP TABLE disclosure_accesses;
DROP TABLE disclosed_people;
DROP TABLE disclosures;
