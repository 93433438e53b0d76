-- The server's own chain over the log: one link an entry, each standing on the one before. Nothing here is ever changed or taken out.
CREATE TABLE chain (
  seq  INTEGER PRIMARY KEY,
  link BLOB NOT NULL
);
CREATE TRIGGER chain_never_changes BEFORE UPDATE ON chain BEGIN SELECT RAISE(ABORT, 'a link is never changed'); END;
CREATE TRIGGER chain_never_goes BEFORE DELETE ON chain BEGIN SELECT RAISE(ABORT, 'a link is never deleted'); END;
-- What the hashes of records are salted with, so that a hash alone gives no name away.
CREATE TABLE chain_secret (
  only   INTEGER PRIMARY KEY CHECK (only = 1),
  secret TEXT NOT NULL
);
-- Checkpoints the server signed and kept; a device's newest, and whether it fits the log it came back to.
CREATE TABLE checkpoint (
  seq       INTEGER PRIMARY KEY,
  at        INTEGER NOT NULL,
  body      TEXT NOT NULL,
  signature TEXT NOT NULL
);
CREATE TABLE witness (
  device    TEXT PRIMARY KEY,
  at        INTEGER NOT NULL,
  verdict   TEXT NOT NULL,
  body      TEXT NOT NULL,
  signature TEXT NOT NULL
);
CREATE TRIGGER receipt_never_changes BEFORE UPDATE ON receipt BEGIN SELECT RAISE(ABORT, 'a receipt is never changed'); END;
CREATE TRIGGER receipt_never_goes BEFORE DELETE ON receipt BEGIN SELECT RAISE(ABORT, 'a receipt is never deleted'); END;
CREATE TRIGGER record_version_never_goes BEFORE DELETE ON record_version BEGIN SELECT RAISE(ABORT, 'a record is never deleted'); END;
