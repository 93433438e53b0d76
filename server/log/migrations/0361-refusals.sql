-- What was refused to somebody who was signed in: who, on which device, which route, which refusal. Neither ids nor names of what was asked for.
CREATE TABLE refusal (
  id      INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  account TEXT NOT NULL,
  device  TEXT,
  route   TEXT NOT NULL,
  code    TEXT NOT NULL
);
CREATE INDEX refusal_by_time ON refusal (at);
CREATE TRIGGER refusal_never_changes BEFORE UPDATE ON refusal BEGIN SELECT RAISE(ABORT, 'a refusal is never changed'); END;
