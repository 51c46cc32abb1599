DROP TABLE delivery_periods;
DROP TABLE delivery_plan_changes;
DROP TABLE delivery_plans;
