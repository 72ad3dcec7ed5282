-- The versions of the indicator library. What a whole day was scored by is never changed; a version of today or still to come
-- is written anew by the next with the same day.
CREATE TABLE indicators_versions (
  version INTEGER PRIMARY KEY,
  valid_from INTEGER NOT NULL UNIQUE,
  level_names TEXT NOT NULL CHECK (json_valid(level_names)),
  note TEXT,
  made_at INTEGER NOT NULL,
  made_by TEXT NOT NULL
) STRICT;

-- One row an indicator of a version. definition is the indicator as the API takes it.
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

-- valid_to is the first day on which the next version holds; null for the last.
CREATE VIEW indicators_v_versions AS
SELECT version, valid_from, LEAD(valid_from) OVER (ORDER BY version) AS valid_to FROM indicators_versions;

CREATE VIEW indicators_v_indicators AS
SELECT version, code, position, parent, level, kind, name_en, name_zh, weight, touchpoint, retired, definition FROM indicators_entries;

-- Weeks whose figures were held against the thresholds.
CREATE TABLE indicators_watched (
  week TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  tested INTEGER NOT NULL,
  found INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
