-- SQLite alone keeps a table's rows apart from its primary key; here nothing changes.
SELECT 1;
