-- What is an alert, a single answer, an account that is about to be lost or an indicator past its threshold, and what must be done about it.
CREATE TABLE work_orders_rules (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name_en TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  kind TEXT NOT NULL DEFAULT 'answer' CHECK (kind IN ('answer', 'health', 'indicator')),
  question TEXT,
  survey TEXT,
  at_most INTEGER,
  touchpoints TEXT CHECK (touchpoints IS NULL OR json_valid(touchpoints)),
  -- Of an account: the fields of usage and experience, and the risk at the renewal from which on it is an alert.
  standings TEXT CHECK (standings IS NULL OR json_valid(standings)),
  least_risk TEXT CHECK (least_risk IN ('medium', 'high')),
  -- Of indicators: only these; null is all that no other rule names.
  indicators TEXT CHECK (indicators IS NULL OR json_valid(indicators)),
  priority TEXT NOT NULL CHECK (priority IN ('high', 'normal', 'low')),
  required_action_en TEXT NOT NULL,
  required_action_zh TEXT NOT NULL,
  promised_hours INTEGER NOT NULL CHECK (promised_hours BETWEEN 1 AND 1000),
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  updated_at INTEGER NOT NULL,
  CHECK (kind <> 'answer' OR question IS NOT NULL AND at_most IS NOT NULL),
  CHECK (kind <> 'health' OR standings IS NOT NULL AND least_risk IS NOT NULL)
) STRICT;
-- A threshold means something from the day it is set, and an account about to be lost from the day it is found.
INSERT INTO work_orders_rules (id, code, name_en, name_zh, kind, standings, least_risk, priority, required_action_en, required_action_zh, promised_hours, updated_at)
VALUES
  (1, 'indicator-threshold', 'Indicator past its threshold', '指标越过阈值', 'indicator', NULL, NULL, 'normal',
    'Find out why, and agree with those concerned what will change by when.', '查明原因，与相关人员商定改进措施和完成时间。', 45, 0),
  (2, 'account-at-risk', 'Account about to be lost', '客户流失预警', 'health', '["hiddenChurn","atRisk"]', 'high', 'normal',
    'Talk to the decision-maker, name what hurts, and agree what will change by when, before the renewal.', '与决策者沟通，指明症结，在续约前商定改进措施和完成时间。', 40, 0);

-- The account is null where the cause is that of an org unit: an indicator below its threshold. Title is what the cause is called where
-- no rule names it.
CREATE TABLE work_orders_orders (
  id INTEGER PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  rule_code TEXT NOT NULL,
  title_en TEXT,
  title_zh TEXT,
  account_id INTEGER,
  org_unit_id INTEGER NOT NULL,
  touchpoint TEXT,
  state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'resolved', 'closed')),
  priority TEXT NOT NULL CHECK (priority IN ('high', 'normal', 'low')),
  required_action_en TEXT NOT NULL,
  required_action_zh TEXT NOT NULL,
  owner_email TEXT COLLATE NOCASE,
  opened_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  accepted_at INTEGER,
  resolved_at INTEGER,
  closed_at INTEGER,
  reopened INTEGER NOT NULL DEFAULT 0,
  cause TEXT,
  action_taken TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  updated_at INTEGER NOT NULL
) STRICT;
-- One work order at a time for one cause in one account.
CREATE UNIQUE INDEX work_orders_one_at_a_time ON work_orders_orders (account_id, rule_code) WHERE state <> 'closed';
CREATE UNIQUE INDEX work_orders_one_at_a_time_of_unit ON work_orders_orders (org_unit_id, rule_code) WHERE account_id IS NULL AND state <> 'closed';
CREATE INDEX work_orders_by_due ON work_orders_orders (due_at, id) WHERE state IN ('open', 'accepted');
CREATE INDEX work_orders_by_org_unit ON work_orders_orders (org_unit_id, state);
CREATE INDEX work_orders_by_update ON work_orders_orders (updated_at, id);

CREATE TABLE work_orders_alerts (
  id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL REFERENCES work_orders_orders (id),
  response_id INTEGER NOT NULL,
  rule_code TEXT NOT NULL,
  contact_id INTEGER,
  touchpoint TEXT,
  question TEXT NOT NULL,
  score INTEGER NOT NULL,
  raised_at INTEGER NOT NULL,
  UNIQUE (response_id, rule_code)
) STRICT;
CREATE INDEX work_orders_alerts_by_order ON work_orders_alerts (order_id);

-- Why an order was opened, or raised again, where that is no answer: one row a reason, in both languages.
CREATE TABLE work_orders_reasons (
  id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL REFERENCES work_orders_orders (id),
  raised_at INTEGER NOT NULL,
  english TEXT NOT NULL,
  chinese TEXT NOT NULL
) STRICT;
CREATE INDEX work_orders_reasons_by_order ON work_orders_reasons (order_id, raised_at);

CREATE TABLE work_orders_history (
  id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL REFERENCES work_orders_orders (id),
  at INTEGER NOT NULL,
  by_name TEXT NOT NULL,
  step TEXT NOT NULL,
  note TEXT,
  owner_before TEXT,
  owner_after TEXT
) STRICT;
CREATE INDEX work_orders_history_by_order ON work_orders_history (order_id, id);

CREATE VIEW work_orders_v_orders AS
SELECT id, number, account_id, org_unit_id, state, priority, rule_code AS cause_code, touchpoint, owner_email, opened_at, due_at,
  resolved_at, closed_at, rule_code, reopened, cause, action_taken, title_en, title_zh
FROM work_orders_orders;

CREATE VIEW work_orders_v_alerts AS
SELECT order_id, response_id, question, score, raised_at FROM work_orders_alerts;
