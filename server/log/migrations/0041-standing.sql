-- What somebody might do, and from when until when: an event is judged by the role its recorder had when it was recorded.
ALTER TABLE account ADD COLUMN until INTEGER;
CREATE TABLE standing (
  id      INTEGER PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account (id),
  role    TEXT NOT NULL,
  state   TEXT NOT NULL,
  until   INTEGER,
  at      INTEGER NOT NULL
);
CREATE INDEX standing_by_account ON standing (account, id);
INSERT INTO standing (account, role, state, until, at) SELECT id, role, state, NULL, created_at FROM account ORDER BY created_at;
CREATE INDEX staff_version ON record_version (id, seq) WHERE kind = 'staff';
