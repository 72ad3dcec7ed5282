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

-- A user without joined_at was invited and has not come yet; a user without password_hash came by a link only.
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

-- A session that has ended is gone.
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

-- One-time links. The link that sets the server up has no user yet.
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

-- Failed sign-ins since the last good one, by account and by address (hashed: people type passwords into the wrong field).
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

CREATE TRIGGER access_audit_stays BEFORE DELETE ON access_audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

CREATE TRIGGER access_audit_holds BEFORE UPDATE ON access_audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

CREATE VIEW access_v_users AS
SELECT id, email, name, role, org_unit_id, language, active FROM access_users;
