-- The log: what happened, in the order it was committed. Nothing here is ever changed or taken out.
CREATE TABLE head (
  lea   TEXT PRIMARY KEY,
  epoch TEXT NOT NULL,
  seq   INTEGER NOT NULL
);

CREATE TABLE device (
  id                TEXT PRIMARY KEY,
  token_hash        TEXT NOT NULL UNIQUE,
  name              TEXT NOT NULL,
  staff             TEXT,
  created_at        INTEGER NOT NULL,
  last_seen_at      INTEGER,
  last_confirmed_at INTEGER,
  head_seq          INTEGER NOT NULL DEFAULT 0,
  head_hash         TEXT NOT NULL DEFAULT '',
  report            TEXT
);

CREATE TABLE event (
  seq         INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  site        TEXT NOT NULL,
  session     TEXT,
  device      TEXT NOT NULL,
  device_seq  INTEGER NOT NULL,
  prev        TEXT NOT NULL,
  hash        TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  receipt     TEXT NOT NULL,
  body        TEXT NOT NULL,
  UNIQUE (device, device_seq)
);
CREATE INDEX event_by_site ON event (site, seq);
CREATE INDEX event_by_session ON event (session, seq);
CREATE TRIGGER event_never_changes BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER event_never_goes BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;

-- What was offered and could not be taken: kept whole, with the reason, until a person decides.
CREATE TABLE quarantine (
  id          INTEGER PRIMARY KEY,
  event       TEXT,
  type        TEXT NOT NULL,
  site        TEXT,
  actor       TEXT,
  device      TEXT NOT NULL,
  claimed_device TEXT,
  device_seq  INTEGER,
  hash        TEXT NOT NULL,
  reason      TEXT NOT NULL,
  detail      TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  receipt     TEXT NOT NULL,
  body        TEXT NOT NULL,
  decision    TEXT,
  UNIQUE (device, hash)
);
CREATE INDEX quarantine_by_link ON quarantine (claimed_device, device_seq);
CREATE INDEX quarantine_by_event ON quarantine (event);

CREATE TABLE receipt (
  id        TEXT PRIMARY KEY,
  device    TEXT NOT NULL,
  at        INTEGER NOT NULL,
  body      TEXT NOT NULL,
  signature TEXT NOT NULL
);

-- Registry records take the same sequence. Every version is kept; `record` points at the newest.
CREATE TABLE record_version (
  seq   INTEGER PRIMARY KEY,
  kind  TEXT NOT NULL,
  id    TEXT NOT NULL,
  ended INTEGER NOT NULL,
  at    INTEGER NOT NULL,
  body  TEXT NOT NULL
);
CREATE TABLE record (
  kind    TEXT NOT NULL,
  id      TEXT NOT NULL,
  seq     INTEGER NOT NULL,
  ended   INTEGER NOT NULL,
  site    TEXT,
  student TEXT,
  ssid    TEXT,
  PRIMARY KEY (kind, id)
);
CREATE INDEX record_by_seq ON record (seq);
CREATE INDEX record_by_student ON record (student, kind) WHERE student IS NOT NULL;
CREATE INDEX record_by_ssid ON record (ssid) WHERE ssid IS NOT NULL;
CREATE INDEX record_by_site ON record (site, kind) WHERE site IS NOT NULL;

-- What an import keeps of a source that no device needs.
CREATE TABLE source (
  kind  TEXT NOT NULL,
  id    TEXT NOT NULL,
  ended INTEGER NOT NULL,
  body  TEXT NOT NULL,
  PRIMARY KEY (kind, id)
);

-- Who is told what. A site's own events need no row here; everything else a site is to know has one.
CREATE TABLE feed (
  site TEXT NOT NULL,
  kind TEXT NOT NULL,
  id   TEXT NOT NULL,
  seq  INTEGER NOT NULL,
  PRIMARY KEY (site, kind, id)
);
CREATE INDEX feed_by_seq ON feed (site, seq);
CREATE INDEX feed_by_item ON feed (kind, id);
CREATE TABLE section_student (
  section TEXT NOT NULL,
  student TEXT NOT NULL,
  PRIMARY KEY (section, student)
);
CREATE INDEX section_student_by_student ON section_student (student);
-- The sites that know a student by name: where the student, or an entry with the same statewide identifier, is enrolled or on a section's list.
CREATE TABLE student_site (
  student TEXT NOT NULL,
  site    TEXT NOT NULL,
  PRIMARY KEY (student, site)
);
CREATE INDEX student_site_by_site ON student_site (site);
-- Who takes part in a session, and the sites besides its own that must know the whole of it.
CREATE TABLE session (
  id   TEXT PRIMARY KEY,
  site TEXT NOT NULL
);
CREATE TABLE session_student (
  session TEXT NOT NULL,
  student TEXT NOT NULL,
  PRIMARY KEY (session, student)
);
CREATE INDEX session_student_by_student ON session_student (student);
CREATE TABLE session_staff (
  session TEXT NOT NULL,
  staff   TEXT NOT NULL,
  PRIMARY KEY (session, staff)
);
CREATE TABLE session_site (
  session TEXT NOT NULL,
  site    TEXT NOT NULL,
  PRIMARY KEY (session, site)
);
