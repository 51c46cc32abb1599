DROP TABLE submission_rule_sets;
DROP TABLE rule_sets;
DROP TABLE rule_decisions;
