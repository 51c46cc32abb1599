DROP TABLE feedback_statements;
