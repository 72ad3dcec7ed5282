-- Where a customer meets us. Surveys, indicators and events hang on these codes.
CREATE TABLE journeys_touchpoints (
  code TEXT PRIMARY KEY,
  name_en TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  sort INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW journeys_v_touchpoints AS
SELECT code, name_en, name_zh, sort FROM journeys_touchpoints;
