DROP TABLE taken_rows;
