-- One row a response, with the dimensions as they were at the moment of the answer: history does not move when an
-- account does.
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
CREATE UNIQUE INDEX responses_responses_by_invitation ON responses_responses (invitation_id) WHERE invitation_id IS NOT NULL;
CREATE INDEX responses_responses_by_completion ON responses_responses (completed_at, id) WHERE state = 'complete';
CREATE INDEX responses_responses_by_change ON responses_responses (saved_at, id) WHERE state = 'complete';
-- Contacts are found through their account: an index of their own would write one more page for nearly every answer.
CREATE INDEX responses_responses_by_account ON responses_responses (account_id, completed_at, contact_id) WHERE account_id IS NOT NULL;

-- One row a scored answer of a complete response; everything the statistics need stands in the row, so that they are
-- loaded with one walk over the table, which is kept by response: that is in the order they arrived in, nearly that of
-- their days, and an answer needs no index beside it.
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

-- Comments and choices, one row an answer.
CREATE TABLE responses_texts (
  id INTEGER NOT NULL,
  response_id INTEGER NOT NULL REFERENCES responses_responses (id),
  question TEXT NOT NULL,
  text TEXT NOT NULL,
  -- Whether these are the person's own words, not the code of an option.
  comment INTEGER NOT NULL DEFAULT 0 CHECK (comment IN (0, 1)),
  PRIMARY KEY (response_id, id)
) STRICT, WITHOUT ROWID;

CREATE VIEW responses_v_responses AS
SELECT id, submission_id, invitation_id, survey_id, survey_code, survey_version, state, account_id, contact_id, touchpoint, channel,
  org_unit_id, region, tier, product, role, language, interested, answers, started_at, completed_at, completed_day, recorded_by, saved_at
FROM responses_responses;

-- score is null for "not applicable".
CREATE VIEW responses_v_scores AS
SELECT id, response_id, question, measure, score, day, account_id, contact_id, org_unit_id, survey, touchpoint, channel,
  region, tier, product, role, interested
FROM responses_scores;

CREATE VIEW responses_v_texts AS
SELECT id, response_id, question, text, comment FROM responses_texts;

-- What people said outside surveys: complaints, visit notes, call-backs, reviews.
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

CREATE VIEW responses_v_feedback AS
SELECT id, source, external_id, kind, account_id, contact_id, org_unit_id, at, day, text, score, recorded_by, interested, received_at
FROM responses_feedback;
