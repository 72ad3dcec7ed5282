CREATE TABLE access_attempts (
  subject TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  locked_until INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE access_audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor_kind TEXT NOT NULL CHECK (actor_kind IN ('staff', 'key', 'system', 'nobody')),
  actor_id INTEGER NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT CHECK (json_valid(detail))
) STRICT;

CREATE INDEX access_audit_by_action ON access_audit (action, id);

CREATE INDEX access_audit_by_actor ON access_audit (actor_id, id);

CREATE TRIGGER access_audit_holds BEFORE UPDATE ON access_audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

CREATE TRIGGER access_audit_stays BEFORE DELETE ON access_audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

CREATE TABLE access_keys (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  scopes TEXT NOT NULL CHECK (json_valid(scopes)),
  org_unit_id INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  last_used_at INTEGER,
  revoked_at INTEGER
) STRICT;

CREATE TABLE access_links (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('set-up', 'password', 'sign-in')),
  user_id INTEGER REFERENCES access_users (id),
  secret_hash TEXT NOT NULL UNIQUE,
  made_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  CHECK ((kind = 'set-up') = (user_id IS NULL))
) STRICT;

CREATE INDEX access_links_by_user ON access_links (user_id, kind);

CREATE TABLE access_sessions (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES access_users (id),
  secret_hash TEXT NOT NULL UNIQUE,
  device TEXT NOT NULL,
  address TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL
) STRICT;

CREATE INDEX access_sessions_by_user ON access_sessions (user_id);

CREATE TABLE access_users (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('viewer', 'agent', 'manager', 'cxManager', 'administrator')),
  org_unit_id INTEGER NOT NULL DEFAULT 0,
  language TEXT NOT NULL CHECK (language IN ('zh-CN', 'en')),
  theme TEXT NOT NULL DEFAULT 'auto' CHECK (theme IN ('auto', 'light', 'dark')),
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  password_hash TEXT,
  created_at INTEGER NOT NULL,
  joined_at INTEGER,
  last_seen_at INTEGER
) STRICT;

CREATE VIEW access_v_users AS
SELECT id, email, name, role, org_unit_id, language, active FROM access_users;

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

CREATE TABLE account_health_usage_metrics (
  part TEXT PRIMARY KEY CHECK (part IN ('seats', 'active', 'actions', 'features')),
  source TEXT,
  metric TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW account_health_v_states AS
SELECT account_id, day, measured_at, field, since, risk, usage, experience FROM account_health_states;

CREATE TABLE customers_accounts (
  id INTEGER PRIMARY KEY,
  external_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  org_unit_id INTEGER NOT NULL REFERENCES customers_org_units (id),
  region TEXT,
  industry TEXT,
  tier TEXT,
  key_account INTEGER NOT NULL DEFAULT 0 CHECK (key_account IN (0, 1)),
  owner_email TEXT COLLATE NOCASE,
  parent_id INTEGER REFERENCES customers_accounts (id),
  products TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(products)),
  annual_revenue_minor INTEGER,
  annual_revenue_currency TEXT,
  contract_start INTEGER,
  contract_end INTEGER,
  renewal_date INTEGER,
  tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
  attributes TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(attributes)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK ((annual_revenue_minor IS NULL) = (annual_revenue_currency IS NULL))
) STRICT;

CREATE INDEX customers_accounts_by_org_unit ON customers_accounts (org_unit_id);

CREATE INDEX customers_accounts_by_parent ON customers_accounts (parent_id) WHERE parent_id IS NOT NULL;

CREATE INDEX customers_accounts_by_update ON customers_accounts (updated_at, id);

CREATE TABLE customers_contact_addresses (
  contact_id INTEGER NOT NULL REFERENCES customers_contacts (id),
  address TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (contact_id, address)
) STRICT, WITHOUT ROWID;

CREATE TABLE customers_contacts (
  id INTEGER PRIMARY KEY,
  external_id TEXT UNIQUE,
  account_id INTEGER NOT NULL REFERENCES customers_accounts (id),
  name TEXT NOT NULL,
  email TEXT COLLATE NOCASE,
  phone TEXT,
  role TEXT NOT NULL CHECK (role IN ('decisionMaker', 'purchaser', 'influencer', 'user')),
  level TEXT,
  department TEXT,
  language TEXT NOT NULL CHECK (language IN ('zh-CN', 'en')),
  consent INTEGER NOT NULL DEFAULT 0 CHECK (consent IN (0, 1)),
  consent_source TEXT,
  consent_at INTEGER,
  do_not_survey INTEGER NOT NULL DEFAULT 0 CHECK (do_not_survey IN (0, 1)),
  attributes TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(attributes)),
  erased INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX customers_contacts_by_account ON customers_contacts (account_id);

