DROP TABLE sign_in_attempts;
DROP TABLE sessions;
DROP TABLE account_links;
DROP TABLE accounts;
