-- A second factor: the secret of the codes, confirmed once; codes for when the telephone is lost. What a code was used for is remembered.
CREATE TABLE second_factor (
  account      TEXT PRIMARY KEY REFERENCES account (id),
  secret       TEXT NOT NULL,
  confirmed_at INTEGER,
  last_step    INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE recovery_code (
  account   TEXT NOT NULL REFERENCES account (id),
  code_hash TEXT NOT NULL,
  used_at   INTEGER,
  PRIMARY KEY (account, code_hash)
);
ALTER TABLE web_session ADD COLUMN stepped_up_at INTEGER;
-- What the district asks of its people's devices and sign-ins; one row.
CREATE TABLE trust_policy (
  only          INTEGER PRIMARY KEY CHECK (only = 1),
  second_factor INTEGER NOT NULL,
  enrol_by_code INTEGER NOT NULL
);
INSERT INTO trust_policy VALUES (1, 0, 0);
-- Failures by account and device: a restart forgives nobody.
CREATE TABLE attempt (
  key   TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  since INTEGER NOT NULL
);
-- Devices: the key that signs what they send, and whether they may still.
ALTER TABLE device ADD COLUMN public_key TEXT;
ALTER TABLE device ADD COLUMN revoked_at INTEGER;
CREATE TABLE enrol_code (
  code_hash  TEXT PRIMARY KEY,
  made_by    TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at    INTEGER
);
-- Two people for what one should not do alone.
CREATE TABLE approval (
  id         TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,
  subject    TEXT NOT NULL,
  reason     TEXT NOT NULL,
  asked_by   TEXT NOT NULL,
  asked_at   INTEGER NOT NULL,
  decided_by TEXT,
  decided_at INTEGER,
  decision   TEXT,
  used_at    INTEGER,
  CHECK (decided_by IS NULL OR decided_by <> asked_by)
);
-- Who was shown, or took away, whose record: names are nowhere in it.
CREATE TABLE disclosure (
  id      INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  person  TEXT NOT NULL,
  device  TEXT,
  what    TEXT NOT NULL,
  student TEXT,
  scope   TEXT NOT NULL,
  seq     INTEGER NOT NULL
);
CREATE INDEX disclosure_by_student ON disclosure (student, at);
CREATE TRIGGER disclosure_never_changes BEFORE UPDATE ON disclosure BEGIN SELECT RAISE(ABORT, 'a disclosure is never changed'); END;
