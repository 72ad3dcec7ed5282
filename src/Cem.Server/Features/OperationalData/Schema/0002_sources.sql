-- What a file of O-data looks like and what its columns mean. The definition is JSON as the API takes it.
CREATE TABLE operational_data_sources (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('metric', 'event')),
  name_en TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  period TEXT NOT NULL CHECK (period IN ('day', 'week', 'month', 'quarter', 'year')),
  definition TEXT NOT NULL CHECK (json_valid(definition)),
  retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

-- Where each number of a source stands in the list of numbers of its rows. A number keeps its slot for ever, also when
-- the source no longer declares it, so that rows need not be written anew.
CREATE TABLE operational_data_metrics (
  source_id INTEGER NOT NULL REFERENCES operational_data_sources (id),
  slot INTEGER NOT NULL,
  code TEXT NOT NULL,
  name_en TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  unit TEXT,
  declared INTEGER NOT NULL DEFAULT 1 CHECK (declared IN (0, 1)),
  PRIMARY KEY (source_id, slot),
  UNIQUE (source_id, code)
) STRICT, WITHOUT ROWID;

-- Files of O-data and how far each has come. While an import is open, nothing of it is visible; closing it makes all of it
-- visible at once, or comes after all of it was taken back. first_id is below the ids of the rows it makes.
CREATE TABLE operational_data_imports (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES operational_data_sources (id),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
  origin TEXT NOT NULL CHECK (origin IN ('api', 'page', 'folder')),
  file_name TEXT,
  made_by TEXT NOT NULL,
  org_unit_id INTEGER NOT NULL,
  header TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(header)),
  ignored TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ignored)),
  bytes_total INTEGER,
  bytes_read INTEGER NOT NULL DEFAULT 0,
  rows_read INTEGER NOT NULL DEFAULT 0,
  rows_created INTEGER NOT NULL DEFAULT 0,
  rows_changed INTEGER NOT NULL DEFAULT 0,
  rows_unchanged INTEGER NOT NULL DEFAULT 0,
  rows_rejected INTEGER NOT NULL DEFAULT 0,
  reason TEXT CHECK (reason IS NULL OR json_valid(reason)),
  first_id INTEGER NOT NULL DEFAULT 0,
  told_to INTEGER NOT NULL DEFAULT 0,
  open INTEGER NOT NULL DEFAULT 0 CHECK (open IN (0, 1)),
  settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1)),
  started_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;
CREATE INDEX operational_data_imports_by_source ON operational_data_imports (source_id, id);
CREATE INDEX operational_data_imports_unfinished ON operational_data_imports (state, id) WHERE settled = 0;
CREATE UNIQUE INDEX operational_data_imports_open ON operational_data_imports (source_id) WHERE open = 1;

-- Rows that were refused, as they stood in the file, with everything wrong with them; kept for a week.
CREATE TABLE operational_data_rejections (
  import_id INTEGER NOT NULL REFERENCES operational_data_imports (id),
  line INTEGER NOT NULL,
  cells TEXT NOT NULL CHECK (json_valid(cells)),
  errors TEXT NOT NULL CHECK (json_valid(errors)),
  PRIMARY KEY (import_id, line)
) STRICT, WITHOUT ROWID;

-- One row a row of a file. key is what its key fields hold; replaced_by is the import that brought another version of it,
-- 0 while there is none. No foreign keys and no JSON checks: a million of them are written at a time.
CREATE TABLE operational_data_rows (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL,
  key TEXT NOT NULL,
  account_id INTEGER,
  contact_id INTEGER,
  org_unit_id INTEGER NOT NULL,
  day INTEGER NOT NULL,
  at INTEGER,
  type TEXT,
  touchpoint TEXT,
  product TEXT,
  channel TEXT,
  numbers TEXT NOT NULL,
  attributes TEXT NOT NULL,
  import_id INTEGER NOT NULL,
  replaced_by INTEGER NOT NULL DEFAULT 0,
  received_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX operational_data_rows_by_key ON operational_data_rows (source_id, key, replaced_by);
CREATE INDEX operational_data_rows_by_account ON operational_data_rows (account_id, source_id, day);
CREATE INDEX operational_data_rows_by_day ON operational_data_rows (source_id, day);
CREATE INDEX operational_data_rows_of_events ON operational_data_rows (account_id, at) WHERE type IS NOT NULL;
CREATE INDEX operational_data_rows_by_contact ON operational_data_rows (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX operational_data_rows_replaced ON operational_data_rows (replaced_by) WHERE replaced_by <> 0;

CREATE VIEW operational_data_v_sources AS
SELECT id, code, kind, name_en, name_zh, period, retired FROM operational_data_sources;

CREATE VIEW operational_data_v_fields AS
SELECT m.source_id, s.code AS source, m.code AS metric, m.name_en, m.name_zh, m.unit, m.declared
FROM operational_data_metrics m JOIN operational_data_sources s ON s.id = m.source_id;

-- Columns that are kept as they stand in the file, under their own names.
CREATE VIEW operational_data_v_attributes AS
SELECT s.id AS source_id, s.code AS source, f.value ->> 'column' AS attribute, f.value ->> 'type' AS type
FROM operational_data_sources s, json_each(s.definition, '$.fields') f
WHERE f.value ->> 'maps' IS NULL AND f.value ->> 'metric' IS NULL;

-- What the columns of a source say of its rows: account, contact, orgUnit, period, at, touchpoint, product, channel, type.
CREATE VIEW operational_data_v_mappings AS
SELECT s.id AS source_id, s.code AS source, f.value ->> 'column' AS attribute, f.value ->> 'maps' AS maps
FROM operational_data_sources s, json_each(s.definition, '$.fields') f
WHERE f.value ->> 'maps' IS NOT NULL;

-- Every number of every row. day is the first local day of the period that the row stands for, yyyymmdd.
CREATE VIEW operational_data_v_metrics AS
SELECT r.id AS row_id, r.source_id, s.code AS source, m.code AS metric, r.account_id, r.contact_id, r.org_unit_id, r.day, s.period,
  r.touchpoint, r.product, r.channel, r.numbers ->> m.slot AS value, r.attributes, r.received_at
FROM operational_data_rows r
JOIN operational_data_sources s ON s.id = r.source_id
JOIN operational_data_metrics m ON m.source_id = r.source_id
WHERE r.import_id NOT IN (SELECT i.id FROM operational_data_imports i WHERE i.open = 1)
  AND (r.replaced_by = 0 OR r.replaced_by IN (SELECT i.id FROM operational_data_imports i WHERE i.open = 1));

DROP VIEW operational_data_v_events;

-- Events, however they came: reported one by one, or as rows of a file.
CREATE VIEW operational_data_v_events AS
SELECT id, source, event_id, type, occurred_at, occurred_day, account_id, contact_id, touchpoint, org_unit_id, product, channel, value,
  attributes, received_at
FROM operational_data_events
UNION ALL
SELECT r.id, s.code, r.key, r.type, r.at, r.day, r.account_id, r.contact_id, r.touchpoint, r.org_unit_id, r.product, r.channel,
  r.numbers ->> 0, r.attributes, r.received_at
FROM operational_data_rows r
JOIN operational_data_sources s ON s.id = r.source_id
WHERE r.type IS NOT NULL
  AND r.import_id NOT IN (SELECT i.id FROM operational_data_imports i WHERE i.open = 1)
  AND (r.replaced_by = 0 OR r.replaced_by IN (SELECT i.id FROM operational_data_imports i WHERE i.open = 1));
