DROP TABLE draft_cells;
DROP TABLE draft_rows;
DROP TABLE drafts;
