-- A journey as it is now. definition is what the API takes; the columns beside it are read from it. A removed journey stays
-- with its history, so that it can be put back.
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

-- Every state a journey has had. changes: what each change did, in words of both languages.
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

-- Links by which a journey is shown to those who have them. Kept as the hash of their secret.
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

-- Colleagues who came by an editor's link: they may edit for as long as the link holds.
CREATE TABLE journeys_editors (
  share_id INTEGER NOT NULL REFERENCES journeys_shares (id),
  user_id INTEGER NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (share_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX journeys_editors_by_user ON journeys_editors (user_id);

CREATE VIEW journeys_v_journeys AS
SELECT code, name_en, name_zh, variant_of, channel, product, revision FROM journeys_journeys WHERE removed = 0;

-- Where touchpoints stand on the journeys.
CREATE VIEW journeys_v_places AS
SELECT j.code AS journey, stage.value ->> 'code' AS stage, scene.value ->> 'code' AS scene, touchpoint.value AS touchpoint
FROM journeys_journeys j, json_each(j.definition, '$.stages') stage, json_each(stage.value, '$.scenes') scene, json_each(scene.value, '$.touchpoints') touchpoint
WHERE j.removed = 0;

-- Indicators that rows of a blueprint are measured by.
CREATE VIEW journeys_v_indicators AS
SELECT j.code AS journey, j.name_en, j.name_zh, stage.value ->> 'code' AS stage, row.value ->> 'indicator' AS indicator
FROM journeys_journeys j, json_each(j.definition, '$.stages') stage, json_each(stage.value, '$.blueprint') lane, json_each(lane.value) row
WHERE j.removed = 0 AND lane.type = 'array' AND row.value ->> 'indicator' IS NOT NULL;
