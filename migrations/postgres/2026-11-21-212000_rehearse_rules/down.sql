DROP TABLE rehearsal_results;
DROP TABLE rehearsals;
