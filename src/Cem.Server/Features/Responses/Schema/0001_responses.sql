-- One row a response, with the dimensions as they were at the moment of the answer: history does not move when an
-- account does.
CREATE TABLE responses_responses (
  id INTEGER PRIMARY KEY,
  submission_id TEXT UNIQUE,
  invitation_id INTEGER UNIQUE,
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
  CHECK ((state = 'complete') = (completed_at IS NOT NULL))
) STRICT;
CREATE INDEX responses_responses_by_completion ON responses_responses (completed_at DESC, id DESC) WHERE state = 'complete';
CREATE INDEX responses_responses_by_account ON responses_responses (account_id, completed_at);
CREATE INDEX responses_responses_by_contact ON responses_responses (contact_id);

-- One row a scored answer of a complete response; everything the statistics need stands in the row, so that they are
-- loaded with one walk over one covering index.
CREATE TABLE responses_scores (
  id INTEGER PRIMARY KEY,
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
  interested INTEGER NOT NULL
) STRICT;
CREATE INDEX responses_scores_by_response ON responses_scores (response_id);

-- Comments and choices, one row an answer.
CREATE TABLE responses_texts (
  id INTEGER PRIMARY KEY,
  response_id INTEGER NOT NULL REFERENCES responses_responses (id),
  question TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX responses_texts_by_response ON responses_texts (response_id);

CREATE VIEW responses_v_responses AS
SELECT id, submission_id, invitation_id, survey_id, survey_code, survey_version, state, account_id, contact_id, touchpoint, channel,
  org_unit_id, region, tier, product, role, language, interested, answers, started_at, completed_at, completed_day
FROM responses_responses;

-- score is null for "not applicable".
CREATE VIEW responses_v_scores AS
SELECT id, response_id, question, measure, score, day, account_id, contact_id, org_unit_id, survey, touchpoint, channel,
  region, tier, product, role, interested
FROM responses_scores;

CREATE VIEW responses_v_texts AS
SELECT id, response_id, question, text FROM responses_texts;
