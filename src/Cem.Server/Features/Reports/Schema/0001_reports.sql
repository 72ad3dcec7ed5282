-- The archive: what a scope was told of a week, in a language. The figures stand in model, from which the page is drawn; html and text
-- are the mail as it was sent.
CREATE TABLE reports_reports (
  id INTEGER PRIMARY KEY,
  week TEXT NOT NULL,
  org_unit_id INTEGER NOT NULL,
  language TEXT NOT NULL,
  from_day INTEGER NOT NULL,
  to_day INTEGER NOT NULL,
  cut_off INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  made_by TEXT,
  subject TEXT NOT NULL,
  headline TEXT NOT NULL,
  model TEXT NOT NULL CHECK (json_valid(model)),
  html TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (week, org_unit_id, language)
) STRICT;

-- Whose words a report quotes: they go when the person is erased.
CREATE TABLE reports_quotes (
  report_id INTEGER NOT NULL REFERENCES reports_reports (id),
  response_id INTEGER NOT NULL,
  contact_id INTEGER NOT NULL,
  PRIMARY KEY (report_id, response_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reports_quotes_by_contact ON reports_quotes (contact_id);

-- Who was sent the report of a week: one mail a person and week, whatever happens.
CREATE TABLE reports_deliveries (
  week TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  report_id INTEGER NOT NULL REFERENCES reports_reports (id),
  owed_at INTEGER NOT NULL,
  PRIMARY KEY (week, user_id)
) STRICT, WITHOUT ROWID;

-- Weeks that are done with: whoever joins afterwards gets the next one. The first is the week before the server's own first.
CREATE TABLE reports_weeks (
  week TEXT PRIMARY KEY,
  closed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who wants no report by mail.
CREATE TABLE reports_stopped (
  user_id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT;

-- The links in mails that stop it.
CREATE TABLE reports_links (
  secret_hash TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL,
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW reports_v_reports AS
SELECT id, week, org_unit_id, language, from_day, to_day, cut_off, made_at FROM reports_reports;

CREATE VIEW reports_v_deliveries AS
SELECT week, user_id, report_id, owed_at FROM reports_deliveries;
