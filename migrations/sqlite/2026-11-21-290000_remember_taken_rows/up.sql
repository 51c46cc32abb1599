-- By what a row is recognised that BKN took over: the last one for each key.
-- The key comes first, so that no plan reads all that an agreement brought.
CREATE TABLE taken_rows (
  agreement_id TEXT NOT NULL REFERENCES agreements (id),
  dataset TEXT NOT NULL,
  row_key BIGINT NOT NULL,
  version_id TEXT NOT NULL,
  row_number INTEGER NOT NULL,
  PRIMARY KEY (row_key, agreement_id, dataset)
);
INSERT INTO taken_rows (agreement_id, dataset, row_key, version_id, row_number)
SELECT agreement_id, dataset, row_key, version_id, row_number FROM (
  SELECT s.agreement_id, s.dataset, r.row_key, r.version_id, r.row_number,
    ROW_NUMBER() OVER (
      PARTITION BY s.agreement_id, s.dataset, r.row_key
      ORDER BY v.decided_at DESC, r.row_number DESC
    ) AS place
  FROM submission_rows r
  JOIN submission_versions v ON v.id = r.version_id
  JOIN submissions s ON s.id = v.submission_id
  WHERE r.outcome = 'taken_over' AND r.row_key >= 0
) t WHERE place = 1;
