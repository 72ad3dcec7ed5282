-- How each account stood when it was last measured. due counts what has changed the picture since; activation, frequency and
-- breadth are the raw figures that other accounts are held against.
CREATE TABLE account_health_states (
  account_id INTEGER PRIMARY KEY,
  day INTEGER NOT NULL,
  measured_at INTEGER NOT NULL,
  due INTEGER NOT NULL DEFAULT 0 CHECK (due >= 0),
  field TEXT NOT NULL CHECK (field IN ('healthy', 'hiddenChurn', 'underUsed', 'atRisk', 'unknown')),
  since INTEGER NOT NULL,
  risk TEXT NOT NULL CHECK (risk IN ('high', 'medium', 'low')),
  usage REAL,
  experience REAL,
  activation REAL,
  frequency REAL,
  breadth REAL,
  details TEXT NOT NULL CHECK (json_valid(details))
) STRICT;
CREATE INDEX account_health_states_by_day ON account_health_states (day);
CREATE INDEX account_health_states_due ON account_health_states (account_id) WHERE due > 0;

CREATE VIEW account_health_v_states AS
SELECT account_id, day, measured_at, field, since, risk, usage, experience FROM account_health_states;

-- Which number of O-data stands for what in the usage index; of any source where none is named.
CREATE TABLE account_health_usage_metrics (
  part TEXT PRIMARY KEY CHECK (part IN ('seats', 'active', 'actions', 'features')),
  source TEXT,
  metric TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO account_health_usage_metrics (part, metric)
VALUES ('seats', 'seats'), ('active', 'active-users'), ('actions', 'bookings'), ('features', 'features-used');
