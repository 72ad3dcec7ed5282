-- What people set on the settings pages and no other area owns.
CREATE TABLE housekeeping_settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW housekeeping_v_settings AS
SELECT name, value FROM housekeeping_settings;
