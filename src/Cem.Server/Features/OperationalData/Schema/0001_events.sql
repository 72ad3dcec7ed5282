-- What happened in the customers' lives, as the CRM and other systems report it. (source, event_id) is theirs; the first
-- report under it holds, and content_hash tells whether a later one said something else.
CREATE TABLE operational_data_events (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  event_id TEXT NOT NULL,
  type TEXT NOT NULL,
  occurred_at INTEGER NOT NULL,
  occurred_day INTEGER NOT NULL,
  account_id INTEGER NOT NULL,
  contact_id INTEGER,
  touchpoint TEXT,
  org_unit_id INTEGER NOT NULL,
  product TEXT,
  channel TEXT,
  value REAL,
  attributes TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(attributes)),
  content_hash TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  UNIQUE (source, event_id)
) STRICT;
CREATE INDEX operational_data_events_by_account ON operational_data_events (account_id, occurred_at);
CREATE INDEX operational_data_events_by_contact ON operational_data_events (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX operational_data_events_by_type ON operational_data_events (type, occurred_at);

CREATE VIEW operational_data_v_events AS
SELECT id, source, event_id, type, occurred_at, occurred_day, account_id, contact_id, touchpoint, org_unit_id, product, channel, value,
  attributes, received_at
FROM operational_data_events;
