-- Papers that stand behind an entry: a photo or PDF of a roster, kept as a file named by its own SHA-256.
CREATE TABLE document (
  id      TEXT PRIMARY KEY,
  sha256  TEXT NOT NULL,
  name    TEXT NOT NULL,
  type    TEXT NOT NULL,
  bytes   INTEGER NOT NULL,
  site    TEXT NOT NULL,
  session TEXT,
  section TEXT,
  school_date TEXT,
  by      TEXT NOT NULL,
  at      INTEGER NOT NULL
);
CREATE INDEX document_by_site ON document (site, at);
CREATE INDEX document_by_session ON document (session) WHERE session IS NOT NULL;
CREATE TRIGGER document_never_changes BEFORE UPDATE ON document BEGIN SELECT RAISE(ABORT, 'a document is never changed'); END;
CREATE TRIGGER document_never_goes BEFORE DELETE ON document BEGIN SELECT RAISE(ABORT, 'a document is never deleted'); END;

-- What a coordinator decided about something that stood out in a day: looked at, or not held. `digest` is the session as it then stood.
CREATE TABLE day_resolution (
  id          TEXT PRIMARY KEY,
  site        TEXT NOT NULL,
  problem     TEXT NOT NULL CHECK (problem IN ('notArrived', 'lateEntry', 'clockDoubt')),
  section     TEXT,
  session     TEXT,
  school_date TEXT NOT NULL,
  digest      TEXT,
  reason      TEXT NOT NULL,
  document    TEXT REFERENCES document (id),
  by          TEXT NOT NULL,
  at          INTEGER NOT NULL
);
CREATE INDEX day_resolution_by_site ON day_resolution (site, school_date);
CREATE TRIGGER day_resolution_never_changes BEFORE UPDATE ON day_resolution BEGIN SELECT RAISE(ABORT, 'a decision is never changed'); END;
CREATE TRIGGER day_resolution_never_goes BEFORE DELETE ON day_resolution BEGIN SELECT RAISE(ABORT, 'a decision is never deleted'); END;
