-- What was told, and to whom it is still owed. A row of kernel_deliveries is a debt: it goes in the same transaction as
-- the handler's own writes.
CREATE TABLE kernel_facts (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  told_at INTEGER NOT NULL
) STRICT;

CREATE TABLE kernel_deliveries (
  fact_id INTEGER NOT NULL REFERENCES kernel_facts (id),
  handler TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL,
  parked INTEGER NOT NULL DEFAULT 0 CHECK (parked IN (0, 1)),
  error TEXT,
  PRIMARY KEY (fact_id, handler)
) STRICT, WITHOUT ROWID;

CREATE TABLE kernel_mails (
  id INTEGER PRIMARY KEY,
  message_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  to_address TEXT NOT NULL,
  to_name TEXT NOT NULL,
  subject TEXT NOT NULL,
  html TEXT NOT NULL,
  text TEXT NOT NULL,
  headers TEXT NOT NULL CHECK (json_valid(headers)),
  state TEXT NOT NULL CHECK (state IN ('owed', 'sent', 'failed', 'discarded', 'erased')),
  attempts INTEGER NOT NULL DEFAULT 0,
  owed_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  sent_at INTEGER,
  error TEXT,
  -- What was handed over still holds words that were taken from this row.
  rewrite INTEGER NOT NULL DEFAULT 0 CHECK (rewrite IN (0, 1))
) STRICT;
CREATE INDEX kernel_mails_to_rewrite ON kernel_mails (id) WHERE rewrite = 1;
CREATE INDEX kernel_mails_owed ON kernel_mails (due_at) WHERE state = 'owed';
CREATE INDEX kernel_mails_by_address ON kernel_mails (to_address);

-- Kept by id, which sorts by time: an answer is appended, and the oldest are found without an index of their own.
CREATE TABLE kernel_retries (
  id INTEGER PRIMARY KEY,
  caller INTEGER NOT NULL,
  key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  answer TEXT NOT NULL,
  stored_at INTEGER NOT NULL,
  UNIQUE (caller, key)
) STRICT;

-- Keys this installation made for itself (form tokens, link signatures).
CREATE TABLE kernel_secrets (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW kernel_v_mails AS
SELECT id, message_id, kind, to_address, to_name, subject, state, attempts, owed_at, due_at, sent_at, error FROM kernel_mails;

CREATE VIEW kernel_v_parked AS
SELECT d.fact_id, d.handler, d.attempts, d.error, f.name, f.told_at
FROM kernel_deliveries d JOIN kernel_facts f ON f.id = d.fact_id
WHERE d.parked = 1;

CREATE VIEW kernel_v_owed AS
SELECT d.fact_id, d.handler, d.attempts, d.due_at, d.error, f.name, f.told_at
FROM kernel_deliveries d JOIN kernel_facts f ON f.id = d.fact_id
WHERE d.parked = 0;
