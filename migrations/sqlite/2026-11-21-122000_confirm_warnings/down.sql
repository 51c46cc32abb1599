DROP TABLE confirmed_warnings;
