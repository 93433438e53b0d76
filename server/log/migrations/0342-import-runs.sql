-- What became of the imports that were to be written: the digest tells of one that failed, until one succeeds.
CREATE TABLE import_run (
  id      INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  -- The staff id of who imported, or that it was a command.
  by      TEXT NOT NULL,
  source  TEXT NOT NULL,
  outcome TEXT NOT NULL,
  faults  INTEGER NOT NULL
);
CREATE INDEX import_run_by_source ON import_run (source, id);
