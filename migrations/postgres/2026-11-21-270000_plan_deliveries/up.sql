CREATE TABLE delivery_plans (
  id TEXT NOT NULL PRIMARY KEY,
  agreement_id TEXT NOT NULL REFERENCES agreements (id),
  dataset TEXT NOT NULL,
  every_months INTEGER NOT NULL,
  day_of_month INTEGER NOT NULL,
  covers TEXT NOT NULL,
  article TEXT NOT NULL,
  starts_on DATE NOT NULL,
  next_on DATE NOT NULL,
  paused_at TIMESTAMP,
  ended_at TIMESTAMP,
  form_key TEXT NOT NULL UNIQUE,
  recorded_by TEXT NOT NULL,
  recorded_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX delivery_plans_open ON delivery_plans (agreement_id, dataset) WHERE ended_at IS NULL;
CREATE INDEX delivery_plans_next ON delivery_plans (next_on) WHERE ended_at IS NULL;
CREATE TABLE delivery_plan_changes (
  id TEXT NOT NULL PRIMARY KEY,
  plan_id TEXT NOT NULL REFERENCES delivery_plans (id),
  deed TEXT NOT NULL,
  reason TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at TIMESTAMP NOT NULL
);
CREATE INDEX delivery_plan_changes_by_plan ON delivery_plan_changes (plan_id, made_at);
CREATE TABLE delivery_periods (
  plan_id TEXT NOT NULL REFERENCES delivery_plans (id),
  due_on DATE NOT NULL,
  counts_from DATE,
  counts_until DATE,
  outcome TEXT NOT NULL,
  publication_id TEXT REFERENCES publications (id),
  noted_at TIMESTAMP NOT NULL,
  PRIMARY KEY (plan_id, due_on)
);
