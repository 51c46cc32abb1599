DROP TABLE register_people;
