-- A survey: its draft, which people edit, and the number of its newest frozen version.
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

-- Frozen: an answer belongs to the version it was given to.
CREATE TABLE surveys_versions (
  survey_id INTEGER NOT NULL REFERENCES surveys_surveys (id),
  version INTEGER NOT NULL,
  definition TEXT NOT NULL CHECK (json_valid(definition)),
  published_at INTEGER NOT NULL,
  published_by TEXT NOT NULL,
  PRIMARY KEY (survey_id, version)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER surveys_versions_stay BEFORE UPDATE ON surveys_versions
BEGIN SELECT RAISE(ABORT, 'a published version is never changed'); END;

CREATE TRIGGER surveys_versions_are_kept BEFORE DELETE ON surveys_versions
BEGIN SELECT RAISE(ABORT, 'a published version is never deleted'); END;

-- The questions of each version, so that neighbours need not read definitions.
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

-- The survey matrix: who is asked what, where, and after which event.
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

-- The revision of the matrix as a whole, for its ETag.
CREATE TABLE surveys_matrix_revision (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  revision INTEGER NOT NULL
) STRICT;
INSERT INTO surveys_matrix_revision (only, revision) VALUES (1, 0);

CREATE VIEW surveys_v_surveys AS
SELECT id, code, kind, title_en, title_zh, published_version FROM surveys_surveys;

CREATE VIEW surveys_v_versions AS
SELECT survey_id, version, definition, published_at FROM surveys_versions;

CREATE VIEW surveys_v_questions AS
SELECT q.survey_id, s.code AS survey_code, q.version, q.question, q.position, q.type, q.measure, q.coding, q.text_en, q.text_zh, q.open
FROM surveys_questions q JOIN surveys_surveys s ON s.id = q.survey_id;

CREATE VIEW surveys_v_matrix AS
SELECT c.id, c.touchpoint, c.role, c.survey_id, s.code AS survey_code, s.kind, c.trigger, c.delay_minutes, c.channel, c.sampling, c.active
FROM surveys_cells c JOIN surveys_surveys s ON s.id = c.survey_id;
