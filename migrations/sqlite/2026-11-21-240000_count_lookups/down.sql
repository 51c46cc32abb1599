DROP TABLE disclosure_traces;
DROP TABLE lookups;
