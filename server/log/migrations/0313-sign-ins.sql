-- Every sign-in, and every one that failed: who, on which device, how. No password and no code is in it; a name that nobody has is not kept either.
CREATE TABLE sign_in (
  id      INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  account TEXT,
  device  TEXT,
  outcome TEXT NOT NULL
);
CREATE INDEX sign_in_by_time ON sign_in (at);
CREATE TRIGGER sign_in_never_changes BEFORE UPDATE ON sign_in BEGIN SELECT RAISE(ABORT, 'a sign-in is never changed'); END;
