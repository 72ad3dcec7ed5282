-- Our own tree. Node 0 is the company as a whole: above every org unit, and what callers without a bound can see.
CREATE TABLE customers_org_units (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  parent_id INTEGER REFERENCES customers_org_units (id),
  kind TEXT NOT NULL CHECK (kind IN ('headquarters', 'region', 'branch', 'team')),
  updated_at INTEGER NOT NULL
) STRICT;

-- Every org unit below (and including) every other: the filter behind "own org unit and below".
CREATE TABLE customers_org_tree (
  ancestor_id INTEGER NOT NULL,
  unit_id INTEGER NOT NULL REFERENCES customers_org_units (id),
  depth INTEGER NOT NULL,
  PRIMARY KEY (ancestor_id, unit_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX customers_org_tree_by_unit ON customers_org_tree (unit_id);

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
CREATE INDEX customers_accounts_by_update ON customers_accounts (updated_at, id);
CREATE INDEX customers_accounts_by_parent ON customers_accounts (parent_id) WHERE parent_id IS NOT NULL;

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
CREATE INDEX customers_contacts_by_update ON customers_contacts (updated_at, id);
CREATE INDEX customers_contacts_by_account ON customers_contacts (account_id);
CREATE INDEX customers_contacts_by_email ON customers_contacts (email) WHERE email IS NOT NULL;

-- Every address a person has had: what was mailed to an old one is forgotten with them too.
CREATE TABLE customers_contact_addresses (
  contact_id INTEGER NOT NULL REFERENCES customers_contacts (id),
  address TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (contact_id, address)
) STRICT, WITHOUT ROWID;

-- Files of accounts or contacts, and how far each has come. A file that waits lies in the data folder.
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

-- Rows that were refused, as they stood in the file, with everything wrong with them; kept for a week.
CREATE TABLE customers_import_rejections (
  import_id INTEGER NOT NULL REFERENCES customers_imports (id),
  line INTEGER NOT NULL,
  cells TEXT NOT NULL CHECK (json_valid(cells)),
  errors TEXT NOT NULL CHECK (json_valid(errors)),
  PRIMARY KEY (import_id, line)
) STRICT, WITHOUT ROWID;

CREATE VIEW customers_v_org_units AS
SELECT id, code, name, parent_id, kind FROM customers_org_units;

CREATE VIEW customers_v_org_tree AS
SELECT ancestor_id, unit_id, depth FROM customers_org_tree;

CREATE VIEW customers_v_accounts AS
SELECT id, external_id, name, org_unit_id, region, industry, tier, key_account, owner_email, parent_id, products,
  annual_revenue_minor, annual_revenue_currency, contract_start, contract_end, renewal_date, tags, created_at, updated_at
FROM customers_accounts;

CREATE VIEW customers_v_contacts AS
SELECT id, external_id, account_id, name, email, phone, role, level, department, language, consent, do_not_survey, erased, created_at, updated_at
FROM customers_contacts;