CREATE INDEX customers_contacts_by_email ON customers_contacts (email) WHERE email IS NOT NULL;

CREATE INDEX customers_contacts_by_update ON customers_contacts (updated_at, id);

CREATE TABLE customers_import_rejections (
  import_id INTEGER NOT NULL REFERENCES customers_imports (id),
  line INTEGER NOT NULL,
  cells TEXT NOT NULL CHECK (json_valid(cells)),
  errors TEXT NOT NULL CHECK (json_valid(errors)),
  PRIMARY KEY (import_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE customers_imports (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('accounts', 'contacts')),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
  file_name TEXT,
  made_by TEXT NOT NULL,
  org_unit_id INTEGER NOT NULL,
  header TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(header)),
  bytes_total INTEGER,
  bytes_read INTEGER NOT NULL DEFAULT 0,
  rows_read INTEGER NOT NULL DEFAULT 0,
  rows_created INTEGER NOT NULL DEFAULT 0,
  rows_changed INTEGER NOT NULL DEFAULT 0,
  rows_unchanged INTEGER NOT NULL DEFAULT 0,
  rows_rejected INTEGER NOT NULL DEFAULT 0,
  reason TEXT CHECK (reason IS NULL OR json_valid(reason)),
  started_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;

CREATE INDEX customers_imports_by_state ON customers_imports (state, id);

CREATE TABLE customers_org_tree (
  ancestor_id INTEGER NOT NULL,
  unit_id INTEGER NOT NULL REFERENCES customers_org_units (id),
  depth INTEGER NOT NULL,
  PRIMARY KEY (ancestor_id, unit_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX customers_org_tree_by_unit ON customers_org_tree (unit_id);

CREATE TABLE customers_org_units (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  parent_id INTEGER REFERENCES customers_org_units (id),
  kind TEXT NOT NULL CHECK (kind IN ('headquarters', 'region', 'branch', 'team')),
  updated_at INTEGER NOT NULL
) STRICT;

CREATE VIEW customers_v_accounts AS
SELECT id, external_id, name, org_unit_id, region, industry, tier, key_account, owner_email, parent_id, products,
  annual_revenue_minor, annual_revenue_currency, contract_start, contract_end, renewal_date, tags, created_at, updated_at
FROM customers_accounts;

CREATE VIEW customers_v_contacts AS
SELECT id, external_id, account_id, name, email, phone, role, level, department, language, consent, do_not_survey, erased, created_at, updated_at
FROM customers_contacts;

CREATE VIEW customers_v_org_tree AS
SELECT ancestor_id, unit_id, depth FROM customers_org_tree;

CREATE VIEW customers_v_org_units AS
SELECT id, code, name, parent_id, kind FROM customers_org_units;

CREATE TABLE housekeeping_settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW housekeeping_v_settings AS
SELECT name, value FROM housekeeping_settings;

CREATE TABLE indicators_entries (
  version INTEGER NOT NULL REFERENCES indicators_versions (version),
  code TEXT NOT NULL,
  position INTEGER NOT NULL,
  parent TEXT,
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 4),
  kind TEXT NOT NULL CHECK (kind IN ('x', 'o')),
  name_en TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  weight REAL NOT NULL CHECK (weight >= 0),
  touchpoint TEXT,
  retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
  definition TEXT NOT NULL CHECK (json_valid(definition)),
  PRIMARY KEY (version, code),
  FOREIGN KEY (version, parent) REFERENCES indicators_entries (version, code) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE INDEX indicators_entries_by_parent ON indicators_entries (version, parent);

CREATE VIEW indicators_v_indicators AS
SELECT version, code, position, parent, level, kind, name_en, name_zh, weight, touchpoint, retired, definition FROM indicators_entries;

CREATE VIEW indicators_v_versions AS
SELECT version, valid_from, LEAD(valid_from) OVER (ORDER BY version) AS valid_to FROM indicators_versions;

CREATE TABLE indicators_versions (
  version INTEGER PRIMARY KEY,
  valid_from INTEGER NOT NULL UNIQUE,
  level_names TEXT NOT NULL CHECK (json_valid(level_names)),
  note TEXT,
  made_at INTEGER NOT NULL,
  made_by TEXT NOT NULL
) STRICT;

CREATE TABLE indicators_watched (
  week TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  tested INTEGER NOT NULL,
  found INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW invitations_candidates AS
SELECT c.id AS contact_id, c.external_id AS contact, c.account_id, a.org_unit_id, c.role, c.language, c.consent, c.do_not_survey, c.erased,
  c.email IS NOT NULL AND c.email <> '' AS has_address,
  EXISTS (SELECT 1 FROM invitations_unsubscribed u WHERE u.contact_id = c.id) AS unsubscribed,
  (SELECT MAX(COALESCE(i.sent_at, i.completed_at)) FROM invitations_invitations i WHERE i.contact_id = c.id AND i.kind = 'touchpoint') AS last_touchpoint_at,
  (SELECT MAX(COALESCE(i.sent_at, i.completed_at)) FROM invitations_invitations i WHERE i.contact_id = c.id AND i.kind = 'relationship') AS last_relationship_at,
  CASE c.role WHEN 'decisionMaker' THEN 1 WHEN 'purchaser' THEN 2 WHEN 'influencer' THEN 3 ELSE 4 END AS rank
FROM customers_v_contacts c JOIN customers_v_accounts a ON a.id = c.account_id;

CREATE TABLE invitations_decisions (
  event_id INTEGER PRIMARY KEY,
  outcome TEXT NOT NULL CHECK (outcome IN ('decided', 'notMatched')),
  decided_at INTEGER NOT NULL
) STRICT;

CREATE TABLE invitations_invitations (
  id INTEGER PRIMARY KEY,
  event_id INTEGER,
  wave_id INTEGER,
  survey_id INTEGER NOT NULL,
  survey_code TEXT NOT NULL,
  survey_version INTEGER,
  kind TEXT NOT NULL CHECK (kind IN ('touchpoint', 'relationship')),
  account_id INTEGER NOT NULL,
  contact_id INTEGER,
  touchpoint TEXT,
  -- What the event was about.
  product TEXT,
  role TEXT NOT NULL,
  channel TEXT NOT NULL,
  language TEXT NOT NULL,
  org_unit_id INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('scheduled', 'sent', 'opened', 'partial', 'completed', 'suppressed', 'expired')),
  reason TEXT,
  decided_at INTEGER NOT NULL,
  due_at INTEGER,
  sent_at INTEGER,
  reminded_at INTEGER,
  reminder_reason TEXT,
  expires_at INTEGER,
  completed_at INTEGER,
  CHECK ((state = 'suppressed') = (reason IS NOT NULL)),
  CHECK (state NOT IN ('sent', 'opened', 'partial', 'expired') OR (sent_at IS NOT NULL AND expires_at IS NOT NULL AND survey_version IS NOT NULL)),
  CHECK (state <> 'scheduled' OR due_at IS NOT NULL),
  UNIQUE (event_id, contact_id),
  UNIQUE (wave_id, contact_id)
) STRICT;

CREATE INDEX invitations_invitations_by_account ON invitations_invitations (account_id, sent_at);

CREATE INDEX invitations_invitations_by_contact ON invitations_invitations (contact_id, kind, sent_at);

CREATE INDEX invitations_invitations_by_decision ON invitations_invitations (decided_at, org_unit_id, state);

CREATE INDEX invitations_invitations_by_survey ON invitations_invitations (survey_code, state, id);

CREATE INDEX invitations_invitations_due ON invitations_invitations (due_at, id) WHERE state = 'scheduled';

CREATE INDEX invitations_invitations_open ON invitations_invitations (expires_at, id) WHERE state IN ('sent', 'opened', 'partial');

CREATE TABLE invitations_links (
  secret_hash TEXT PRIMARY KEY,
  invitation_id INTEGER NOT NULL REFERENCES invitations_invitations (id),
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX invitations_links_by_invitation ON invitations_links (invitation_id);

CREATE TABLE invitations_rules (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  touchpoint_days INTEGER NOT NULL CHECK (touchpoint_days BETWEEN 0 AND 730),
  relationship_days INTEGER NOT NULL CHECK (relationship_days BETWEEN 0 AND 730),
  budget_contacts INTEGER NOT NULL CHECK (budget_contacts BETWEEN 1 AND 100000),
  budget_days INTEGER NOT NULL CHECK (budget_days BETWEEN 0 AND 730),
  reminder_days INTEGER NOT NULL CHECK (reminder_days BETWEEN 0 AND 365),
  expiry_days INTEGER NOT NULL CHECK (expiry_days BETWEEN 1 AND 365),
  too_old_days INTEGER NOT NULL CHECK (too_old_days BETWEEN 1 AND 730),
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE invitations_unsubscribed (
  contact_id INTEGER PRIMARY KEY,
  invitation_id INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE VIEW invitations_v_invitations AS
SELECT id, event_id, survey_id, survey_code, survey_version, account_id, contact_id, touchpoint, role, channel, state, reason, due_at, sent_at,
  completed_at, org_unit_id, wave_id, kind, language, decided_at, reminded_at, expires_at, product
FROM invitations_invitations;

CREATE VIEW invitations_v_links AS
SELECT l.secret_hash, l.invitation_id, i.survey_id, i.survey_code, i.survey_version, i.kind, i.account_id, i.contact_id, i.touchpoint, i.role,
  i.channel, i.language, i.state, i.sent_at, i.expires_at, i.completed_at, i.event_id, i.product, i.org_unit_id
FROM invitations_links l
JOIN invitations_invitations i ON i.id = l.invitation_id;

CREATE TABLE invitations_waves (
  id INTEGER PRIMARY KEY,
  survey_id INTEGER NOT NULL,
  survey_code TEXT NOT NULL,
  roles TEXT NOT NULL CHECK (json_valid(roles)),
  org_unit_id INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled')),
  contacts INTEGER NOT NULL,
  cursor INTEGER NOT NULL DEFAULT 0,
  asked INTEGER NOT NULL DEFAULT 0,
  suppressed INTEGER NOT NULL DEFAULT 0,
  started_by TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;

CREATE INDEX invitations_waves_running ON invitations_waves (id) WHERE state = 'running';

CREATE TABLE journeys_editors (
  share_id INTEGER NOT NULL REFERENCES journeys_shares (id),
  user_id INTEGER NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (share_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX journeys_editors_by_user ON journeys_editors (user_id);

CREATE TABLE journeys_journeys (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name_en TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  variant_of TEXT,
  channel TEXT,
  product TEXT,
  definition TEXT NOT NULL CHECK (json_valid(definition)),
  revision INTEGER NOT NULL CHECK (revision > 0),
  removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  CHECK (variant_of IS NULL OR channel IS NOT NULL OR product IS NOT NULL)
) STRICT;

CREATE INDEX journeys_journeys_by_base ON journeys_journeys (variant_of) WHERE variant_of IS NOT NULL;

CREATE TABLE journeys_revisions (
  journey_id INTEGER NOT NULL REFERENCES journeys_journeys (id),
  revision INTEGER NOT NULL,
  definition TEXT NOT NULL CHECK (json_valid(definition)),
  changes TEXT NOT NULL CHECK (json_valid(changes)),
  restored_from INTEGER,
  made_at INTEGER NOT NULL,
  made_by TEXT NOT NULL,
  PRIMARY KEY (journey_id, revision)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER journeys_revisions_stay BEFORE UPDATE ON journeys_revisions
BEGIN SELECT RAISE(ABORT, 'what a journey was is never changed'); END;

CREATE TABLE journeys_shares (
  id INTEGER PRIMARY KEY,
  journey_id INTEGER NOT NULL REFERENCES journeys_journeys (id),
  secret_hash TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('viewer', 'editor')),
  org_unit_id INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  made_by TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER,
  opened INTEGER NOT NULL DEFAULT 0,
  last_opened_at INTEGER
) STRICT;

CREATE INDEX journeys_shares_by_journey ON journeys_shares (journey_id);

CREATE TABLE journeys_touchpoints (
  code TEXT PRIMARY KEY,
  name_en TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  sort INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW journeys_v_indicators AS
SELECT j.code AS journey, j.name_en, j.name_zh, stage.value ->> 'code' AS stage, row.value ->> 'indicator' AS indicator
FROM journeys_journeys j, json_each(j.definition, '$.stages') stage, json_each(stage.value, '$.blueprint') lane, json_each(lane.value) row
WHERE j.removed = 0 AND lane.type = 'array' AND row.value ->> 'indicator' IS NOT NULL;

CREATE VIEW journeys_v_journeys AS
SELECT code, name_en, name_zh, variant_of, channel, product, revision FROM journeys_journeys WHERE removed = 0;

CREATE VIEW journeys_v_places AS
SELECT j.code AS journey, stage.value ->> 'code' AS stage, scene.value ->> 'code' AS scene, touchpoint.value AS touchpoint
FROM journeys_journeys j, json_each(j.definition, '$.stages') stage, json_each(stage.value, '$.scenes') scene, json_each(scene.value, '$.touchpoints') touchpoint
WHERE j.removed = 0;

CREATE VIEW journeys_v_touchpoints AS
SELECT code, name_en, name_zh, sort FROM journeys_touchpoints;

CREATE TABLE kernel_deliveries (
  fact_id INTEGER NOT NULL REFERENCES kernel_facts (id),
  handler TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL,
  parked INTEGER NOT NULL DEFAULT 0 CHECK (parked IN (0, 1)),
  error TEXT,
  PRIMARY KEY (fact_id, handler)
) STRICT, WITHOUT ROWID;

CREATE TABLE kernel_facts (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  told_at INTEGER NOT NULL
) STRICT;

CREATE TABLE kernel_mails (
  id INTEGER PRIMARY KEY,
  message_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  to_address TEXT NOT NULL,
  to_name TEXT NOT NULL,
  subject TEXT NOT NULL,
  html TEXT NOT NULL,
  text TEXT NOT NULL,
  headers TEXT NOT NULL CHECK (json_valid(headers)),
  state TEXT NOT NULL CHECK (state IN ('owed', 'sent', 'failed', 'discarded', 'erased')),
  attempts INTEGER NOT NULL DEFAULT 0,
  owed_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  sent_at INTEGER,
  error TEXT,
  -- What was handed over still holds words that were taken from this row.
  rewrite INTEGER NOT NULL DEFAULT 0 CHECK (rewrite IN (0, 1))
) STRICT;

CREATE INDEX kernel_mails_by_address ON kernel_mails (to_address);

CREATE INDEX kernel_mails_owed ON kernel_mails (due_at) WHERE state = 'owed';

CREATE INDEX kernel_mails_to_rewrite ON kernel_mails (id) WHERE rewrite = 1;

CREATE TABLE kernel_retries (
  id INTEGER PRIMARY KEY,
  caller INTEGER NOT NULL,
  key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  answer TEXT NOT NULL,
  stored_at INTEGER NOT NULL,
  UNIQUE (caller, key)
) STRICT;

CREATE TABLE kernel_schema_journal (
  name TEXT PRIMARY KEY, hash TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE kernel_secrets (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW kernel_v_mails AS
SELECT id, message_id, kind, to_address, to_name, subject, state, attempts, owed_at, due_at, sent_at, error FROM kernel_mails;

CREATE VIEW kernel_v_owed AS
SELECT d.fact_id, d.handler, d.attempts, d.due_at, d.error, f.name, f.told_at
FROM kernel_deliveries d JOIN kernel_facts f ON f.id = d.fact_id
WHERE d.parked = 0;

CREATE VIEW kernel_v_parked AS
SELECT d.fact_id, d.handler, d.attempts, d.error, f.name, f.told_at
FROM kernel_deliveries d JOIN kernel_facts f ON f.id = d.fact_id
WHERE d.parked = 1;

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

CREATE UNIQUE INDEX operational_data_imports_open ON operational_data_imports (source_id) WHERE open = 1;

CREATE INDEX operational_data_imports_unfinished ON operational_data_imports (state, id) WHERE settled = 0;

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

CREATE TABLE operational_data_rejections (
  import_id INTEGER NOT NULL REFERENCES operational_data_imports (id),
  line INTEGER NOT NULL,
  cells TEXT NOT NULL CHECK (json_valid(cells)),
  errors TEXT NOT NULL CHECK (json_valid(errors)),
  PRIMARY KEY (import_id, line)
) STRICT, WITHOUT ROWID;

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

CREATE INDEX operational_data_rows_by_account ON operational_data_rows (account_id, source_id, day);

CREATE INDEX operational_data_rows_by_contact ON operational_data_rows (contact_id) WHERE contact_id IS NOT NULL;

CREATE INDEX operational_data_rows_by_day ON operational_data_rows (source_id, day);

CREATE UNIQUE INDEX operational_data_rows_by_key ON operational_data_rows (source_id, key, replaced_by);

CREATE INDEX operational_data_rows_of_events ON operational_data_rows (account_id, at) WHERE type IS NOT NULL;

CREATE INDEX operational_data_rows_replaced ON operational_data_rows (replaced_by) WHERE replaced_by <> 0;

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

CREATE VIEW operational_data_v_attributes AS
SELECT s.id AS source_id, s.code AS source, f.value ->> 'column' AS attribute, f.value ->> 'type' AS type
FROM operational_data_sources s, json_each(s.definition, '$.fields') f
WHERE f.value ->> 'maps' IS NULL AND f.value ->> 'metric' IS NULL;

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

CREATE VIEW operational_data_v_fields AS
SELECT m.source_id, s.code AS source, m.code AS metric, m.name_en, m.name_zh, m.unit, m.declared
FROM operational_data_metrics m JOIN operational_data_sources s ON s.id = m.source_id;

CREATE VIEW operational_data_v_mappings AS
SELECT s.id AS source_id, s.code AS source, f.value ->> 'column' AS attribute, f.value ->> 'maps' AS maps
FROM operational_data_sources s, json_each(s.definition, '$.fields') f
WHERE f.value ->> 'maps' IS NOT NULL;

CREATE VIEW operational_data_v_metrics AS
SELECT r.id AS row_id, r.source_id, s.code AS source, m.code AS metric, r.account_id, r.contact_id, r.org_unit_id, r.day, s.period,
  r.touchpoint, r.product, r.channel, r.numbers ->> m.slot AS value, r.attributes, r.received_at
FROM operational_data_rows r
JOIN operational_data_sources s ON s.id = r.source_id
JOIN operational_data_metrics m ON m.source_id = r.source_id
WHERE r.import_id NOT IN (SELECT i.id FROM operational_data_imports i WHERE i.open = 1)
  AND (r.replaced_by = 0 OR r.replaced_by IN (SELECT i.id FROM operational_data_imports i WHERE i.open = 1));

CREATE VIEW operational_data_v_sources AS
SELECT id, code, kind, name_en, name_zh, period, retired FROM operational_data_sources;

CREATE TABLE reports_deliveries (
  week TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  report_id INTEGER NOT NULL REFERENCES reports_reports (id),
  owed_at INTEGER NOT NULL,
  PRIMARY KEY (week, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE reports_links (
  secret_hash TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL,
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE reports_quotes (
  report_id INTEGER NOT NULL REFERENCES reports_reports (id),
  response_id INTEGER NOT NULL,
  contact_id INTEGER NOT NULL,
  PRIMARY KEY (report_id, response_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX reports_quotes_by_contact ON reports_quotes (contact_id);

CREATE TABLE reports_reports (
  id INTEGER PRIMARY KEY,
  week TEXT NOT NULL,
  org_unit_id INTEGER NOT NULL,
  language TEXT NOT NULL,
  from_day INTEGER NOT NULL,
  to_day INTEGER NOT NULL,
  cut_off INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  made_by TEXT,
  subject TEXT NOT NULL,
  headline TEXT NOT NULL,
  model TEXT NOT NULL CHECK (json_valid(model)),
  html TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (week, org_unit_id, language)
) STRICT;

CREATE TABLE reports_stopped (
  user_id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT;

CREATE VIEW reports_v_deliveries AS
SELECT week, user_id, report_id, owed_at FROM reports_deliveries;

CREATE VIEW reports_v_reports AS
SELECT id, week, org_unit_id, language, from_day, to_day, cut_off, made_at FROM reports_reports;

CREATE TABLE reports_weeks (
  week TEXT PRIMARY KEY,
  closed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE responses_feedback (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('complaint', 'visitNote', 'callBack', 'review')),
  account_id INTEGER,
  contact_id INTEGER,
  org_unit_id INTEGER,
  at INTEGER NOT NULL,
  day INTEGER NOT NULL,
  text TEXT NOT NULL,
  score REAL CHECK (score BETWEEN 0 AND 100),
  recorded_by TEXT,
  interested INTEGER NOT NULL DEFAULT 0 CHECK (interested IN (0, 1)),
  received_at INTEGER NOT NULL,
  UNIQUE (source, external_id)
) STRICT;

CREATE INDEX responses_feedback_by_account ON responses_feedback (account_id, at) WHERE account_id IS NOT NULL;

CREATE INDEX responses_feedback_by_contact ON responses_feedback (contact_id) WHERE contact_id IS NOT NULL;

CREATE TABLE responses_responses (
  id INTEGER PRIMARY KEY,
  submission_id TEXT UNIQUE,
  -- Tells a repeated submission from another one under the same id.
  content_hash TEXT,
  invitation_id INTEGER,
  survey_id INTEGER NOT NULL,
  survey_code TEXT NOT NULL,
  survey_version INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('partial', 'complete')),
  account_id INTEGER,
  contact_id INTEGER,
  touchpoint TEXT,
  channel TEXT NOT NULL,
  org_unit_id INTEGER,
  region TEXT,
  tier TEXT,
  product TEXT,
  role TEXT,
  language TEXT,
  recorded_by TEXT,
  interested INTEGER NOT NULL DEFAULT 0 CHECK (interested IN (0, 1)),
  page INTEGER NOT NULL DEFAULT 0,
  answers TEXT NOT NULL CHECK (json_valid(answers)),
  started_at INTEGER NOT NULL,
  saved_at INTEGER NOT NULL,
  completed_at INTEGER,
  completed_day INTEGER,
  CHECK ((state = 'complete') = (completed_at IS NOT NULL)),
  CHECK (contact_id IS NULL OR account_id IS NOT NULL)
) STRICT;

CREATE INDEX responses_responses_by_account ON responses_responses (account_id, completed_at, contact_id) WHERE account_id IS NOT NULL;

CREATE INDEX responses_responses_by_change ON responses_responses (saved_at, id) WHERE state = 'complete';

CREATE INDEX responses_responses_by_completion ON responses_responses (completed_at, id) WHERE state = 'complete';

CREATE UNIQUE INDEX responses_responses_by_invitation ON responses_responses (invitation_id) WHERE invitation_id IS NOT NULL;

CREATE TABLE responses_scores (
  id INTEGER NOT NULL,
  response_id INTEGER NOT NULL REFERENCES responses_responses (id),
  question TEXT NOT NULL,
  measure TEXT NOT NULL,
  score INTEGER CHECK (score BETWEEN 0 AND 100),
  day INTEGER NOT NULL,
  account_id INTEGER,
  contact_id INTEGER,
  org_unit_id INTEGER,
  survey TEXT NOT NULL,
  touchpoint TEXT,
  channel TEXT NOT NULL,
  region TEXT,
  tier TEXT,
  product TEXT,
  role TEXT,
  interested INTEGER NOT NULL,
  PRIMARY KEY (response_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE responses_texts (
  id INTEGER NOT NULL,
  response_id INTEGER NOT NULL REFERENCES responses_responses (id),
  question TEXT NOT NULL,
  text TEXT NOT NULL,
  -- Whether these are the person's own words, not the code of an option.
  comment INTEGER NOT NULL DEFAULT 0 CHECK (comment IN (0, 1)),
  PRIMARY KEY (response_id, id)
) STRICT, WITHOUT ROWID;

CREATE VIEW responses_v_feedback AS
SELECT id, source, external_id, kind, account_id, contact_id, org_unit_id, at, day, text, score, recorded_by, interested, received_at
FROM responses_feedback;

CREATE VIEW responses_v_responses AS
SELECT id, submission_id, invitation_id, survey_id, survey_code, survey_version, state, account_id, contact_id, touchpoint, channel,
  org_unit_id, region, tier, product, role, language, interested, answers, started_at, completed_at, completed_day, recorded_by, saved_at
FROM responses_responses;

CREATE VIEW responses_v_scores AS
SELECT id, response_id, question, measure, score, day, account_id, contact_id, org_unit_id, survey, touchpoint, channel,
  region, tier, product, role, interested
FROM responses_scores;

CREATE VIEW responses_v_texts AS
SELECT id, response_id, question, text, comment FROM responses_texts;

CREATE TABLE surveys_cells (
  id INTEGER PRIMARY KEY,
  touchpoint TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('decisionMaker', 'purchaser', 'influencer', 'user')),
  survey_id INTEGER NOT NULL REFERENCES surveys_surveys (id),
  trigger TEXT NOT NULL,
  delay_minutes INTEGER NOT NULL CHECK (delay_minutes >= 0),
  channel TEXT NOT NULL CHECK (channel IN ('email', 'link')),
  sampling REAL NOT NULL CHECK (sampling > 0 AND sampling <= 1),
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  updated_at INTEGER NOT NULL,
  UNIQUE (touchpoint, role)
) STRICT;

CREATE TABLE surveys_matrix_revision (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE surveys_questions (
  survey_id INTEGER NOT NULL,
  version INTEGER NOT NULL,
  question TEXT NOT NULL,
  position INTEGER NOT NULL,
  type TEXT NOT NULL,
  measure TEXT,
  coding TEXT NOT NULL,
  text_en TEXT NOT NULL,
  text_zh TEXT NOT NULL,
  -- Whether everybody is asked it and nobody has to answer.
  open INTEGER NOT NULL CHECK (open IN (0, 1)),
  PRIMARY KEY (survey_id, version, question),
  FOREIGN KEY (survey_id, version) REFERENCES surveys_versions (survey_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE surveys_surveys (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('touchpoint', 'relationship')),
  title_en TEXT NOT NULL,
  title_zh TEXT NOT NULL,
  draft TEXT NOT NULL CHECK (json_valid(draft)),
  revision INTEGER NOT NULL,
  published_version INTEGER,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE VIEW surveys_v_matrix AS
SELECT c.id, c.touchpoint, c.role, c.survey_id, s.code AS survey_code, s.kind, c.trigger, c.delay_minutes, c.channel, c.sampling, c.active
FROM surveys_cells c JOIN surveys_surveys s ON s.id = c.survey_id;

CREATE VIEW surveys_v_questions AS
SELECT q.survey_id, s.code AS survey_code, q.version, q.question, q.position, q.type, q.measure, q.coding, q.text_en, q.text_zh, q.open
FROM surveys_questions q JOIN surveys_surveys s ON s.id = q.survey_id;

CREATE VIEW surveys_v_surveys AS
SELECT id, code, kind, title_en, title_zh, published_version FROM surveys_surveys;

CREATE VIEW surveys_v_versions AS
SELECT survey_id, version, definition, published_at FROM surveys_versions;

CREATE TABLE surveys_versions (
  survey_id INTEGER NOT NULL REFERENCES surveys_surveys (id),
  version INTEGER NOT NULL,
  definition TEXT NOT NULL CHECK (json_valid(definition)),
  published_at INTEGER NOT NULL,
  published_by TEXT NOT NULL,
  PRIMARY KEY (survey_id, version)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER surveys_versions_are_kept BEFORE DELETE ON surveys_versions
BEGIN SELECT RAISE(ABORT, 'a published version is never deleted'); END;

CREATE TRIGGER surveys_versions_stay BEFORE UPDATE ON surveys_versions
BEGIN SELECT RAISE(ABORT, 'a published version is never changed'); END;

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

CREATE INDEX work_orders_by_due ON work_orders_orders (due_at, id) WHERE state IN ('open', 'accepted');

CREATE INDEX work_orders_by_org_unit ON work_orders_orders (org_unit_id, state);

CREATE INDEX work_orders_by_update ON work_orders_orders (updated_at, id);

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

CREATE UNIQUE INDEX work_orders_one_at_a_time ON work_orders_orders (account_id, rule_code) WHERE state <> 'closed';

CREATE UNIQUE INDEX work_orders_one_at_a_time_of_unit ON work_orders_orders (org_unit_id, rule_code) WHERE account_id IS NULL AND state <> 'closed';

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

CREATE TABLE work_orders_reasons (
  id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL REFERENCES work_orders_orders (id),
  raised_at INTEGER NOT NULL,
  english TEXT NOT NULL,
  chinese TEXT NOT NULL
) STRICT;

CREATE INDEX work_orders_reasons_by_order ON work_orders_reasons (order_id, raised_at);

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

CREATE VIEW work_orders_v_alerts AS
SELECT order_id, response_id, question, score, raised_at FROM work_orders_alerts;

CREATE VIEW work_orders_v_orders AS
SELECT id, number, account_id, org_unit_id, state, priority, rule_code AS cause_code, touchpoint, owner_email, opened_at, due_at,
  resolved_at, closed_at, rule_code, reopened, cause, action_taken, title_en, title_zh
FROM work_orders_orders;