-- What the programme allows itself; one row.
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
INSERT INTO invitations_rules (id, touchpoint_days, relationship_days, budget_contacts, budget_days, reminder_days, expiry_days, too_old_days, updated_at)
VALUES (1, 30, 90, 3, 30, 0, 30, 14, 0);

-- What was made of an event: asked somebody (or wrote down why not), or found that the survey matrix asks nobody.
CREATE TABLE invitations_decisions (
  event_id INTEGER PRIMARY KEY,
  outcome TEXT NOT NULL CHECK (outcome IN ('decided', 'notMatched')),
  decided_at INTEGER NOT NULL
) STRICT;

-- A relationship survey's wave; cursor is the last contact that was dealt with.
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

-- One contact asked once, or the written reason why not. The version is the one that was published when it was sent; a
-- reminder that was due and not sent has its reason, too.
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
CREATE INDEX invitations_invitations_due ON invitations_invitations (due_at, id) WHERE state = 'scheduled';
CREATE INDEX invitations_invitations_open ON invitations_invitations (expires_at, id) WHERE state IN ('sent', 'opened', 'partial');
CREATE INDEX invitations_invitations_by_contact ON invitations_invitations (contact_id, kind, sent_at);
CREATE INDEX invitations_invitations_by_account ON invitations_invitations (account_id, sent_at);
CREATE INDEX invitations_invitations_by_decision ON invitations_invitations (decided_at, org_unit_id, state);
CREATE INDEX invitations_invitations_by_survey ON invitations_invitations (survey_code, state, id);

-- The personal links of an invitation; a reminder carries one of its own, because only the hash is kept.
CREATE TABLE invitations_links (
  secret_hash TEXT PRIMARY KEY,
  invitation_id INTEGER NOT NULL REFERENCES invitations_invitations (id),
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX invitations_links_by_invitation ON invitations_links (invitation_id);

CREATE TABLE invitations_unsubscribed (
  contact_id INTEGER PRIMARY KEY,
  invitation_id INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;

-- Everybody who could be asked, with all that the contact rules look at.
CREATE VIEW invitations_candidates AS
SELECT c.id AS contact_id, c.external_id AS contact, c.account_id, a.org_unit_id, c.role, c.language, c.consent, c.do_not_survey, c.erased,
  c.email IS NOT NULL AND c.email <> '' AS has_address,
  EXISTS (SELECT 1 FROM invitations_unsubscribed u WHERE u.contact_id = c.id) AS unsubscribed,
  (SELECT MAX(COALESCE(i.sent_at, i.completed_at)) FROM invitations_invitations i WHERE i.contact_id = c.id AND i.kind = 'touchpoint') AS last_touchpoint_at,
  (SELECT MAX(COALESCE(i.sent_at, i.completed_at)) FROM invitations_invitations i WHERE i.contact_id = c.id AND i.kind = 'relationship') AS last_relationship_at,
  CASE c.role WHEN 'decisionMaker' THEN 1 WHEN 'purchaser' THEN 2 WHEN 'influencer' THEN 3 ELSE 4 END AS rank
FROM customers_v_contacts c JOIN customers_v_accounts a ON a.id = c.account_id;

CREATE VIEW invitations_v_invitations AS
SELECT id, event_id, survey_id, survey_code, survey_version, account_id, contact_id, touchpoint, role, channel, state, reason, due_at, sent_at,
  completed_at, org_unit_id, wave_id, kind, language, decided_at, reminded_at, expires_at, product
FROM invitations_invitations;

-- What a survey page needs to know of the link it was called with.
CREATE VIEW invitations_v_links AS
SELECT l.secret_hash, l.invitation_id, i.survey_id, i.survey_code, i.survey_version, i.kind, i.account_id, i.contact_id, i.touchpoint, i.role,
  i.channel, i.language, i.state, i.sent_at, i.expires_at, i.completed_at, i.event_id, i.product, i.org_unit_id
FROM invitations_links l
JOIN invitations_invitations i ON i.id = l.invitation_id;
